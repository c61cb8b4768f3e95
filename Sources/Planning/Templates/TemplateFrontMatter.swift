import Yams

/// What stands before the Markdown of a template.
struct TemplateFrontMatter {
    private(set) var name = ""
    private(set) var description = ""
    private(set) var size = PlanTemplate.Size.page
    private(set) var variables: [PlanTemplate.Variable] = []
    let body: String
    /// The line of the file that the body begins at, from 1.
    let bodyLine: Int

    /// Bytes of YAML.
    private static let longest = 16 << 10
    private static let mostVariables = 50
    private static let longestName = 60

    init(of text: String) throws(TemplateError) {
        let lines = MarkdownLines(text)
        func isRule(_ line: Int) -> Bool { lines[line..<line + 1].split(whereSeparator: \.isWhitespace) == ["---"] }
        guard lines.count > 0, isRule(0), let end = (1..<lines.count).first(where: isRule) else {
            throw TemplateError(
                "begins with a line “---”, then name and description, then another line “---”", line: 1)
        }
        let yaml = lines[1..<end]
        bodyLine = end + 2
        body = lines[end + 1..<lines.count]
        guard yaml.utf8.count <= TemplateFrontMatter.longest else {
            throw TemplateError("what stands between the lines “---” is larger than 16 KiB", line: 1)
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            let (line, problem) = (error as? YamlError)?.whatAndWhere ?? (nil, "it cannot be read")
            throw TemplateError("is not valid YAML: \(problem)", line: line.map { $0 + 1 } ?? 1)
        }
        guard let members = root?.mapping else { throw TemplateError("a template needs a name", line: 1) }
        for (key, value) in members { try take(key, value) }
        guard !name.isEmpty else { throw TemplateError("a template needs a name", line: 1) }
        guard !description.isEmpty else { throw TemplateError("a template needs a description", line: 1) }
    }

    private mutating func take(_ key: Node, _ value: Node) throws(TemplateError) {
        switch key.scalar?.string {
        case "name":
            name = try line(value, "name", atMost: TemplateFrontMatter.longestName)
            // It is said, and it is found among what is said.
            guard name.contains(where: \.isLetter),
                name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" })
            else { throw failure(value, "a name is made of letters, digits, blanks and hyphens") }
        case "description": description = try line(value, "description", atMost: 300)
        case "size":
            guard let known = value.scalar.flatMap({ PlanTemplate.Size(rawValue: $0.string) }) else {
                throw failure(value, "size is note, page or full")
            }
            size = known
        case "variables":
            guard let entries = value.sequence else {
                throw failure(value, "variables is a list; begin each one with “- name: …”")
            }
            guard entries.count <= TemplateFrontMatter.mostVariables else {
                throw failure(value, "a template has at most \(TemplateFrontMatter.mostVariables) variables")
            }
            for entry in entries { variables.append(try variable(entry)) }
        case let other:
            throw failure(
                key,
                "there is no key \(other?.prefix(60) ?? "of that kind"); there are name, description, size and variables"
            )
        }
    }

    private func variable(_ entry: Node) throws(TemplateError) -> PlanTemplate.Variable {
        guard let members = entry.mapping else {
            throw failure(entry, "a variable has a name and a question, such as “- name: branch”")
        }
        var (name, question, fallback) = ("", "", String?.none)
        for (key, value) in members {
            switch key.scalar?.string {
            case "name": name = try line(value, "name", atMost: TemplateText.longestName)
            case "question": question = try line(value, "question", atMost: PlanTemplate.longestQuestion)
            case "default": fallback = try line(value, "default", atMost: 300)
            default: throw failure(key, "a variable has the keys name, question and default")
            }
        }
        guard TemplateText.isName(name) else {
            throw failure(entry, "a variable's name begins with a lower case letter and goes on with a-z, 0-9 and _")
        }
        guard !PlanTemplate.builtInVariables.contains(name) else {
            throw failure(entry, "\(name) is there without being declared")
        }
        guard !variables.contains(where: { $0.name == name }) else {
            throw failure(entry, "the variable \(name) stands twice")
        }
        guard !question.isEmpty else { throw failure(entry, "the variable \(name) needs a question") }
        return PlanTemplate.Variable(name: name, question: question, default: fallback)
    }

    private func line(_ node: Node, _ what: String, atMost limit: Int) throws(TemplateError) -> String {
        guard let text = node.scalar?.string else { throw failure(node, "\(what) is one line of text") }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard 1...limit ~= line.count else { throw failure(node, "\(what) has 1 to \(limit) characters") }
        return line
    }

    /// The YAML begins at the second line of the file.
    private func failure(_ node: Node, _ reason: String) -> TemplateError {
        TemplateError(reason, line: node.mark.map { $0.line + 1 })
    }
}

extension YamlError {
    /// The line within the YAML, from 1 when it is known, and what is wrong there.
    fileprivate var whatAndWhere: (line: Int?, problem: String) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (context.mark.line, "a key stands twice: \(duplicates.joined(separator: ", ").prefix(60))")
        default: (nil, "it cannot be read")
        }
    }
}
