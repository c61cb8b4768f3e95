import Planning

/// The parts that a task list is cut into by headings: a task's milestone, else the task on top of it that has parts.
enum Phases {
    static let unnamed = "Tasks"

    /// Gives every item the name of its phase for a milestone.
    static func assign(_ items: inout [PlanFile.Item]) {
        let byKey = Dictionary(items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let withParts = Set(items.compactMap(\.parent))
        let names = items.map { item in
            if let milestone = item.milestone { return milestone }
            var top = item
            var seen: Set<String> = [item.key]
            while let parent = top.parent.flatMap({ byKey[$0] }), seen.insert(parent.key).inserted { top = parent }
            return withParts.contains(top.key) ? top.milestone ?? top.title : unnamed
        }
        for (index, name) in names.enumerated() { items[index].milestone = milestone(name) }
    }

    /// The milestone that a phase stands for.
    static func milestone(_ name: String) -> String? { name == unnamed ? nil : name }

    /// The phases in the order in which their first items stand.
    static func inOrder(_ items: [PlanFile.Item]) -> [(name: String, items: [PlanFile.Item])] {
        var order: [String] = []
        var groups: [String: [PlanFile.Item]] = [:]
        for item in items {
            let name = item.milestone ?? unnamed
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(item)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    /// “Setup” of `## Phase 1: Setup`, or what any other heading of level 2 says.
    static func name(inHeading line: Substring) -> String? {
        var cursor = LineCursor(line)
        guard cursor.take("## ") else { return nil }
        var phase = cursor
        if phase.take("Phase "), phase.takeNumber() != nil, phase.take(":") {
            phase.takeBlanks()
            cursor = phase
        }
        return cursor.isAtEnd ? nil : cursor.text
    }
}
