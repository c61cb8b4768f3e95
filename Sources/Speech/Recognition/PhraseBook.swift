import Planning

/// Tells whether words are one of the expected phrases, word by word, and writes live names as they are written.
struct PhraseBook {
    private struct Name {
        let text: String
        let spoken: [String]

        init(_ text: String) {
            self.text = text
            spoken = SpokenForm(text).words
        }
    }

    private let phrases: [Phrase]
    /// What may stand in a slot, with its spoken form, worked out once.
    private let live: [Slot: [Name]]

    /// Only phrases of fixed words and live names: free text is anything, and proves nothing.
    init(_ expected: ExpectedSpeech) {
        phrases = expected.phrases
        let slots = Set(expected.phrases.flatMap(\.slots))
        live = Dictionary(
            slots.map { ($0, PhraseBook.texts($0, expected.names).map(Name.init)) }, uniquingKeysWith: { $1 })
    }

    /// The text of the phrase that `words` are; nil when they are none.
    func text(of words: [String]) -> String? {
        guard !words.isEmpty, words.count <= 20 else { return nil }
        for phrase in phrases {
            let ends = matches(phrase, words, from: 0)
            if let text = ends.first(where: { $0.end == words.count })?.text { return text.joined(separator: " ") }
        }
        return nil
    }

    private struct End {
        var end: Int
        var text: [String]
    }

    private func matches(_ phrase: Phrase, _ words: [String], from start: Int) -> [End] {
        switch phrase {
        case .word(let word):
            let spoken = SpokenForm(word).words
            return words[start...].starts(with: spoken) ? [End(end: start + spoken.count, text: spoken)] : []
        case .optional(let inner): return [End(end: start, text: [])] + matches(inner, words, from: start)
        case .choice(let parts): return parts.flatMap { matches($0, words, from: start) }
        case .sequence(let parts):
            return parts.reduce([End(end: start, text: [])]) { heads, part in
                heads.flatMap { head in
                    matches(part, words, from: head.end).map { End(end: $0.end, text: head.text + $0.text) }
                }
            }
        case .slot(let slot): return fills(slot, words, from: start)
        }
    }

    private func fills(_ slot: Slot, _ words: [String], from start: Int) -> [End] {
        var ends: [End] = []
        for name in live[slot] ?? [] where !name.spoken.isEmpty && words[start...].starts(with: name.spoken) {
            ends.append(End(end: start + name.spoken.count, text: [name.text]))
        }
        if let number = SpokenNumber.prefix(of: words[start...]), takesNumber(slot) {
            ends.append(End(end: start + number.count, text: Array(words[start..<start + number.count])))
        }
        return ends
    }

    private func takesNumber(_ slot: Slot) -> Bool { [.task, .version, .a, .b, .dependsOn].contains(slot) }

    private static func texts(_ slot: Slot, _ names: LiveNames) -> [String] {
        switch slot {
        case .project: CommandGrammar.expected(names.projects)
        case .plan: CommandGrammar.expected(names.plans)
        case .task, .dependsOn: CommandGrammar.expected(names.tasks.sorted { $0.key > $1.key }.map(\.value))
        case .section: CommandGrammar.expected(names.sections)
        case .template: CommandGrammar.expected(names.templates)
        case .version, .a, .b: ["current", "previous"]
        case .status, .target, .scope, .format: SpokenValues.values(of: slot)?.map(\.said) ?? []
        case .priority: SlotWords.priorities
        case .estimate, .due, .name, .title, .text, .query, .summary, .reason, .topic, .assignee, .label, .tasks,
            .taskStatus:
            []
        }
    }
}
