import Planning
import Support

/// Reads what stands in a slot against the names that are alive.
struct SlotReader {
    let names: LiveNames
    let finder: NameFinder
    /// What was read of the same words before: many patterns ask for it.
    private let memo = Memo()

    init(names: LiveNames, finder: NameFinder) {
        self.names = names
        self.finder = finder
    }

    private final class Memo {
        struct Key: Hashable {
            let slot: Slot
            let words: [String]
        }

        var readings: [Key: Reading] = [:]
    }

    enum Reading: Equatable {
        /// The value, and how sure it is.
        case value(JSONValue, Double)
        /// Names that fit equally well.
        case among([Choice])
        /// What is open: “this project”.
        case open
        /// Words that name nothing known.
        case unknown(String)
    }

    struct Choice: Equatable, Sendable {
        let said: String
        let value: JSONValue
    }

    func read(_ slot: Slot, _ words: SpokenWords) -> Reading {
        guard !slot.isFree else { return plainly(slot, words) }
        let key = Memo.Key(slot: slot, words: words.plain)
        if let known = memo.readings[key] { return known }
        let reading = reading(slot, words)
        memo.readings[key] = reading
        return reading
    }

    private func reading(_ slot: Slot, _ words: SpokenWords) -> Reading {
        let read = bare(slot, words)
        guard case .unknown = read, 2...6 ~= words.words.count, Self.namesThings.contains(slot) else { return read }
        // A little word that nobody said, or that a word was taken for, stands in the way.
        for index in words.words.indices where words.words[index].plain.count <= 3 {
            var fewer = words.words
            fewer.remove(at: index)
            if case .value(let value, let score) = bare(slot, SpokenWords(fewer)) { return .value(value, 0.88 * score) }
        }
        return read
    }

    private static let namesThings: Set<Slot> = [
        .project, .plan, .task, .dependsOn, .section, .version, .a, .b, .status, .taskStatus, .priority, .estimate,
    ]

    private func bare(_ slot: Slot, _ words: SpokenWords) -> Reading {
        let read = plainly(slot, words)
        if case .value(_, let score) = read, score >= SlotReader.certain { return read }
        // “Task number three”, “the risks section”: without the words that only say what kind of thing it is.
        let phrase = NounPhrase(words, of: slot)
        if phrase.isOpen { return .open }
        guard let core = phrase.core, core != words, !core.words.isEmpty else { return read }
        let meant = plainly(slot, core)
        switch (read, meant) {
        case (.value(_, let score), .value(_, let better)): return better > score ? meant : read
        case (.value, _): return read
        case (_, .unknown):
            let near = phrase.saysKind && Self.numbered.contains(slot) ? nearNumber(core) : nil
            return near ?? .unknown(core.text)
        default: return meant
        }
    }

    /// A name read this surely needs no second look.
    private static let certain = 0.95

    private static let numbered: Set<Slot> = [.task, .dependsOn, .version, .a, .b]

    /// “Task threw”: after the word that says what it is, what sounds nearly like a number is one, doubtfully.
    private func nearNumber(_ words: SpokenWords) -> Reading? {
        guard words.words.count == 1, let word = words.plain.first else { return nil }
        let sound = finder.phones(word)
        guard sound.count > 1 else { return nil }
        let near = (1...20).filter { EditDistance.between(sound, finder.phones(SpokenNumber.words($0))) == 1 }
        guard let number = near.first, near.count == 1 else { return nil }
        return .value(.number(Double(number)), 0.76)
    }

    /// Whether the words themselves say what kind of thing they name, so that an unknown name is worth an answer.
    func saysWhatItIs(_ slot: Slot, _ words: SpokenWords) -> Bool { NounPhrase(words, of: slot).saysKind }

    private func plainly(_ slot: Slot, _ words: SpokenWords) -> Reading {
        switch slot {
        case .project: name(words, among: names.projects)
        case .plan: number(words) ?? name(words, among: names.plans)
        case .task, .dependsOn: number(words) ?? task(words)
        case .tasks:
            SpokenNumberList(words.plain).map { .value(.array($0.numbers.map { .number(Double($0)) }), 1) }
                ?? .unknown(words.text)
        case .version, .a, .b: number(words) ?? version(words)
        case .section: section(words)
        case .template: name(words, among: names.templates)
        case .name, .title: .value(.string(words.name), 1)
        case .priority: priority(words)
        case .estimate:
            estimate(words)
        case .due:
            SpokenDay(words.plain).map { _ in .value(.string(words.plain.joined(separator: " ")), 1) }
                ?? .unknown(words.text)
        case .label: .value(.string(words.name), 1)
        case .assignee: .value(.string(["myself", "me"].contains(words.plain.joined()) ? "me" : words.name), 1)
        case .status, .taskStatus, .target, .scope, .format: value(words, among: SpokenValues.values(of: slot) ?? [])
        case .text, .query, .summary, .reason, .topic: .value(.string(words.text), 1)
        }
    }

    /// A length of time, or points, which some count in.
    private func estimate(_ words: SpokenWords) -> Reading {
        if let estimate = SpokenEstimate(words.plain) { return .value(.string(estimate.description), 1) }
        guard let last = words.plain.last, ["point", "points"].contains(last),
            let points = SpokenNumber.value(of: words.plain.dropLast().filter { $0 != "story" })
        else { return .unknown(words.text) }
        return .value(.string("\(points)pt"), 1)
    }

