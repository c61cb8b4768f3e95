import GRDB
import Planning

extension Change {
    package func addTask(
        to plan: Plan.ID, title: String, description: String = "", priority: Priority = .medium,
        estimateMinutes: Int? = nil, dependsOn: [Int] = [], assignee: String? = nil
    ) throws -> PlanTask {
        let known = Set(
            try Int.fetchAll(database, sql: "SELECT number FROM planTask WHERE planId = ?", arguments: [plan]))
        if let dangling = dependsOn.first(where: { !known.contains($0) }) {
            throw StoreError.missing(kind: "task", id: String(dangling))
        }
        let task = PlanTask(
            planId: plan, number: try nextTaskNumber(of: plan), title: title, description: description,
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
        edit(&task)
        task.updatedAt = moment
        try audited(.planTask, task.id.rawValue) { try update(task, "planTask", "id", task.id) }
        return task
    }

    private func nextTaskNumber(of plan: Plan.ID) throws -> Int {
        let name = "task:\(plan.rawValue)"
        try database.execute(
            sql: "INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1", arguments: [name])
        return try Int.fetchOne(database, sql: "SELECT value FROM counter WHERE name = ?", arguments: [name]) ?? 1
    }
}
