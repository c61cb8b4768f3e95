/// Something that a filled plan still misses.
package struct TemplateFinding: Equatable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable {
        case missingSection = "missing_section"
        case emptySection = "empty_section"
        case unfilledVariable = "unfilled_variable"
        case placeholder
        case emptyCode = "empty_code"
        /// Something that is named in backticks and is not in the repository.
        case notFound = "not_found"
    }

    package let kind: Kind
    /// The headings above it and its own: “Roadmap / Phase 1”.
    package let section: String
    package let problem: String
    package let remedy: String

    package init(kind: Kind, section: String, problem: String, remedy: String) {
        self.kind = kind
        self.section = section
        self.problem = problem
        self.remedy = remedy
    }
}

extension PlanTemplate {
    /// What `document` misses, of what the template requires and of what nobody should leave in a plan; in the order of the
    /// document, with the missing sections first.
    package func findings(in document: Outline) -> [TemplateFinding] {
        let finder = PartFinder(document)
        let keys = document.keys
        var findings: [TemplateFinding] = []
        for part in parts where part.isRequired && finder.index(of: part) == nil {
            let place = part.path.joined(separator: " / ")
            findings.append(
                TemplateFinding(
                    kind: .missingSection, section: place, problem: "the section is missing",
                    remedy: "add “\(String(repeating: "#", count: part.level)) \(part.heading)” and say: "
                        + (part.question ?? "what belongs there")))
        }
        let known = Dictionary(
            parts.compactMap { part in finder.index(of: part).map { ($0, part) } },
            uniquingKeysWith: { first, _ in first })
        let declared = Set(variables.map(\.name) + PlanTemplate.builtInVariables)
        for (index, section) in document.sections.enumerated() {
            let place = keys[index].path.isEmpty ? "the beginning" : keys[index].description
            if let part = known[index], part.isRequired, document.isEmpty(at: index, known) {
                findings.append(
                    TemplateFinding(
                        kind: .emptySection, section: place, problem: "the section is empty",
                        remedy: "answer it: \(part.question ?? "what belongs under \(part.heading)?")"))
            }
            findings += SectionCheck(section).findings(place, declared: declared, variables: variables)
        }
        return findings
    }
}

extension Outline {
    /// Whether neither the section nor one below it says anything. Of the template's own sections below only answers count,
    /// and not even those for one that has a question itself.
    fileprivate func isEmpty(at index: Int, _ parts: [Int: PlanTemplate.Part]) -> Bool {
        let level = sections[index].level
        let below = sections.indices.dropFirst(index + 1).prefix { sections[$0].level > level }
        let asks = parts[index]?.question != nil
        return sections[index].text.isEmpty
            && below.allSatisfy { lower in
                sections[lower].text.isEmpty || parts[lower].map { asks || $0.question == nil } ?? false
            }
    }
}

/// What stands in one section and should not.
private struct SectionCheck {
    private let section: Section
    private let blocks: [Markdown.Block]

    init(_ section: Section) {
        self.section = section
        blocks = Markdown.blocks(of: section.text)
    }

    func findings(
        _ place: String, declared: Set<String>, variables: [PlanTemplate.Variable]
    ) -> [TemplateFinding] {
        let left = TemplateText.variables(of: section.heading + "\n" + section.text).intersection(declared).sorted()
        let unfilled = left.map { name in
            let question = variables.first { $0.name == name }?.question
            return TemplateFinding(
                kind: .unfilledVariable, section: place, problem: "{{\(name)}} has no value",
                remedy: "put what it is in its place" + (question.map { ": \($0)" } ?? ""))
        }
        let placeholders = placeholders().map { word in
            TemplateFinding(
                kind: .placeholder, section: place, problem: "“\(word)” stands where something is to be said",
                remedy: "say it, or take the line out")
        }
        let hasEmptyCode = blocks.contains { $0.isCode && $0.literal.allSatisfy(\.isWhitespace) }
        return unfilled + placeholders
            + (hasEmptyCode
                ? [
                    TemplateFinding(
                        kind: .emptyCode, section: place, problem: "a code block is empty",
                        remedy: "put the code or the command there, or take the block out")
                ] : [])
    }

    /// Each once, in the order they stand. Code may speak of a TODO; a plan may not.
    private func placeholders() -> [String] {
        let lines = MarkdownLines(section.text)
        let code = Set(blocks.filter(\.isCode).flatMap(\.lines))
        var found: [String] = []
        for index in 0..<lines.count where !code.contains(index) {
            let line = lines[index..<index + 1]
            let content = line.drop { $0.isWhitespace || "-*+>|".contains($0) }
            let whole = content.prefix { !$0.isNewline && $0 != "|" }.split(separator: " ").joined(separator: " ")
            if SectionCheck.wholeLines.contains(whole) { found.append(whole) }
            found += line.split { !($0.isLetter || $0 == "?") }.map(String.init).filter(SectionCheck.words.contains)
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    private static let words: Set<String> = ["TODO", "TBD", "TBC", "FIXME", "XXX", "???"]
    /// “Open.” is what the interview writes for what was skipped.
    private static let wholeLines: Set<String> = ["Open.", "…", "..."]
}
