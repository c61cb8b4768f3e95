import Planning
import Support

/// What is said behind the title of a new task: “… with high priority”, “… estimate two days”, “… and give it to Priya”.
struct TaskModifiers {
    private(set) var title: String
    private(set) var values: [String: JSONValue] = [:]

    /// nil when the title is all there is.
    init?(_ said: String) {
        var words = SpokenWords(said)
        while let taken = Self.last(of: words.plain), taken.start > 0, values[taken.slot.rawValue] == nil {
            values[taken.slot.rawValue] = taken.value
            words = SpokenWords(Array(words.words[..<taken.start]))
        }
        title = words.name
        guard !values.isEmpty, !title.isEmpty else { return nil }
    }

    private typealias Taken = (slot: Slot, value: JSONValue, start: Int)

    /// The modifier that the words end with, from where it begins.
    private static func last(of words: [String]) -> Taken? {
        for start in words.indices.dropFirst().suffix(10) {
            let tail = Array(words[start...])
            for (slot, lead, trail) in shapes where tail.starts(with: lead) && tail.count > lead.count + trail.count {
                guard Array(tail.suffix(trail.count)) == trail else { continue }
                let core = Array(tail.dropFirst(lead.count).dropLast(trail.count))
                if let value = value(slot, core) { return (slot, value, start) }
            }
        }
        return nil
    }

    private static func value(_ slot: Slot, _ words: [String]) -> JSONValue? {
        switch slot {
        case .priority: priorities[words.joined(separator: " ")].map { .string($0.rawValue) }
        case .estimate: SpokenEstimate(words).map { .string($0.description) }
        case .dependsOn: SpokenNumber.value(of: words).map { .number(Double($0)) }
        case .assignee where words.count <= 2: .string(words.joined(separator: " "))
        default: nil
        }
    }

    private static let priorities: [String: Priority] = [
        "low": .low, "medium": .medium, "normal": .medium, "high": .high, "critical": .critical, "urgent": .critical,
        "hi": .high, "top": .critical,
    ]

    private static let said: [(Slot, String, String)] = [
        (.priority, "and give it", "priority"), (.priority, "with priority", ""), (.priority, "with a", "priority"),
        (.priority, "with", "priority"), (.priority, "at", "priority"), (.priority, "and set the priority to", ""),
        (.priority, "priority", ""), (.priority, "", "priority"), (.estimate, "with an estimate of", ""),
        (.estimate, "and estimate it at", ""), (.estimate, "estimated at", ""), (.estimate, "estimate of", ""),
        (.estimate, "estimate", ""), (.estimate, "estimated", ""), (.estimate, "it should take", ""),
        (.estimate, "that should take", ""), (.estimate, "it will take", ""), (.estimate, "that will take", ""),
        (.estimate, "which takes", ""), (.estimate, "that takes", ""), (.estimate, "it takes", ""),
        (.estimate, "should take", ""), (.estimate, "will take", ""), (.estimate, "for", ""),
        (.assignee, "and give it to", ""), (.assignee, "and assign it to", ""), (.assignee, "and assign to", ""),
        (.assignee, "assigned to", ""), (.assignee, "assign it to", ""), (.assignee, "assign to", ""),
        (.dependsOn, "that depends on task", ""), (.dependsOn, "which depends on task", ""),
        (.dependsOn, "depends on task", ""), (.dependsOn, "depending on task", ""), (.dependsOn, "after task", ""),
        (.dependsOn, "that waits for task", ""), (.dependsOn, "once task", "is done"),
    ]

    private static let shapes: [(Slot, [String], [String])] = said.map { slot, lead, trail in
        (slot, lead.split(separator: " ").map(String.init), trail.split(separator: " ").map(String.init))
    }
}
