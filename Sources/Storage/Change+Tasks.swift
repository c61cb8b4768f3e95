import GRDB
import Planning
import Support

extension Change {
    package func addTask(
        to plan: Plan.ID, title: String, description: String = "", priority: Priority = .medium,
        estimateMinutes: Int? = nil, dependsOn: [Int] = [], assignee: String? = nil
    ) throws -> PlanTask {
        // A new task cannot close a circle: nothing waits for it yet.
        try check(dependsOn, of: nil, in: tasks(of: plan))
        let task = PlanTask(
            planId: plan, number: try nextTaskNumber(of: plan),
            title: try KeptText.name(title, "a task's title", atMost: KeptText.longestTaskTitle),
            description: CleanText.block(description),
            priority: priority, estimateMinutes: estimateMinutes, dependsOn: dependsOn, assignee: assignee,
            turnId: origin.turnId, at: moment)
        try audited(.planTask, task.id.rawValue) { try task.insert(database) }
        return task
    }

    @discardableResult
    package func updateTask(_ number: Int, of plan: Plan.ID, _ edit: (inout PlanTask) -> Void) throws -> PlanTask {
        let chosen = PlanTask.filter(Column("planId") == plan && Column("number") == number)
        guard var task = try chosen.fetchOne(database) else {
            throw StoreError.missing(kind: "task", id: String(number))
        }
        let before = task.dependsOn
        edit(&task)
        task.title = try KeptText.name(task.title, "a task's title", atMost: KeptText.longestTaskTitle)
        task.assignee = task.assignee.map(CleanText.line)
        if task.dependsOn != before { try check(task.dependsOn, of: number, in: tasks(of: plan)) }
        task.updatedAt = moment
        try audited(.planTask, task.id.rawValue) { try update(task, "planTask", "id", task.id) }
        return task
    }

    private func tasks(of plan: Plan.ID) throws -> [PlanTask] {
        try PlanTask.filter(Column("planId") == plan).order(Column("number")).fetchAll(database)
    }

    private func check(_ dependsOn: [Int], of number: Int?, in tasks: [PlanTask]) throws {
        if let dangling = dependsOn.first(where: { wished in !tasks.contains { $0.number == wished } }) {
            throw StoreError.missing(kind: "task", id: String(dangling))
        }
        if let number, let cycle = TaskGraph(tasks).cycle(number, dependingOn: dependsOn) {
            let way = cycle.map(String.init).joined(separator: " waits for ")
            throw StoreError.refused(reason: "a task cannot wait for itself: \(way)")
        }
    }

    private func nextTaskNumber(of plan: Plan.ID) throws -> Int {
        let name = "task:\(plan.rawValue)"
        try database.execute(
            sql: "INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1", arguments: [name])
        return try Int.fetchOne(database, sql: "SELECT value FROM counter WHERE name = ?", arguments: [name]) ?? 1
    }
}
