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
            // Plans have other numbers where it comes from.
            edited.metadata.dependencies = []
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
        try refuseCircles(kept)
        for task in kept {
            try audited(.planTask, task.id.rawValue) { try task.insert(database) }
        }
        try count(numbers, of: plan)
    }

    private func refuseCircles(_ tasks: [PlanTask]) throws {
        let graph = TaskGraph(tasks)
        if let circle = graph.circle ?? graph.circleOfParts {
            let way = circle.prefix(20).map(String.init).joined(separator: " waits for ")
            throw StoreError.refused(reason: "a task cannot wait for itself, or be a part of itself: \(way)")
        }
    }

    /// The next task gets a number above all of these.
    private func count(_ numbers: Set<Int>, of plan: Plan.ID) throws {
        try database.execute(
            sql: "INSERT INTO counter VALUES (?, ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)",
            arguments: ["task:\(plan.rawValue)", numbers.max() ?? 0])
    }
}

extension Change {
    /// Makes a plan and its tasks what they became elsewhere. Tasks that are not among `tasks` stay as they are, and new ones
    /// have numbers that were never used.
    ///
    /// - Parameters:
    ///   - whole: The plan that the change was worked out from.
    ///   - content: The text of a new version; nil when it stays.
    ///
    /// Returns the new version. Throws `StoreError` when the plan has changed since `whole` was read.
    package func updateImported(
        _ wished: Plan, from whole: WholePlan, content: String?, tasks: [PlanTask], source: String
    ) throws -> PlanVersion? {
        let id = whole.plan.id
        guard try WholePlan.fetch(database, Column("id") == id) == whole else {
            throw StoreError.refused(
                reason: "plan \(whole.plan.number) was changed in this moment; nothing was taken in, try again")
        }
        let now = whole.plan
        if wished.title != now.title || wished.description != now.description || wished.status != now.status
            || wished.metadata != now.metadata
        {
            try updatePlan(id) { edited in
                edited.title = wished.title
                edited.description = wished.description
                edited.status = wished.status
                edited.metadata = wished.metadata
            }
        }
        try updateTasks(of: whole, to: tasks)
        return try content.map { content in
            try saveVersion(
                of: id, content: content, base: now.latestVersion, summary: "updated from \(source)",
                author: origin.actor, taking: now.latestVersion == 0 ? .draft : .nothing)
        }
    }

    /// All at once: what one waits for may come after it.
    private func updateTasks(of whole: WholePlan, to tasks: [PlanTask]) throws {
        let before = Dictionary(whole.tasks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var after = before
        let numbers = Set(whole.tasks.map(\.number)).union(tasks.map(\.number))
        var changed: [PlanTask] = []
        for task in tasks {
            var kept: PlanTask
            if let old = before[task.id] {
                kept = old.becoming(task, at: moment)
            } else {
                kept = task.copied(to: whole.plan.id, task.id, turnId: origin.turnId, at: moment)
            }
            try tidy(&kept, amongst: numbers)
            guard kept != before[task.id] else { continue }
            kept.updatedAt = moment
            after[task.id] = kept
            changed.append(kept)
        }
        guard after.count == numbers.count else {
            throw StoreError.refused(reason: "each task has a number of its own")
        }
        try refuseCircles(Array(after.values))
        for task in changed {
            try audited(.planTask, task.id.rawValue) {
                if let old = before[task.id] {
                    try update(old, to: task)
                } else {
                    try task.insert(database)
                }
            }
        }
        try count(numbers, of: whole.plan.id)
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

    /// With everything of `other` but what it is and where it comes from.
    fileprivate func becoming(_ other: PlanTask, at moment: Timestamp) -> PlanTask {
        var task = self
        task.title = other.title
        task.description = other.description
        task.priority = other.priority
        task.estimateMinutes = other.estimateMinutes
        task.dependsOn = other.dependsOn
        task.assignee = other.assignee
        task.evidence = other.evidence
        task.labels = other.labels
        task.acceptance = other.acceptance
        task.milestone = other.milestone
        task.dueOn = other.dueOn
        task.actualMinutes = other.actualMinutes
        task.parent = other.parent
        task.links = other.links
        task.startedAt = other.startedAt
        task.become(other.status, at: moment)
        if status == .done || other.status == .done { task.completedAt = other.completedAt }
        return task
    }
}
