import Planning

/// One way to say one command, flattened: words and slots in a row.
struct Pattern: Sendable {
    let intent: Intent
    let elements: [Element]
    /// How many words stand fixed.
    let fixed: Int
    /// Whether a slot may be filled with any words at all.
    let hasFreeSlot: Bool

    enum Element: Equatable, Sendable {
        /// The index of the word in the pattern book's vocabulary.
        case word(Int)
        case slot(Slot)
    }
}

/// All patterns of a command table over one vocabulary, made once.
struct PatternBook: Sendable {
    let patterns: [Pattern]
    let vocabulary: [String]

    init(_ table: CommandTable) {
        var indices: [String: Int] = [:]
        var patterns: [Pattern] = []
        for command in table.commands {
            for variant in command.phrases.flatMap(\.variants) {
                let elements = variant.compactMap { part -> Pattern.Element? in
                    switch part {
                    case .word(let word):
                        let next = indices.count
                        return .word(indices[word, default: next, insert: true])
                    case .slot(let slot): return .slot(slot)
                    case .sequence, .choice, .optional: return nil
                    }
                }
                patterns.append(Pattern(intent: command.intent, elements: elements))
            }
        }
        self.patterns = patterns
        vocabulary = indices.sorted { $0.value < $1.value }.map(\.key)
    }
}

extension Pattern {
    init(intent: Intent, elements: [Element]) {
        self.intent = intent
        self.elements = elements
        fixed = elements.count { if case .word = $0 { true } else { false } }
        hasFreeSlot = elements.contains { if case .slot(let slot) = $0 { slot.isFree } else { false } }
    }
}

extension Dictionary where Value == Int {
    /// The value of `key`, which is kept as `fallback` when it is new.
    fileprivate subscript(key: Key, default fallback: Int, insert insert: Bool) -> Int {
        mutating get {
            if let value = self[key] { return value }
            self[key] = fallback
            return fallback
        }
    }
}
