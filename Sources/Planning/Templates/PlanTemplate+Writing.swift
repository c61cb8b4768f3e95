extension PlanTemplate {
    /// The template as it is written down; read again, it is the same one.
    package var markdown: String {
        var text = "---\nname: \(Self.quoted(name))\ndescription: \(Self.quoted(description))\nsize: \(size.rawValue)\n"
        if !variables.isEmpty { text += "variables:\n" }
        for variable in variables {
            text += "  - name: \(variable.name)\n    question: \(Self.quoted(variable.question))\n"
            if let value = variable.default { text += "    default: \(Self.quoted(value))\n" }
        }
        text += "---\n\n# {{title}}\n"
        if !lead.isEmpty { text += "\n\(lead)\n" }
        for part in parts {
            text += "\n\(String(repeating: "#", count: part.level)) \(part.heading)\n"
            if let question = part.question { text += "\n<!-- ask: \(question) -->\n" }
            if let hint = part.hint { text += "\n<!-- hint: \(hint) -->\n" }
            if part.isRequired { text += "\n<!-- required -->\n" }
            if !part.text.isEmpty { text += "\n\(part.text)\n" }
        }
        return text
    }

    /// The same under another name.
    package func named(_ name: String) -> PlanTemplate {
        PlanTemplate(
            name: name, description: description, size: size, variables: variables, lead: lead, parts: parts)
    }

    /// In double quotes, as YAML 1.2 §7.3.1 has them; every text here is one line.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let isPlain =
            text.allSatisfy { $0.isASCII && ($0.isLetter || " -,.'".contains($0)) }
            && text.first?.isLetter == true && !reserved.contains(text.lowercased())
        return isPlain ? text : "\"\(escaped)\""
    }

    /// Words that YAML reads as something else than text.
    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}
