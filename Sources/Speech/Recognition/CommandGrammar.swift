import Planning

/// The expected phrases as a grammar of the recogniser, with live names in their places.
///
/// Its fixed words are words of their own (`_c_show`): the dictionary's may sound otherwise. So are those of a live name
/// (`_3_voice _3_notes`), so that what is found tells which name was meant. Free text is a loop over the phones (`_AA`, `_AE`, …): it finds where the free text is, not what it says.
struct CommandGrammar {
    enum Kind: String {
        /// Only phrases of fixed words and live names.
        case closed
        /// Only phrases in which something is free.
        case open
    }

    /// Live names beyond these are not expected, the most likely come first: the time of a search grows with every word of
    /// them, once for each phrase that they may stand in. What dictation hears of the others is still compared with all.
    private static let mostNames = 100
    private static let mostWords = 160

    /// The names of one kind that are expected.
    static func expected(_ names: [String]) -> [String] {
        var words = 0
        return Array(
            names.prefix(mostNames).prefix { name in
                words += SpokenForm(name).words.count
                return words <= mostWords
            })
    }
    static let mostNumbers = 99

    private(set) var jsgf = ""
    /// All words in it, with their phones. A second way to say a word is a word of its own (`data~2`): the engine's own
    /// way with alternatives takes time by the square of the grammar.
    private(set) var words: [String: [String]] = [:]
    /// The live names by the number in their words.
    private(set) var names: [String] = []

    let kind: Kind
    private let expected: ExpectedSpeech
    private let pronunciation: Pronunciation
    private var rules: [String: String] = [:]

    init(_ kind: Kind, _ expected: ExpectedSpeech, wake: [String], pronunciation: Pronunciation) {
        self.kind = kind
        self.expected = expected
        self.pronunciation = pronunciation
        let phrases = expected.phrases.filter { kind == .closed || $0.slots.contains(where: \.isFree) }
            .compactMap { expression($0) }.filter { !$0.isEmpty }
        guard !phrases.isEmpty else { return }
        let wakeWords = wake.map { word in
            words["_w_" + word] = pronunciation.phones(ofWord: word)
            return "_w_" + word
        }
        jsgf = "#JSGF V1.0;\ngrammar commands;\n"
        jsgf += "public <command> = \(wakeWords.isEmpty ? "" : "[ \(wakeWords.joined(separator: " ")) ] ")<phrase>;\n"
        jsgf += "<phrase> = \(phrases.joined(separator: "\n | "));\n"
        for (name, rule) in rules.sorted(by: { $0.key < $1.key }) { jsgf += "<\(name)> = \(rule);\n" }
    }

    /// nil when nothing can be said there now, such as a plan when there are none.
    private mutating func expression(_ phrase: Phrase) -> String? {
        switch phrase {
        case .word(let word):
            let spoken = SpokenForm(word).words
            return spoken.isEmpty ? nil : said(spoken)
        case .optional(let inner): return expression(inner).map { "[ \($0) ]" } ?? ""
        case .choice(let parts):
            let options = parts.compactMap { expression($0) }.filter { !$0.isEmpty }
            return options.isEmpty ? nil : "( \(options.joined(separator: " | ")) )"
        case .sequence(let parts):
            var expressions: [String] = []
            for part in parts {
                guard let expression = expression(part) else { return nil }
                expressions.append(expression)
            }
            return expressions.filter { !$0.isEmpty }.joined(separator: " ")
        case .slot(let slot): return rule(slot).map { "<\($0)>" }
        }
    }

    private mutating func rule(_ slot: Slot) -> String? {
        guard kind == .open || !slot.isFree else { return nil }
        let name = slot.isFree ? "free" : slot.rawValue
        if rules[name] == nil {
            guard let content = content(slot) else { return nil }
            rules[name] = content
        }
        return name
    }

    private mutating func content(_ slot: Slot) -> String? {
        let live = expected.names
        switch slot {
        case .project: return alternatives(names: live.projects)
        case .plan: return alternatives(names: live.plans, numbers: live.plans.isEmpty ? 0 : live.plans.count)
        case .task, .dependsOn:
            // The newest are the likeliest to be named.
            let tasks = live.tasks.sorted { $0.key > $1.key }
            return alternatives(names: tasks.map(\.value), numbers: max(20, tasks.first?.key ?? 0))
        case .section: return alternatives(names: live.sections)
        case .template: return alternatives(names: live.templates)
        case .version, .a, .b:
            return alternatives(names: [], numbers: max(10, live.versions), words: ["current", "previous"])
        case .status, .target, .scope, .format:
            return alternatives(names: [], words: SpokenValues.values(of: slot)?.map(\.said) ?? [])
        case .priority: return alternatives(names: [], words: SlotWords.priorities)
        case .estimate:
            let numbers = alternatives(names: [], numbers: 30, words: ["a", "an"]) ?? ""
            return "( \(numbers) ) ( \(SlotWords.units.map { said([$0]) }.joined(separator: " | ")) )"
        case .due:
            func one(of words: [String]) -> String { alternatives(names: [], words: words) ?? "" }
            return "\(one(of: ["today", "tomorrow"])) | [ \(said(["next"])) ] ( \(one(of: SpokenDay.weekdays)) ) | "
                + "[ \(said(["the"])) ] ( \(one(of: SpokenDay.ordinals)) ) "
                + "[ [ \(said(["of"])) ] ( \(one(of: SpokenDay.months)) ) ]"
        case .taskStatus, .tasks: return nil
        case .name, .title, .text, .query, .summary, .reason, .topic, .assignee, .label:
            for phone in SlotWords.phones { words["_" + phone] = [phone] }
            return "( \(SlotWords.phones.map { "_" + $0 }.joined(separator: " | ")) )+"
        }
    }

    private mutating func alternatives(names live: [String], numbers: Int = 0, words fixed: [String] = []) -> String? {
        var options: [String] = []
        for name in Self.expected(live) {
            let spoken = SpokenForm(name).words.prefix(12)
            guard !spoken.isEmpty else { continue }
            options += ways(of: name, Array(spoken))
        }
        for number in 1...max(1, min(numbers, Self.mostNumbers)) where numbers > 0 {
            options.append(said(SpokenNumber.words(number).split(separator: " ").map(String.init)))
        }
        options += fixed.map { said($0.split(separator: " ").map(String.init)) }
        return options.isEmpty ? nil : options.joined(separator: " | ")
    }

    /// Names are many: their ways are written out, because a choice within each would cost more.
    private mutating func ways(of name: String, _ spoken: [String]) -> [String] {
        let index = names.count
        names.append(name)
        return spoken.reduce([""]) { heads, word in
            let tokens = tokens("_\(index)_\(word)", saying: word)
            let all = heads.flatMap { head in tokens.map { head.isEmpty ? $0 : head + " " + $0 } }
            return Array(all.prefix(Self.mostWays))
        }
    }

    /// Ways to say one name that are expected.
    private static let mostWays = 4

    private mutating func said(_ spoken: [String]) -> String {
        spoken.map { word in
            let tokens = tokens("_c_" + word, saying: word)
            return tokens.count < 2 ? tokens.first ?? "" : "( \(tokens.joined(separator: " | ")) )"
        }.joined(separator: " ")
    }

    /// The word with each of its ways to be said.
    private mutating func tokens(_ token: String, saying word: String) -> [String] {
        ([pronunciation.phones(ofWord: word)] + pronunciation.alternatives(ofWord: word)).filter { !$0.isEmpty }
            .enumerated().map { index, phones in
                let name = index == 0 ? token : "\(token)~\(index + 1)"
                words[name] = phones
                return name
            }
    }
}
