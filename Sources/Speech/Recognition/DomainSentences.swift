import Planning

/// What people say to a planner: every expected phrase with the names alive, and ordinary talk about plans.
/// The material of the dictation model.
struct DomainSentences {
    /// One way to say something, and how much it counts.
    struct Sentence: Equatable {
        var words: [String]
        var weight: Double
        /// Free text follows: the last word is not where such a sentence ends.
        var isOpen = false
    }

    /// Ways to say one phrase that are written out; the rest is made by backing off.
    private static let mostVariants = 240
    private static let mostNames = 60
    /// How much one phrase counts, against one sentence of talk.
    private static let phraseWeight = 6.0

    private(set) var sentences: [Sentence] = []
    /// What may stand in each slot, as words.
    private let values: [Slot: [[String]]]

    init(_ expected: ExpectedSpeech, wake: [String]) {
        let names = Names(expected.names)
        values = Dictionary(
            Set(expected.phrases.flatMap(\.slots)).map { ($0, names.values(of: $0).map { SpokenForm($0).words }) },
            uniquingKeysWith: { $1 })
        for phrase in expected.phrases { add(phrase, wake: wake) }
        for sentence in Self.talk { sentences.append(Sentence(words: SpokenForm(sentence).words, weight: 1)) }
        for name in names.projects + names.plans + names.tasks {
            sentences.append(Sentence(words: SpokenForm(name).words, weight: 0.5))
        }
        for word in expected.words.prefix(500) {
            sentences.append(Sentence(words: SpokenForm(word).words, weight: 0.2, isOpen: true))
        }
        sentences.removeAll { $0.words.isEmpty }
    }

    private mutating func add(_ phrase: Phrase, wake: [String]) {
        let variants = Self.thinned(phrase.variants, to: Self.mostVariants)
        guard !variants.isEmpty else { return }
        var said: [Sentence] = []
        let rounds = max(1, Self.mostVariants / variants.count)
        for (index, variant) in variants.enumerated() {
            for round in 0..<rounds {
                guard let sentence = filled(variant, turn: index + round) else { break }
                said.append(sentence)
                if !variant.contains(where: \.isKnownSlot) { break }
            }
        }
        for var sentence in said {
            sentence.weight = Self.phraseWeight / Double(said.count)
            sentences.append(sentence)
            guard !wake.isEmpty else { continue }
            sentence.words = wake + sentence.words
            sentence.weight /= 4
            sentences.append(sentence)
        }
    }

    /// The variant with one choice of names in its slots, up to its first free slot; nil when there is no name to take.
    private func filled(_ variant: [Phrase], turn: Int) -> Sentence? {
        var words: [String] = []
        for part in variant {
            guard case .slot(let slot) = part else {
                if case .word(let word) = part { words += SpokenForm(word).words }
                continue
            }
            guard !slot.isFree else { return Sentence(words: words, weight: 0, isOpen: true) }
            guard let values = values[slot], !values.isEmpty else { return nil }
            words += values[turn % values.count]
        }
        return Sentence(words: words, weight: 0)
    }

    private static func thinned<Element>(_ all: [Element], to most: Int) -> [Element] {
        guard all.count > most else { return all }
        return (0..<most).map { all[$0 * all.count / most] }
    }
}

extension DomainSentences {
    /// The names that are written out: the likeliest.
    private struct Names {
        let projects: [String]
        let plans: [String]
        let tasks: [String]
        private let sections: [String]
        private let templates: [String]
        private let lastTask: Int
        private let versions: Int

        init(_ live: LiveNames) {
            projects = Array(live.projects.prefix(DomainSentences.mostNames))
            plans = Array(live.plans.prefix(DomainSentences.mostNames))
            // The newest are the likeliest to be named.
            let tasks = live.tasks.sorted { $0.key > $1.key }
            self.tasks = tasks.prefix(DomainSentences.mostNames).map(\.value)
            sections = Array(live.sections.prefix(DomainSentences.mostNames))
            templates = Array(live.templates.prefix(DomainSentences.mostNames))
            lastTask = tasks.first?.key ?? 0
            versions = live.versions
        }

        func values(of slot: Slot) -> [String] {
            switch slot {
            case .project: projects
            case .plan: plans
            case .task, .dependsOn: (1...min(99, max(20, lastTask))).map(String.init) + tasks
            case .section: sections
            case .template: templates
            case .version, .a, .b: (1...min(99, max(10, versions))).map(String.init) + ["current", "previous"]
            case .status, .target, .scope, .format: SpokenValues.values(of: slot)?.map(\.said) ?? []
            case .priority: SlotWords.priorities
            case .estimate: SlotWords.units.enumerated().map { "\($0.offset % 5 + 1) \($0.element)" }
            case .due: SlotWords.days
            case .name, .title, .text, .query, .summary, .reason, .topic, .assignee, .label, .tasks, .taskStatus: []
            }
        }
    }
}

extension Phrase {
    /// A slot that live names or a fixed list fill.
    fileprivate var isKnownSlot: Bool { if case .slot(let slot) = self { !slot.isFree } else { false } }
}
