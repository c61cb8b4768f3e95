/// What was heard as a row of words that can be put in place of each other, with their stops.
struct SpokenText: Equatable {
    struct Word: Equatable {
        /// Without the stops around it, as it is written.
        var core: String
        /// Opening and closing stops: `(`, `,`.
        var before = ""
        var after = ""

        var plain: String { core.lowercased() }
    }

    private(set) var words: [Word]
    /// What was put in place of what, in the order it was done.
    private(set) var changes: [WordRepair.Change] = []

    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { piece in
            let core = piece.drop { Self.isStop($0) }
            let before = piece.prefix(piece.count - core.count)
            let kept = String(core.reversed().drop { Self.isStop($0) }.reversed())
            return Word(core: kept, before: String(before), after: String(core.dropFirst(kept.count)))
        }
    }

    private static func isStop(_ character: Character) -> Bool { ",.;:!?()[]\"“”…".contains(character) }

    var text: String { words.map { $0.before + $0.core + $0.after }.joined(separator: " ") }

    var plain: [String] { words.map(\.plain) }

    /// Whether these words are said in one breath: no stop stands between them.
    func isWhole(_ range: Range<Int>) -> Bool {
        words[range].dropLast().allSatisfy { $0.after.isEmpty }
            && words[range].dropFirst().allSatisfy { $0.before.isEmpty }
    }

    mutating func replace(_ range: Range<Int>, with new: String) {
        guard let first = words[range].first, let last = words[range].last else { return }
        let heard = words[range].map(\.core).joined(separator: " ")
        guard heard != new else { return }
        words.replaceSubrange(range, with: [Word(core: new, before: first.before, after: last.after)])
        changes.append(WordRepair.Change(heard: heard, used: new))
    }
}
