import Planning
import Support

/// Reads what stands in a slot against the names that are alive.
struct SlotReader {
    let names: LiveNames
    let finder: NameFinder

    enum Reading: Equatable {
        /// The value, and how sure it is.
        case value(JSONValue, Double)
        /// Words that name nothing known.
        case unknown(String)
    }

    func read(_ slot: Slot, _ words: SpokenWords) -> Reading {
        switch slot {
        case .project: name(words, among: names.projects)
        case .plan: number(words) ?? name(words, among: names.plans)
        case .task, .dependsOn: number(words) ?? task(words)
        case .version, .a, .b: number(words) ?? version(words)
        case .section: name(words, among: names.sections)
        case .template: name(words, among: names.templates)
        case .name, .title: .value(.string(words.name), 1)
        case .priority: priority(words)
        case .estimate:
            SpokenEstimate(words.plain).map { .value(.string($0.description), 1) } ?? .unknown(words.text)
        case .due:
            SpokenDay(words.plain).map { _ in .value(.string(words.plain.joined(separator: " ")), 1) }
                ?? .unknown(words.text)
        case .label: .value(.string(words.name), 1)
        case .assignee: .value(.string(words.plain == ["myself"] ? "me" : words.name), 1)
        case .status, .target, .scope, .format: value(words, among: SpokenValues.values(of: slot) ?? [])
        case .text, .query, .summary, .reason: .value(.string(words.text), 1)
        }
    }

    private func name(_ words: SpokenWords, among known: [String]) -> Reading {
        let found = finder.candidates(for: words.plain, in: known)
        guard let best = found.first else { return .unknown(words.text) }
        let second = found.count < 2 ? 0 : found[1].score
        let isClear =
            best.score - second >= NameFinder.margin || best.score >= NameFinder.joinedScore && best.score > second
        return .value(.string(best.name), isClear ? best.score : min(best.score, 0.6))
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
        let value = SpokenNumber.value(of: plain) ?? (plain.count == 1 ? Self.homophones[plain[0]] : nil)
        return value.map { .value(.number(Double($0)), SpokenNumber.value(of: plain) == nil ? 0.85 : 1) }
    }

    private func task(_ words: SpokenWords) -> Reading {
        let titles = names.tasks.sorted { $0.key < $1.key }
        let found = finder.candidates(for: words.plain, in: titles.map(\.value))
        guard let best = found.first, let number = titles.first(where: { $0.value == best.name })?.key else {
            return .unknown(words.text)
        }
        return .value(.number(Double(number)), best.score)
    }

    private func version(_ words: SpokenWords) -> Reading {
        switch words.plain {
        case ["current"], ["latest"], ["this"]: .value("current", 1)
        case ["previous"], ["last"]: .value("previous", 1)
        default: .unknown(words.text)
        }
    }

    private func priority(_ words: SpokenWords) -> Reading {
        let said = words.plain.filter { $0 != "priority" }.joined(separator: " ")
        let known = Priority(rawValue: said) ?? Self.priorities[said]
        return known.map { .value(.string($0.rawValue), 1) } ?? .unknown(words.text)
    }

    private static let priorities: [String: Priority] = [
        "urgent": .critical, "highest": .critical, "normal": .medium, "p0": .critical, "p zero": .critical, "p1": .high,
        "p one": .high, "p2": .medium, "p two": .medium, "p3": .low, "p three": .low, "lowest": .low,
    ]

    private static let homophones = ["to": 2, "too": 2, "for": 4, "ate": 8, "won": 1, "tree": 3, "sex": 6]
}
