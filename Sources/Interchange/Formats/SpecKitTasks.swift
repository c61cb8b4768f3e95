import Planning

/// The `tasks.md` of spec-kit. A line is `- [ ] T003 [P] [US1] text (depends on T001, T002)`, below the headings of phases.
///
/// Carries the plan's title, numbers, titles, whether a task is done, what it waits for, its phase as the milestone, and of
/// the labels `parallel` (`[P]`) and a story's, `US1`, within the phase of that story. Cancelled tasks are left out.
/// On import every other line is kept as the plan's text.
enum SpecKitTasks {
    static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let carried = ExchangeFormat.specKit.carried(plan)
        var lines = [try ExchangeFormat.specKit.marker(of: plan)?.comment].compactMap(\.self)
        lines += [
            "# Tasks: \(plan.title)", "",
            "**Input**: Design documents from `/specs/\(padded(plan.number ?? 0))-\(PlanFile.slug(plan.title))/`",
            "**Prerequisites**: plan.md (required), spec.md (required for user stories)",
        ]
        let numbers = Dictionary(
            carried.items.compactMap { item in item.number.map { (item.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        for (index, phase) in Phases.inOrder(carried.items).enumerated() {
            lines += ["", "## Phase \(index + 1): \(phase.name)", ""]
            for item in phase.items {
                var line = Line(number: item.number ?? 0, isDone: item.status == .done, title: item.title)
                line.isParallel = item.labels.contains(parallel)
                line.story = item.labels.compactMap(story).first
                line.dependsOn = item.dependsOn.compactMap { numbers[$0] }
                lines.append(line.text)
            }
        }
        return Exported("tasks.md", lines.joined(separator: "\n") + "\n")
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let text = try SourceText(source.single(.specKit))
        var plan = PlanFile(title: source.name)
        var origin: Marker?
        var phase: String?
        var kept: [Substring] = []
        for (index, line) in text.lines.enumerated() {
            if let task = Line(line) {
                var item = PlanFile.Item(key: "T" + padded(task.number), title: task.title)
                item.number = task.number
                item.status = task.isDone ? .done : .todo
                item.dependsOn = task.dependsOn.map { "T" + padded($0) }
                item.labels = (task.isParallel ? [parallel] : []) + (task.story.map { ["US\($0)"] } ?? [])
                item.milestone = phase.flatMap(Phases.milestone)
                plan.items.append(item)
            } else if let marker = Marker(comment: line), plan.key == nil, index == 0 {
                origin = marker
                plan.key = marker.plan
            } else {
                if let name = Phases.name(inHeading: line) { phase = name }
                if let title = title(line) { plan.title = title }
                kept.append(line)
            }
        }
        guard !plan.items.isEmpty else {
            throw InterchangeError(text.file, "it has no task such as “- [ ] T001 Create the package”")
        }
        plan.content = kept.joined(separator: "\n").asBlock + "\n"
        if plan.key == nil { layFoundations(&plan.items) }
        return Imported(plan: plan, marker: origin)
    }

    /// In spec-kit every later phase waits for the one called Foundational, without each task saying so: a task there that
    /// names nothing else waits for what comes last in it.
    private static func layFoundations(_ items: inout [PlanFile.Item]) {
        func isFoundational(_ item: PlanFile.Item) -> Bool { item.milestone?.hasPrefix("Foundational") == true }
        let foundation = items.filter(isFoundational)
        let keys = Set(foundation.map(\.key))
        guard let end = items.lastIndex(where: isFoundational),
            foundation.allSatisfy({ keys.isSuperset(of: $0.dependsOn) })
        else { return }
        let awaited = Set(foundation.flatMap(\.dependsOn))
        let last = foundation.map(\.key).filter { !awaited.contains($0) }
        for index in items.indices.suffix(from: end + 1) where items[index].dependsOn.isEmpty {
            items[index].dependsOn = last
        }
    }

    static func narrow(_ plan: inout PlanFile) {
        let dropped = Set(plan.items.filter { $0.status == .cancelled }.map(\.key))
        Phases.assign(&plan.items)
        plan.items.removeAll { dropped.contains($0.key) }
        let taken = Set(plan.items.compactMap(\.number))
        var next = (taken.max() ?? 0) + 1
        for index in plan.items.indices {
            if plan.items[index].number == nil {
                plan.items[index].number = next
                next += 1
            }
            let item = plan.items[index]
            plan.items[index].status = item.status == .done ? .done : .todo
            plan.items[index].dependsOn.removeAll(where: dropped.contains)
            let stories = item.labels.compactMap(story).filter { LineCursor(item.milestone ?? "").names(story: $0) }
            plan.items[index].labels =
                (item.labels.contains(parallel) ? [parallel] : []) + stories.prefix(1).map { "US\($0)" }
        }
    }

    private static let parallel = "parallel"

    /// The number of a label such as `US1`.
    private static func story(_ label: String) -> Int? {
        var cursor = LineCursor(label)
        guard cursor.take("US"), let number = cursor.takeNumber(), cursor.isAtEnd, "US\(number)" == label else {
            return nil
        }
        return number
    }

    private static func title(_ line: Substring) -> String? {
        var cursor = LineCursor(line)
        return cursor.take("# Tasks: ") && !cursor.isAtEnd ? cursor.text : nil
    }
}

extension LineCursor {
    /// “User Story 1 - …”
    fileprivate func names(story: Int) -> Bool {
        var cursor = self
        return cursor.take("User Story ") && cursor.takeNumber() == story && (cursor.isAtEnd || !cursor.isDigitNext)
    }

    private var isDigitNext: Bool { rest.first.map { 0x30...0x39 ~= $0 } ?? false }
}
