/// Markdown as it comes from a language model, turned into text that can be said aloud.
///
/// Works on a stream: `add` gives what can already be said, `finish` the rest. Each block (paragraph, heading, list
/// item, table row) ends with a line break in the result.
package struct SpeakableText: Sendable {
    /// Rows of a table that are read; nobody can follow more by ear.
    static let mostRows = 6
    /// A line longer than this is cut, so that what is held back stays bounded.
    static let longestLine = 4000

    private enum Block: Equatable {
        case text
        case code(fence: String, language: String, lines: Int)
        case table(rows: Int)
    }

    private var block = Block.text
    /// The line that is not complete yet, or what is left of it.
    private var line = ""
    /// The beginning of this line was given away already.
    private var isInside = false

    package init() {}

    /// A whole text at once.
    package static func spoken(_ markdown: String) -> String {
        var text = SpeakableText()
        let spoken = text.add(markdown) + text.finish()
        return spoken.split(separator: "\n").map(\.trimmed).joined(separator: "\n")
    }

    package mutating func add(_ delta: String) -> String {
        var spoken = ""
        for character in delta {
            if character.isNewline {
                spoken += endLine()
            } else {
                line.append(character)
                // Inline marks end with the word: only then is it certain what the text before it is.
                if character.isWhitespace || line.count >= Self.longestLine { spoken += clause() }
            }
        }
        return spoken
    }

    package mutating func finish() -> String {
        let rest = line.isEmpty && !isInside ? "" : endLine()
        let left = leaveBlock()
        self = SpeakableText()
        return rest + left
    }

    /// The part of a paragraph up to the last clause mark, when no inline mark is open in it.
    private mutating func clause() -> String {
        // `1. ` may be the beginning of a list item.
        let isNumber = line.trimmed.allSatisfy { $0.isNumber || ".)".contains($0) }
        guard block == .text, isInside || !isNumber && LineKind(line) == .paragraph else { return "" }
        let isTooLong = line.count >= Self.longestLine
        guard isTooLong || endsClause(line), isTooLong || InlineText.isBalanced(line) else { return "" }
        let spoken = InlineText(line).spoken
        line = ""
        isInside = true
        return spoken.isEmpty ? "" : spoken + " "
    }

    private func endsClause(_ line: String) -> Bool {
        guard let last = line.dropLast().last(where: { !"*_\"')”’".contains($0) }) else { return false }
        return ".!?…;:,".contains(last)
    }

    private mutating func endLine() -> String {
        let ended = line
        let wasInside = isInside
        line = ""
        isInside = false
        if wasInside { return closed(InlineText(ended).spoken, evenIfEmpty: true) }
        if case .code(let fence, let language, let lines) = block {
            guard ended.trimmed.hasPrefix(fence) else {
                block = .code(fence: fence, language: language, lines: lines + 1)
                return ""
            }
            return leaveBlock()
        }
        return spoken(LineKind(ended), ended)
    }

    private mutating func spoken(_ kind: LineKind, _ line: String) -> String {
        var before = ""
        if case .table = block, !kind.isTable { before = leaveBlock() }
        switch kind {
        case .blank, .rule: return before
        case .fence(let fence, let language):
            block = .code(fence: fence, language: language, lines: 0)
            return before
        case .tableRule: return ""
        case .tableRow(let cells):
            var rows = 0
            if case .table(let before) = block { rows = before }
            block = .table(rows: rows + 1)
            guard rows < Self.mostRows else { return "" }
            return closed(cells.map { InlineText($0).spoken }.filter { !$0.isEmpty }.joined(separator: ", "))
        case .paragraph: return before + closed(InlineText(line).spoken)
        case .heading(let text), .quote(let text): return before + closed(InlineText(text).spoken)
        case .item(let text, let number, let isDone):
            let spoken = InlineText(text).spoken
            let prefix = number.map { "\($0): " } ?? isDone.map { $0 ? "done: " : "to do: " } ?? ""
            return before + (spoken.isEmpty ? "" : closed(prefix + spoken))
        }
    }

    private mutating func leaveBlock() -> String {
        defer { block = .text }
        switch block {
        case .text: return ""
        case .code(_, let language, let lines):
            guard lines > 0 else { return "" }
            let code = language.isEmpty ? "code" : "\(language) code"
            return "I left out \(lines == 1 ? "a line" : "\(lines) lines") of \(code).\n"
        case .table(let rows):
            let more = rows - Self.mostRows
            return more > 0 ? "And \(more) more \(more == 1 ? "row" : "rows").\n" : ""
        }
    }

    /// A block ends like a sentence, or the voice runs on into the next one.
    private func closed(_ text: String, evenIfEmpty: Bool = false) -> String {
        guard let last = text.last(where: { !"\"')”’".contains($0) }) else { return evenIfEmpty ? "\n" : "" }
        if ".!?…".contains(last) { return text + "\n" }
        return (",;:".contains(last) ? String(text.dropLast()) : text) + ".\n"
    }
}

extension StringProtocol {
    var trimmed: String {
        var rest = Substring(self).drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
