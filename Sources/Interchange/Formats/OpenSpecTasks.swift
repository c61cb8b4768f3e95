import Planning

/// The `tasks.md` of a change of OpenSpec: `## 1. Heading`, and below it `- [ ] 1.1 text`.
///
/// Carries titles, whether a task is done, and its heading as the milestone. Ids are places: they count what stands there.
/// On import every other line is kept as the plan's text.
enum OpenSpecTasks {
    struct Line {
        /// Such as 1.2, or 1.2.1.
        let id: String
        let isDone: Bool
        let title: String

        init?(_ line: some StringProtocol) {
            var cursor = LineCursor(line)
            cursor.takeBlanks()
            guard let isDone = cursor.takeCheckBox(), let first = cursor.takeNumber() else { return nil }
            var numbers = [first]
            while cursor.take(".") {
                guard let number = cursor.takeNumber(), numbers.count < 8 else { return nil }
                numbers.append(number)
            }
            guard numbers.count > 1, cursor.takeBlanks() > 0, !cursor.isAtEnd else { return nil }
            id = numbers.map(String.init).joined(separator: ".")
            self.isDone = isDone
            title = cursor.text
        }
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        var lines = [try ExchangeFormat.openSpec.marker(of: plan)?.comment].compactMap(\.self)
        for (group, phase) in Phases.inOrder(ExchangeFormat.openSpec.carried(plan).items).enumerated() {
            if !lines.isEmpty { lines.append("") }
            lines += ["## \(group + 1). \(phase.name)", ""]
            for (index, item) in phase.items.enumerated() {
                lines.append("- [\(item.status == .done ? "x" : " ")] \(group + 1).\(index + 1) \(item.title)")
            }
        }
        return Exported("tasks.md", lines.joined(separator: "\n") + "\n")
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let text = try SourceText(source.single(.openSpec))
        var plan = PlanFile(title: source.name)
        var origin: Marker?
        var heading: String?
        var kept: [Substring] = []
        for (index, line) in text.lines.enumerated() {
            if let task = Line(line) {
                var item = PlanFile.Item(key: task.id, title: task.title)
                item.status = task.isDone ? .done : .todo
                item.milestone = heading.flatMap(Phases.milestone)
                plan.items.append(item)
            } else if let marker = Marker(comment: line), index == 0 {
                origin = marker
                plan.key = marker.plan
            } else {
                if let name = name(inHeading: line) { heading = name }
                kept.append(line)
            }
        }
        guard !plan.items.isEmpty else {
            throw InterchangeError(text.file, "it has no task such as “- [ ] 1.1 Create the package”")
        }
        plan.content = kept.joined(separator: "\n").asBlock + "\n"
        return Imported(plan: plan, marker: origin)
    }

    /// The items stand in the order of their headings: there is no other number.
    static func narrow(_ plan: inout PlanFile) {
        Phases.assign(&plan.items)
        for index in plan.items.indices where plan.items[index].status != .done { plan.items[index].status = .todo }
        plan.items = Phases.inOrder(plan.items).flatMap(\.items)
    }

    /// “Storage” of `## 1. Storage`.
    private static func name(inHeading line: Substring) -> String? {
        var cursor = LineCursor(line)
        guard cursor.take("## ") else { return nil }
        var numbered = cursor
        if numbered.takeNumber() != nil, numbered.take(".") {
            numbered.takeBlanks()
            cursor = numbered
        }
        return cursor.isAtEnd ? nil : cursor.text
    }
}