    private func name(_ words: SpokenWords, among known: [String]) -> Reading {
        let found = finder.candidates(for: words.plain, in: known)
        guard let best = found.first else {
            let parts = finder.parts(words.plain, of: known)
            guard parts.count < 2 else { return .among(parts.map { Choice(said: $0.name, value: .string($0.name)) }) }
            return parts.first.map { .value(.string($0.name), $0.score) } ?? .unknown(words.text)
        }
        let second = found.count < 2 ? 0 : found[1].score
        let isClear =
            best.score - second >= NameFinder.margin || best.score >= NameFinder.joinedScore && best.score > second
        if isClear { return .value(.string(best.name), best.score) }
        return .among(
            found.filter { best.score - $0.score < NameFinder.margin }.map {
                Choice(said: $0.name, value: .string($0.name))
            })
    }

    /// A section by its heading or its whole path: `Design / Data Model`.
    private func section(_ words: SpokenWords) -> Reading {
        let read = name(words, among: names.sections)
        if case .value = read { return read }
        let last = names.sections.map { path in (path, path.split(separator: "/").last.map(String.init) ?? path) }
        guard case .value(let heading, let score) = name(words, among: last.map(\.1)) else { return read }
        let meant = last.filter { .string($0.1) == heading }
        guard let first = meant.first else { return read }
        return .value(.string(first.0), meant.count == 1 ? score : 0.6)
    }

    private func value(_ words: SpokenWords, among known: [SpokenValues.Value]) -> Reading {
        guard let best = finder.candidates(for: words.plain, in: known.map(\.said)).first,
            let meant = known.first(where: { $0.said == best.name })
        else { return .unknown(words.text) }
        return .value(.string(meant.value), best.score)
    }

    private func number(_ words: SpokenWords) -> Reading? {
        let plain = words.plain.first == "number" ? Array(words.plain.dropFirst()) : words.plain
        // People say "task to" and "task for"; the recogniser writes what it hears.
        if let value = SpokenNumber.value(of: plain) { return .value(.number(Double(value)), 1) }
        guard plain.count == 1, let word = plain.first else { return nil }
        if let value = Self.homophones[word] { return .value(.number(Double(value)), 0.85) }
        let sound = finder.phones(word)
        guard !sound.isEmpty, let value = (1...20).first(where: { finder.phones(SpokenNumber.words($0)) == sound })
        else {
            return nil
        }
        return .value(.number(Double(value)), 0.85)
    }

    private func task(_ words: SpokenWords) -> Reading {
        let titles = names.tasks.sorted { $0.key < $1.key }
        func number(_ title: String) -> JSONValue? {
            titles.first { $0.value == title }.map { .number(Double($0.key)) }
        }
        let parts = finder.parts(words.plain, of: titles.map(\.value))
        let whole = finder.candidates(for: words.plain, in: titles.map(\.value)).first
        if parts.count > 1, (whole?.score ?? 0) < 0.9 {
            return .among(parts.compactMap { part in number(part.name).map { Choice(said: part.name, value: $0) } })
        }
        let best = [whole, parts.first].compactMap(\.self).max { $0.score < $1.score }
        guard let best, let number = number(best.name) else { return .unknown(words.text) }
        return .value(number, best.score)
    }

    private func version(_ words: SpokenWords) -> Reading {
        switch words.plain.joined(separator: " ") {
        case "current", "latest", "this", "now", "newest", "current one", "latest one", "the current one",
            "current version",
            "the latest", "the current", "the newest", "current plan", "the current plan", "what we have now":
            .value("current", 1)
        case "previous", "last", "previous one", "last one", "the previous one", "one before", "the one before",
            "the last one",
            "the previous", "the last":
            .value("previous", 1)
        default: .unknown(words.text)
        }
    }

    private func priority(_ words: SpokenWords) -> Reading {
        let said = words.plain.filter { $0 != "priority" }.joined(separator: " ")
        if let known = Priority(rawValue: said) ?? Self.priorities[said] { return .value(.string(known.rawValue), 1) }
        let likely = finder.candidates(for: [said], in: ["critical", "medium", "urgent", "normal", "high"]).first
        guard let likely, let known = Priority(rawValue: likely.name) ?? Self.priorities[likely.name] else {
            return .unknown(words.text)
        }
        return .value(.string(known.rawValue), likely.score)
    }

    private static let priorities: [String: Priority] = [
        "urgent": .critical, "highest": .critical, "top": .critical, "normal": .medium, "p0": .critical,
        "p zero": .critical, "p1": .high, "p one": .high, "p2": .medium, "p two": .medium, "p3": .low, "p three": .low,
        "p to": .medium, "p too": .medium, "p won": .high, "lowest": .low, "hi": .high, "hie": .high, "lo": .low,
        "higher": .high, "lower": .low, "very high": .critical, "important": .high, "mid": .medium, "middle": .medium,
        "default": .medium, "minor": .low,
    ]

    private static let homophones = [
        "to": 2, "too": 2, "for": 4, "fore": 4, "forth": 4, "ate": 8, "won": 1, "tree": 3, "free": 3, "sex": 6,
        "sics": 6,
        "sick": 6, "nein": 9, "fife": 5, "tin": 10,
    ]
}
