/// Cuts text that is still coming into sentences to be spoken, so that the voice can begin with the first one.
package struct Sentences: Sendable {
    /// Characters after which the first clause is given away at a comma: the sooner something is heard the better.
    static let firstClause = 24
    /// A sentence longer than this is cut where it can be.
    static let longest = 240

    private var pending = ""
    private var isFirst = true

    package init() {}

    /// A whole text at once.
    package static func cut(_ text: String) -> [String] {
        var sentences = Sentences()
        return sentences.add(text) + sentences.finish()
    }

    package mutating func add(_ text: String) -> [String] {
        var found: [String] = []
        for character in text {
            pending.append(character)
            if let end = end(after: character) { take(end, &found) }
        }
        return found
    }

    package mutating func finish() -> [String] {
        var found: [String] = []
        take(pending.endIndex, &found)
        self = Sentences()
        return found
    }

    private mutating func take(_ end: String.Index, _ found: inout [String]) {
        let sentence = pending[..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        pending = String(pending[end...])
        guard sentence.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        isFirst = false
        found.append(sentence)
    }

    /// Where what is pending can be cut, now that `character` has come at its end.
    private func end(after character: Character) -> String.Index? {
        if character.isNewline { return pending.endIndex }
        // It takes the word after a full stop to know that it was one.
        if !character.isWhitespace, let mark = lastWordStart, isSentenceEnd(before: mark, next: character) {
            return mark
        }
        if character.isWhitespace {
            let head = pending.trimmed
            guard let last = head.last else { return nil }
            if "!?…".contains(last) { return pending.endIndex }
            if isFirst, ",;:—".contains(last), head.count >= Self.firstClause { return pending.endIndex }
        }
        return pending.count >= Self.longest ? cutInside : nil
    }

    /// The start of the last word when the character that just came began it.
    private var lastWordStart: String.Index? {
        guard pending.count > 1 else { return nil }
        let start = pending.index(before: pending.endIndex)
        return pending[pending.index(before: start)].isWhitespace ? start : nil
    }

    private func isSentenceEnd(before start: String.Index, next: Character) -> Bool {
        let head = String(pending[..<start]).trimmed
        var core = Substring(head)
        while let last = core.last, "\"'”’)]".contains(last) { core.removeLast() }
        guard core.last == "." else { return false }
        let word = core.dropLast().split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
        if Self.abbreviations.contains(word.lowercased()) { return false }
        // An initial, as in "J. Smith"; the number of a list item.
        if word.count == 1, word.first?.isUppercase == true, word != "I" { return false }
        if word == head.dropLast(), word.allSatisfy(\.isNumber) { return false }
        return !next.isLowercase
    }

    /// The last place where a sentence that is too long can be cut.
    private var cutInside: String.Index {
        let head = pending.prefix(Self.longest)
        for marks in [";:—", ",", " "] {
            guard let mark = head.lastIndex(where: { marks.contains($0) }), mark > pending.startIndex,
                head.distance(from: head.startIndex, to: mark) > Self.longest / 3
            else { continue }
            return pending.index(after: mark)
        }
        return head.endIndex
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "approx", "no", "fig", "cf", "al",
        "inc", "ltd", "co", "dept", "est", "min", "max", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
        "oct", "nov", "dec",
    ]
}
