/// Something of a repository that a plan names in backticks.
package struct PlanReference: Hashable, Sendable, Codable {
    package enum Kind: String, Codable, Sendable { case path, symbol }

    package let kind: Kind
    /// Without a line number and without an argument list.
    package let name: String
    /// The headings above it and its own.
    package let section: String
}

extension Outline {
    /// Every path and symbol that stands in backticks outside code blocks, each once. A command, an address, a plain word
    /// and whatever else cannot be told from these is left alone.
    package var references: [PlanReference] {
        var seen: Set<String> = []
        return zip(sections, keys).flatMap { section, key in
            section.codeSpans.compactMap { span in
                PlanReference.read(span).flatMap { kind, name in
                    seen.insert(name).inserted
                        ? PlanReference(kind: kind, name: name, section: key.description) : nil
                }
            }
        }
    }
}

extension PlanReference {
    fileprivate static func read(_ span: String) -> (Kind, String)? {
        guard (3...200).contains(span.count), span.allSatisfy({ $0.isASCII && !$0.isWhitespace }),
            !span.contains("://"), let first = span.first, first.isLetter || first == "_" || first == "."
        else { return nil }
        let bare = withoutLine(span)
        if isPath(bare) { return (.path, bare) }
        let name = bare.prefix { $0 != "(" }
        let isCall = name.count < bare.count
        guard isCall ? bare.hasSuffix(")") : true, isIdentifier(name) else { return nil }
        return isCall || looksMadeUp(name) ? (.symbol, String(name)) : nil
    }

    /// `Store.swift:12` is said of a line in Store.swift.
    private static func withoutLine(_ span: String) -> String {
        guard let colon = span.lastIndex(of: ":"), span[span.index(after: colon)...].allSatisfy(\.isNumber) else {
            return span
        }
        return String(span[..<colon])
    }

    private static func isPath(_ text: String) -> Bool {
        guard text.allSatisfy({ $0.isLetter || $0.isNumber || "._/-+@".contains($0) }), !text.hasSuffix("."),
            !text.contains("//")
        else { return false }
        let last = text.split(separator: "/").last ?? ""
        let ending = last.lastIndex(of: ".").map { String(last[last.index(after: $0)...]).lowercased() }
        return ending.map(endings.contains) ?? false || text.hasSuffix("/")
            || text.contains("/") && text.split(separator: "/").count > 1 && !mediaTypes.contains { text.hasPrefix($0) }
    }

    private static func isIdentifier(_ name: Substring) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count <= 4
            && parts.allSatisfy { part in
                part.first.map { $0.isLetter || $0 == "_" } == true
                    && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            }
    }

    /// `planTask`, `PlanStore`, `plan_task` and `Store.change` are names of code; `queue` and `JSON` may be just words.
    private static func looksMadeUp(_ name: Substring) -> Bool {
        let letters = Array(name)
        return zip(letters, letters.dropFirst()).contains { $0.isLowercase && $1.isUppercase }
            || name.dropFirst().dropLast().contains("_") && name.contains(where: \.isLowercase)
            || name.contains(".") && name.first?.isUppercase == true
    }

    private static let mediaTypes = ["application/", "text/", "audio/", "image/", "video/", "multipart/", "font/"]
    private static let endings: Set<String> = [
        "c", "cc", "cfg", "conf", "cpp", "cs", "css", "csv", "go", "gradle", "h", "hpp", "html", "java", "js", "json",
        "jsx", "kt", "lock", "lua", "md", "mjs", "php", "plist", "proto", "py", "rb", "rs", "scala", "scss", "service",
        "sh", "sql", "svelte", "swift", "tf", "toml", "ts", "tsx", "txt", "vue", "xml", "yaml", "yml",
    ]
}

extension Section {
    /// The code spans of its lines (CommonMark §6.1), without those of code blocks. A span over several lines is none here.
    fileprivate var codeSpans: [String] {
        let lines = MarkdownLines(text)
        let code = Set(Markdown.blocks(of: text).filter(\.isCode).flatMap(\.lines))
        return (0..<lines.count).filter { !code.contains($0) }.flatMap { Section.codeSpans(lines[$0..<$0 + 1]) }
            + Section.codeSpans(heading)
    }

    private static func codeSpans(_ line: String) -> [String] {
        var spans: [String] = []
        var rest = line[...]
        while let start = rest.firstIndex(of: "`") {
            let ticks = rest[start...].prefix { $0 == "`" }
            let after = rest[ticks.endIndex...]
            var place = after.startIndex
            var end: Substring?
            while end == nil, let next = after[place...].firstIndex(of: "`") {
                let run = after[next...].prefix { $0 == "`" }
                if run.count == ticks.count { end = run }
                place = run.endIndex
            }
            guard let end else {
                rest = after
                continue
            }
            spans.append(String(after[..<end.startIndex]).filter { !$0.isNewline })
            rest = after[end.endIndex...]
        }
        return spans.map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
    }
}
