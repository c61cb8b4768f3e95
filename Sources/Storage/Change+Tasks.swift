import GRDB
import Planning
import Support

extension Change {
    /// Everything but its number, which is the next one of the plan, comes from `edit`.
    package func addTask(to plan: Plan.ID, title: String, _ edit: (inout PlanTask) -> Void = { _ in }) throws
        -> PlanTask
    {
        var task = PlanTask(
            planId: plan, number: try nextTaskNumber(of: plan), title: title, turnId: origin.turnId, at: moment)
        edit(&task)
        let (status, completed) = (task.status, task.completedAt)
        task.status = .todo
        task.completedAt = nil
        task.become(status, at: completed ?? moment)
        try check(&task, isNew: true)
        try audited(.planTask, task.id.rawValue) { try task.insert(database) }
        return task
    }

    /// - Parameter reopening: Whether a task that is done or cancelled may become open again: only somebody who asks for
    ///   just that may do it.
    @discardableResult
    package func updateTask(
        _ number: Int, of plan: Plan.ID, reopening: Bool = false, _ edit: (inout PlanTask) -> Void
    ) throws -> PlanTask {
        guard var task = try PlanTask.first(where: "planId = ? AND number = ?", [plan, number], in: database) else {
            throw StoreError.missing(kind: "task", id: String(number))
        }
        let before = task
        edit(&task)
        guard before.status.isOpen || !task.status.isOpen || reopening else {
            throw StoreError.refused(reason: "task \(number) is \(before.status.rawValue); it must be reopened first")
        }
        let status = task.status
        task.status = before.status
        task.become(status, at: moment)
        task.updatedAt = moment
        try check(&task, isNew: false)
        try audited(.planTask, task.id.rawValue) { try update(before, to: task) }
        return task
    }

    /// Takes a task away; the others no longer name it. Its number is never used again.
    package func deleteTask(_ number: Int, of plan: Plan.ID) throws {
        let all = try tasks(of: plan)
        guard let task = all.first(where: { $0.number == number }) else {
            throw StoreError.missing(kind: "task", id: String(number))
        }
        for other in all where other.names(number) {
            var freed = other
            freed.dependsOn.removeAll { $0 == number }
            freed.links.removeAll { $0.task == number }
            if freed.parent == number { freed.parent = task.parent }
            freed.updatedAt = moment
            try audited(.planTask, freed.id.rawValue) { try update(other, to: freed) }
        }
        try audited(.planTask, task.id.rawValue) {
            try database.run("DELETE FROM planTask WHERE id = ?", [task.id])
        }
    }

    private func tasks(of plan: Plan.ID) throws -> [PlanTask] {
        try PlanTask.all(where: "planId = ? ORDER BY number", [plan], in: database)
    }

    /// Brings the texts into the form they are kept in, and throws what the schema cannot see.
    private func check(_ task: inout PlanTask, isNew: Bool) throws {
        // Of a plan with thousands of tasks most name no other one, and the others need not be read.
        let others = task.namesNone ? [] : try tasks(of: task.planId).filter { $0.number != task.number }
        try tidy(&task, amongst: Set(others.map(\.number)))
        // A new task cannot close a circle: nothing names it yet.
        guard !isNew, !others.isEmpty else { return }
        if let cycle = TaskGraph(others + [task]).cycle(task.number, dependingOn: task.dependsOn) {
            let way = cycle.map(String.init).joined(separator: " waits for ")
            throw StoreError.refused(reason: "a task cannot wait for itself: \(way)")
        }
        var above = task.parent
        var seen: Set<Int> = [task.number]
        while let number = above {
            guard seen.insert(number).inserted else {
                throw StoreError.refused(reason: "a task cannot be a part of itself, by way of task \(number)")
            }
            above = others.first { $0.number == number }?.parent
        }
    }

    /// Brings the texts into the form they are kept in, and throws for what it names and is not amongst the `numbers`.
    func tidy(_ task: inout PlanTask, amongst numbers: Set<Int>) throws {
        task.title = try KeptText.name(task.title, "a task's title", atMost: KeptText.longestTaskTitle)
        task.description = CleanText.block(task.description)
        task.assignee = task.assignee.map(CleanText.line).flatMap { $0.isEmpty ? nil : $0 }
        task.milestone = task.milestone.map(CleanText.line).flatMap { $0.isEmpty ? nil : $0 }
        task.labels = task.labels.map(CleanText.line).filter { !$0.isEmpty }
        task.acceptance = task.acceptance.map { PlanTask.CheckItem(CleanText.line($0.text), isDone: $0.isDone) }
            .filter { !$0.text.isEmpty }
        let named = task.dependsOn + task.links.map(\.task) + [task.parent].compactMap(\.self)
        guard !named.contains(task.number) else {
            throw StoreError.refused(reason: "a task cannot wait for itself, be a part of itself or link to itself")
        }
        if let dangling = named.first(where: { !numbers.contains($0) }) {
            throw StoreError.missing(kind: "task", id: String(dangling))
        }
    }

    private func nextTaskNumber(of plan: Plan.ID) throws -> Int {
        let name = "task:\(plan.rawValue)"
        return try database.value(
            "INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value", [name])
            ?? 1
    }
}

extension PlanTask {
    fileprivate func names(_ number: Int) -> Bool {
        parent == number || dependsOn.contains(number) || links.contains { $0.task == number }
    }

    fileprivate var namesNone: Bool { parent == nil && dependsOn.isEmpty && links.isEmpty }
}
