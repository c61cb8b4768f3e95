import Planning
import Support

extension PlanFile {
    /// The items as tasks of a plan. An item keeps its number, and its key when that is an id of ours; what has no number,
    /// or one that is taken, gets the next free one.
    ///
    /// Throws `InterchangeError` for keys that stand twice or are named and not there, and for tasks that wait for
    /// themselves or are a part of themselves, by their titles.
    package func tasks(of plan: Plan.ID, file: String, at moment: Timestamp = .now) throws(InterchangeError)
        -> [PlanTask]
    {
        guard items.count <= PlanFile.mostItems else {
            throw InterchangeError(file, "it has \(items.count) tasks; at most \(PlanFile.mostItems) are read")
        }
        let numbers = try numbers(file)
        var tasks: [PlanTask] = []
        for item in items { tasks.append(try item.task(of: plan, numbers, file, moment)) }
        tasks.sort { $0.number < $1.number }
        try check(TaskGraph(tasks), file)
        return tasks
    }

    /// The number of each key.
    private func numbers(_ file: String) throws(InterchangeError) -> [String: Int] {
        var numbers: [String: Int] = [:]
        var taken: Set<Int> = []
        for item in items {
            guard numbers[item.key] == nil else {
                throw InterchangeError(file, "there are two tasks \(item.name); each needs an id of its own")
            }
            let wished = item.number.flatMap { 1...Self.highestNumber ~= $0 && taken.insert($0).inserted ? $0 : nil }
            numbers[item.key] = wished ?? 0
        }
        var next = (taken.max() ?? 0) + 1
        for item in items where numbers[item.key] == 0 {
            numbers[item.key] = next
            next += 1
        }
        return numbers
    }

    private func check(_ graph: TaskGraph, _ file: String) throws(InterchangeError) {
        func names(_ circle: [Int], _ verb: String) -> String {
            circle.prefix(8).map { number in
                "“\(graph.tasks.first { $0.number == number }?.title.prefix(60) ?? "")”"
            }.joined(separator: " \(verb) ") + (circle.count > 8 ? " …" : "")
        }
        if let circle = graph.circle {
            throw InterchangeError(file, "a task cannot wait for itself: \(names(circle, "waits for"))")
        }
        if let circle = graph.circleOfParts {
            throw InterchangeError(file, "a task cannot be a part of itself: \(names(circle, "is a part of"))")
        }
        if let deep = graph.partDeeper(than: PlanFile.deepestParts) {
            throw InterchangeError(
                file, "\(names([deep], "")) is nested more than \(PlanFile.deepestParts) tasks deep; join some levels")
        }
    }

    private static let highestNumber = 1_000_000
}

extension PlanFile {
    /// Gives each item without a number the next one, as formats do that cannot be without.
    mutating func numberItems() {
        var next = (items.compactMap(\.number).max() ?? 0) + 1
        for index in items.indices where items[index].number == nil {
            items[index].number = next
            next += 1
        }
    }
}

extension PlanFile.Item {
    /// For people: what it is called, and its title.
    var name: String { "\(key.prefix(60)) (“\(title.prefix(60))”)" }

    fileprivate func task(
        of plan: Plan.ID, _ numbers: [String: Int], _ file: String, _ moment: Timestamp
    ) throws(InterchangeError) -> PlanTask {
        func number(_ key: String, _ relation: String) throws(InterchangeError) -> Int {
            guard let number = numbers[key] else {
                throw InterchangeError(file, "task \(name) \(relation) \(key.prefix(60)), which is not there")
            }
            return number
        }
        let id = PlanTask.ID(rawValue: key)
        var waits: [Int] = []
        for key in dependsOn { waits.append(try number(key, "waits for")) }
        var task = PlanTask(
            id: id.isWellFormed ? id : .make(), planId: plan, number: try number(key, "is"), title: title,
            description: body, priority: priority, estimateMinutes: estimateMinutes, dependsOn: waits,
            assignee: assignee, at: createdAt ?? moment)
        task.status = status
        task.startedAt = startedAt
        task.completedAt = status == .done ? completedAt ?? moment : nil
        task.acceptance = acceptance
        task.actualMinutes = actualMinutes
        task.labels = labels
        if let parent { task.parent = try number(parent, "is a part of") }
        for link in links { task.links.append(.init(link.kind, try number(link.key, "has to do with"))) }
        task.milestone = milestone
        task.dueOn = dueOn
        task.evidence = evidence
        return task
    }
}
