import Planning
import Support

/// One way to say one command, flattened: words and slots in a row.
struct Pattern: Sendable {
    let intent: Intent
    let elements: [Element]
    /// How many words stand fixed.
    let fixed: Int
    /// Whether a slot may be filled with any words at all.
    let hasFreeSlot: Bool
    /// Whether such a slot takes whole sentences, and no person or label.
    let hasOpenSlot: Bool
    /// Values that its words carry themselves.
    let values: [String: JSONValue]
    /// Whether it is a wording: understood, and no phrase of the table.
    let isWording: Bool

    enum Element: Equatable, Sendable {
        /// The index of the word in the pattern book's vocabulary.
        case word(Int)
        case slot(Slot)
        /// One of several groups of words, by the index in the pattern book, or none of them where it may be left out.
        case any(Int, isOptional: Bool)
    }
}

/// All patterns of a command table over one vocabulary, made once.
struct PatternBook: Sendable {
    let patterns: [Pattern]
    let vocabulary: [String]
    /// Groups of words of which any may be said.
    let classes: [WordClass]

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
        var known: [[[Int]]: Int] = [:]
        func index(_ groups: [[String]]) -> Int {
            let words = groups.map { group in
                group.map { word in
                    let next = indices.count
                    return indices[word, default: next, insert: true]
                }
            }
            let next = known.count
            return known[words, default: next, insert: true]
        }
        for wording in table.wordings {
            for elements in wording.phrase.compact(index) {
                patterns.append(
                    Pattern(intent: wording.intent, elements: elements, values: wording.values, isWording: true))
            }
        }
        self.patterns = patterns
        vocabulary = indices.sorted { $0.value < $1.value }.map(\.key)
        classes = known.sorted { $0.value < $1.value }.map { [vocabulary] in WordClass($0.key, vocabulary) }
    }
}

extension Pattern {
    init(intent: Intent, elements: [Element], values: [String: JSONValue] = [:], isWording: Bool = false) {
        self.intent = intent
        self.elements = elements
        self.values = values
        self.isWording = isWording
        fixed = elements.count {
            switch $0 {
            case .word, .any(_, isOptional: false): true
            case .slot, .any(_, isOptional: true): false
            }
        }
        hasOpenSlot = elements.contains {
            if case .slot(let slot) = $0 { slot.isFree && slot != .assignee && slot != .label } else { false }
        }
        hasFreeSlot = elements.contains { if case .slot(let slot) = $0 { slot.isFree } else { false } }
    }
}

extension Phrase {
    /// Rows of elements in which words that may stand for each other are one element: far fewer than `variants`.
    fileprivate func compact(_ index: ([[String]]) -> Int) -> [[Pattern.Element]] {
        switch self {
        case .word(let word): return [[.any(index([[word]]), isOptional: false)]]
        case .slot(let slot): return [[.slot(slot)]]
        case .choice(let parts):
            guard slots.isEmpty else { return parts.flatMap { $0.compact(index) } }
            return [[.any(index(groups), isOptional: false)]]
        case .optional(let inner):
            guard inner.slots.isEmpty else { return [[]] + inner.compact(index) }
            return [[.any(index(inner.groups), isOptional: true)]]
        case .sequence(let parts):
            return parts.reduce([[]]) { heads, part in
                let tails = part.compact(index)
                return heads.flatMap { head in tails.map { head + $0 } }
            }
        }
    }

    private var groups: [[String]] {
        variants.map { variant in
            variant.compactMap { if case .word(let word) = $0 { word } else { nil } }
        }
    }
}

/// Groups of words that may stand for each other.
struct WordClass: Sendable {
    let groups: [[Int]]
    /// What it costs when none of them is said.
    let missing: Double

    init(_ groups: [[Int]], _ vocabulary: [String]) {
        self.groups = groups.filter { !$0.isEmpty }
        let isLight = groups.allSatisfy { $0.allSatisfy { Words.isLight(vocabulary[$0]) } }
        missing = isLight ? Cost.missing("a") : Cost.missing("")
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
