/// What is wrong in a template.
package struct TemplateError: Error, Equatable, CustomStringConvertible {
    /// From 1; nil when it is the whole.
    package let line: Int?
    package let reason: String

    package init(_ reason: String, line: Int? = nil) {
        self.line = line
        self.reason = reason
    }

    package var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}

extension PlanTemplate {
    /// Sections of one template.
    package static let mostParts = 100
    /// Bytes of one template.
    package static let longestText = 256 << 10
    static let longestQuestion = 300

    /// Reads a template as it is written down: a front matter in YAML between two lines `---` with `name`, `description`,
    /// `size` and `variables`, then Markdown, whose comments tell what a section asks for:
    ///
    ///     <!-- ask: What goes wrong? -->
    ///     <!-- hint: What you did, what you saw, what you expected. -->
    ///     <!-- required -->
    package init(markdown: String) throws(TemplateError) {
        guard markdown.utf8.count <= PlanTemplate.longestText else {
            throw TemplateError("is larger than \(PlanTemplate.longestText >> 10) KiB")
        }
        let front = try TemplateFrontMatter(of: markdown)
        var body = TemplateBody(front.body, firstLine: front.bodyLine, variables: front.variables.map(\.name))
        try body.read()
        self.init(
            name: front.name, description: front.description, size: front.size, variables: front.variables,
            lead: body.lead, parts: body.parts)
    }
}

/// The Markdown of a template, read section by section.
private struct TemplateBody {
    private let text: String
    private let firstLine: Int
    private let known: Set<String>
    private(set) var lead = ""
    private(set) var parts: [PlanTemplate.Part] = []

    init(_ text: String, firstLine: Int, variables: [String]) {
        self.text = text
        self.firstLine = firstLine
        known = Set(variables + PlanTemplate.builtInVariables)
    }

    mutating func read() throws(TemplateError) {
        let lines = MarkdownLines(text)
        let headings = Markdown.headings(of: text)
        // One that begins within a line, such as a list's, is part of the text.
        let comments = Markdown.blocks(of: text).filter {
            !$0.isCode && lines[$0.lines.lowerBound..<$0.lines.lowerBound + 1].trimmed.hasPrefix("<!--")
        }.compactMap(Instructions.init)
        let start = headings.first?.lines.lowerBound ?? lines.count
        if let stray = (0..<start).first(where: { !lines[$0..<$0 + 1].allSatisfy(\.isWhitespace) }) {
            throw failure(stray, "nothing stands before the first heading; move this below one")
        }
        guard headings.contains(where: { $0.level > 1 }) else {
            throw TemplateError("has no section; begin each one with “## ” and its heading", line: firstLine)
        }
        var above: [(level: Int, heading: String)] = []
        var seen: Set<String> = []
        for (index, heading) in headings.enumerated() {
            let end = index + 1 < headings.count ? headings[index + 1].lines.lowerBound : lines.count
            let content = try content(heading.lines.upperBound..<end, lines, comments)
            guard heading.level > 1 else {
                guard index == 0 else {
                    throw failure(heading.lines.lowerBound, "a template has one title; make this heading “## ”")
                }
                guard content.question == nil, !content.isRequired else {
                    throw failure(heading.lines.lowerBound, "only a section asks or is required, not the title")
                }
                lead = content.text
                continue
            }
            try check(heading, &seen)
            above.removeAll { $0.level >= heading.level }
            parts.append(
                PlanTemplate.Part(
                    path: above.map(\.heading) + [heading.title], level: heading.level, question: content.question,
                    hint: content.hint, isRequired: content.isRequired, text: content.text))
            above.append((heading.level, heading.title))
        }
    }

    private func check(_ heading: Markdown.Heading, _ seen: inout Set<String>) throws(TemplateError) {
        let line = heading.lines.lowerBound
        guard parts.count < PlanTemplate.mostParts else {
            throw failure(line, "a template has at most \(PlanTemplate.mostParts) sections")
        }
        guard !heading.title.isEmpty, heading.title.count <= 120 else {
            throw failure(line, "a heading has 1 to 120 characters")
        }
        guard TemplateText.variables(of: heading.title).isEmpty else {
            throw failure(line, "only the title holds variables, no other heading")
        }
        guard seen.insert(heading.title.lowercased()).inserted else {
            throw failure(line, "the heading “\(heading.title)” stands twice; each section needs its own")
        }
    }

    private struct Content {
        var question: String?
        var hint: String?
        var isRequired = false
        var text = ""
    }

    private func content(
        _ range: Range<Int>, _ lines: MarkdownLines, _ comments: [Instructions]
    ) throws(TemplateError) -> Content {
        var content = Content()
        var kept = ""
        var next = range.lowerBound
        for comment in comments where (next..<range.upperBound).contains(comment.lines.lowerBound) {
            // What stood on both sides of it stays apart.
            kept += lines[next..<comment.lines.lowerBound] + "\n"
            next = min(comment.lines.upperBound, range.upperBound)
            for instruction in comment.all {
                switch instruction {
                case .ask(let question):
                    guard content.question == nil else {
                        throw failure(comment.lines.lowerBound, "a section asks one question")
                    }
                    guard 1...PlanTemplate.longestQuestion ~= question.count else {
                        throw failure(
                            comment.lines.lowerBound,
                            "a question has 1 to \(PlanTemplate.longestQuestion) characters")
                    }
                    content.question = question
                case .hint(let hint): content.hint = content.hint.map { $0 + " " + hint } ?? hint
                case .required: content.isRequired = true
                }
            }
        }
        kept += lines[next..<range.upperBound]
        content.text = Section(level: 2, heading: "", headingSource: "", body: kept).text
        if content.question != nil, !content.text.isEmpty {
            throw failure(
                range.lowerBound,
                "a section that asks begins empty; put what stands in it into a hint or a section of its own")
        }
        for line in range {
            if let unknown = TemplateText.variables(of: lines[line..<line + 1]).subtracting(known).min() {
                throw failure(line, "there is no variable \(unknown); declare it under variables")
            }
        }
        return content
    }

    private func failure(_ line: Int, _ reason: String) -> TemplateError {
        TemplateError(reason, line: firstLine + line)
    }
}

/// What the comments of one HTML block say about their section.
private struct Instructions {
    enum Instruction {
        case ask(String)
        case hint(String)
        case required
    }

    let lines: Range<Int>
    let all: [Instruction]

    /// nil for what is no such comment, and stays in the text.
    init?(_ block: Markdown.Block) {
        var all: [Instruction] = []
        var rest = Substring(block.literal).trimmed
        while !rest.isEmpty {
            guard rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") else { return nil }
            let inner = rest[..<end.lowerBound].dropFirst(4).trimmed
            if inner == "required" {
                all.append(.required)
            } else if inner.hasPrefix("ask:") {
                all.append(.ask(inner.dropFirst(4).oneLine))
            } else if inner.hasPrefix("hint:") {
                all.append(.hint(inner.dropFirst(5).oneLine))
            } else {
                return nil
            }
            rest = rest[end.upperBound...].trimmed
        }
        guard !all.isEmpty else { return nil }
        self.all = all
        lines = block.lines
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate var trimmed: Substring {
        var rest = drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// The words with one blank between them.
    fileprivate var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
