import GRDB
import Planning
import Support

extension Change {
    /// A plan that was made elsewhere, with its text as version 1 and its tasks under their own numbers. It keeps its id, and
    /// so do its tasks, unless there is something with that id.
    ///
    /// Throws `StoreError` when the title is taken, or for tasks that wait for what is not there or for themselves.
    package func importPlan(
        _ plan: Plan, into project: Project.ID, content: String, tasks: [PlanTask], from source: String
    ) throws -> Plan {
        let isTaken = try Plan.filter(Column("id") == plan.id).fetchCount(database) > 0
        var made = try createPlan(
            in: project, title: plan.title, description: plan.description, id: isTaken ? .make(at: moment) : plan.id)
        if !CleanText.line(content).isEmpty {
            _ = try saveVersion(
                of: made.id, content: content, base: 0, summary: "imported from \(source)", author: origin.actor)
        }
        made = try updatePlan(made.id) { edited in
            edited.status = plan.status
            edited.metadata = plan.metadata
        }
        try addTasks(tasks, to: made.id)
        return made
    }

    /// All at once, with the numbers that they have.
    private func addTasks(_ tasks: [PlanTask], to plan: Plan.ID) throws {
        let numbers = Set(tasks.map(\.number))
        guard numbers.count == tasks.count, numbers.allSatisfy({ $0 > 0 }) else {
            throw StoreError.refused(reason: "each task has a number of its own")
        }
        var kept: [PlanTask] = []
        for task in tasks {
            let isTaken = try PlanTask.filter(Column("id") == task.id).fetchCount(database) > 0
            var task = task.copied(to: plan, isTaken ? .make(at: moment) : task.id, turnId: origin.turnId, at: moment)
            try tidy(&task, amongst: numbers)
            kept.append(task)
        }
        let graph = TaskGraph(kept)
        if let circle = graph.circle ?? graph.circleOfParts {
            let way = circle.prefix(20).map(String.init).joined(separator: " waits for ")
            throw StoreError.refused(reason: "a task cannot wait for itself, or be a part of itself: \(way)")
        }
        for task in kept {
            try audited(.planTask, task.id.rawValue) { try task.insert(database) }
        }
        try database.execute(
            sql: "INSERT INTO counter VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)",
            arguments: ["task:\(plan.rawValue)", numbers.max() ?? 0])
    }
}

extension PlanTask {
    /// The same in another plan. When it was made stays as it was; it changed now.
    fileprivate func copied(to plan: Plan.ID, _ id: PlanTask.ID, turnId: Turn.ID?, at moment: Timestamp) -> PlanTask {
        var task = PlanTask(
            id: id, planId: plan, number: number, title: title, description: description, priority: priority,
            estimateMinutes: estimateMinutes, dependsOn: dependsOn, assignee: assignee, turnId: turnId, at: createdAt)
        task.status = status
        task.evidence = evidence
        task.labels = labels
        task.acceptance = acceptance
        task.milestone = milestone
        task.dueOn = dueOn
        task.actualMinutes = actualMinutes
        task.parent = parent
        task.links = links
        task.startedAt = startedAt
        task.completedAt = completedAt
        task.updatedAt = moment
        return task
    }
}
