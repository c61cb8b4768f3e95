import Foundation
import Planning
import Support

/// An intent with its slots in the one form that both sides of a comparison are brought to: what is left out filled with
/// what is open, one name for what has two.
struct CommandMeaning: Equatable {
    var intent: String
    var slots: [String: JSONValue]

    init(intent: String, slots: [String: JSONValue], state: CommandState) {
        self.intent = intent == "switch_project" ? "open_project" : intent
        self.slots = slots
        // A project is also written as a scope: `project=NAME`.
        if self.intent == "forget", let scope = slots["scope"]?.string, scope.hasPrefix("project=") {
            self.slots = ["project": .string(String(scope.dropFirst("project=".count)))]
        }
        join(state)
        fill(state)
        if self.intent == "compare_versions" {
            self.slots["b"] = self.slots["b"] ?? "current"
            self.slots["a"] = self.slots["a"] ?? "previous"
        }
        for key in ["task", "depends_on"] { self.slots[key] = self.slots[key].map { Self.task($0, state) } }
    }

    /// A status that is a command of its own is that command.
    private mutating func join(_ state: CommandState) {
        guard intent == "set_status" else { return }
        let target = slots["target"]?.string ?? (slots["project"] == nil ? "plan" : "project")
        slots["target"] = .string(target)
        switch (target, slots["status"]?.string) {
        case ("project", "archived"): self.rename("archive_project", keeping: "project")
        case ("plan", "archived"): self.rename("archive_plan", keeping: "plan")
        case ("plan", "approved"): self.rename("approve", keeping: "plan")
        default: break
        }
    }

    private mutating func rename(_ intent: String, keeping slot: String) {
        self.intent = intent
        slots = slots.filter { $0.key == slot }
    }

    private mutating func fill(_ state: CommandState) {
        let kind =
            intent == "set_status"
            ? slots["target"]?.string ?? "plan" : Self.ofProject.contains(intent) ? "project" : "plan"
        guard Self.ofProject.contains(intent) || Self.ofPlan.contains(intent) || intent == "set_status" else { return }
        guard slots[kind] == nil, let open = kind == "project" ? state.openProject : state.openPlan else { return }
        slots[kind] = .string(open)
    }

    private static let ofProject: Set = ["close_project", "archive_project", "delete_project"]
    private static let ofPlan: Set = [
        "version_history", "read_plan", "approve", "discard_plan", "export", "archive_plan", "delete_plan",
    ]

    private static func task(_ value: JSONValue, _ state: CommandState) -> JSONValue {
        guard let title = value.string else { return value }
        if let number = Int(title) { return .number(Double(number)) }
        let number = state.tasks.first { CommandText.plain($0.value) == CommandText.plain(title) }?.key
        return number.map { .number(Double($0)) } ?? value
    }
}

extension CommandMeaning {
    /// Whether `said` has the slots that are wanted here, and no others.
    func accepts(_ said: CommandMeaning, state: CommandState) -> Bool {
        var said = said
        if intent == "compare_versions" { said = said.ordered(state) }
        let wanted = intent == "compare_versions" ? ordered(state) : self
        for (slot, value) in wanted.slots {
            guard Self.accepts(said.slots[slot], as: value, slot: slot, state) else { return false }
        }
        return said.slots.allSatisfy { wanted.slots.keys.contains($0.key) || $0.value == .null }
    }

    /// The lower version first.
    private func ordered(_ state: CommandState) -> CommandMeaning {
        var ordered = self
        let numbers = ["a", "b"].compactMap { Self.version(slots[$0] ?? .null, state) }.sorted()
        guard numbers.count == 2 else { return self }
        ordered.slots["a"] = .number(Double(numbers[0]))
        ordered.slots["b"] = .number(Double(numbers[1]))
        return ordered
    }

    private static func accepts(_ said: JSONValue?, as wanted: JSONValue, slot: String, _ state: CommandState) -> Bool {
        if case .null = wanted {
            guard let text = said?.string else { return said == nil || said == .null }
            let known = state.projects + state.plans + state.sections + state.tasks.values
            return !known.contains { CommandText.plain($0) == CommandText.plain(text) }
        }
        guard let said, said != .null else { return false }
        if let any = wanted["any"]?.array { return any.contains { accepts(said, as: $0, slot: slot, state) } }
        switch slot {
        case "version", "a", "b": return version(said, state) == version(wanted, state)
        case "task", "depends_on": return said == wanted
        case "tasks": return numbers(said) == numbers(wanted)
        case "estimate": return estimate(said) == estimate(wanted)
        case "priority": return priority(said) == priority(wanted)
        case "section":
            let (a, b) = (CommandText.plain(said.string ?? ""), CommandText.plain(wanted.string ?? ""))
            let last = CommandText.plain(wanted.string?.components(separatedBy: "/").last ?? "")
            let isUnique =
                state.sections.count { CommandText.plain($0.components(separatedBy: "/").last ?? "") == last } == 1
            return a == b || isUnique && a == last
        default: return CommandText.plain(text(said)) == CommandText.plain(text(wanted))
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? value.number.map { Int(exactly: $0).map(String.init) ?? "\($0)" } ?? ""
    }

    private static func numbers(_ value: JSONValue) -> [Double] { (value.array ?? []).compactMap(\.number).sorted() }

    private static func version(_ value: JSONValue, _ state: CommandState) -> Int? {
        switch value {
        case .number(let number): Int(exactly: number)
        case "current", "latest": state.versions
        case "previous": state.versions - 1
        case .string(let text): Int(text)
        default: nil
        }
    }

    /// Minutes, or points below zero.
    private static func estimate(_ value: JSONValue) -> Int? {
        guard let text = value.string else { return nil }
        if text.hasSuffix("pt") { return Int(text.dropLast(2)).map { -$0 } }
        return SpokenEstimate([text])?.minutes
    }

    private static func priority(_ value: JSONValue) -> String? {
        guard let text = value.string else { return nil }
        return ["p0": "critical", "p1": "high", "p2": "medium", "p3": "low"][text] ?? text
    }
}

/// Free text as it is compared: without case, punctuation and articles, with numbers as digits.
enum CommandText {
    static func plain(_ text: String) -> String {
        var words = SpokenWords(text.replacing("-", with: " ").replacing("_", with: " ")).plain
            .map { $0.filter { $0.isLetter || $0.isNumber } }
            .filter { !$0.isEmpty && !["a", "an", "the"].contains($0) }
        var plain: [String] = []
        while let first = words.first {
            if let number = SpokenNumber.prefix(of: words) {
                plain.append(String(number.value))
                words.removeFirst(number.count)
            } else {
                plain.append(first)
                words.removeFirst()
            }
        }
        return plain.joined(separator: " ")
    }
}
