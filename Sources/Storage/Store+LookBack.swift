import GRDB
import Planning

extension Store {
    /// Goes through the states that a plan was in, the newest first, as far back as `look` wants; each is as one operation
    /// left it. The audit has them until something of the plan is forgotten.
    ///
    /// - Parameters:
    ///   - result: What `look` makes something of; it says whether older states are wanted.
    ///   - states: How many states are looked at, at most.
    ///   - tasks: How many tasks all of them may have together.
    package func lookBack<Value: Sendable>(
        over plan: Plan.ID, _ result: Value, states: Int = 1_000, tasks: Int = 300_000,
        _ look: @Sendable @escaping (inout Value, WholePlan) throws -> Bool
    ) async throws -> Value {
        try await read { database in
            var result = result
            guard let now = try WholePlan.fetch(database, Column("id") == plan) else { return result }
            var (states, tasks) = (states - 1, tasks - now.tasks.count)
            guard try look(&result, now), states > 0 else { return result }
            var past = try PlanPast(now, database)
            let rows = try AuditRow.fetchCursor(
                database,
                sql: """
                    SELECT * FROM audit
                    WHERE entity IN ('plan', 'planTask', 'planVersion', 'planDraft')
                        AND (entityId = :plan OR json_extract(coalesce(after, before), '$.planId') = :plan)
                    ORDER BY seq DESC
                    """, arguments: ["plan": plan])
            var operation: String?
            while let row = try rows.next() {
                if let operation, operation != row.operationId {
                    guard let state = try past.whole(database) else { return result }
                    (states, tasks) = (states - 1, tasks - state.tasks.count)
                    guard try look(&result, state), states > 0, tasks > 0 else { return result }
                }
                operation = row.operationId
                guard try past.takeBack(row, database) else { return result }
            }
            return result
        }
    }
}

/// A plan on the way back through its audit.
private struct PlanPast {
    private var plan: Plan?
    private let project: String
    private var draft: String?
    private var tasks: [String: PlanTask]
    /// Texts of versions that are not in the table as they were then, by their numbers.
    private var versions: [Int: String] = [:]

    init(_ now: WholePlan, _ database: Database) throws {
        plan = now.plan
        project = now.project
        draft = try PlanDraft.filter(Column("planId") == now.plan.id).fetchOne(database)?.content
        tasks = Dictionary(now.tasks.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// nil before the plan was made.
    func whole(_ database: Database) throws -> WholePlan? {
        guard let plan else { return nil }
        let version =
            try versions[plan.latestVersion]
            ?? PlanVersion.filter(Column("planId") == plan.id && Column("number") == plan.latestVersion)
            .fetchOne(database)?.content
        return WholePlan(
            plan: plan, project: project, content: version ?? draft ?? "",
            hasDraft: version != nil && draft.map { $0 != version } ?? false,
            tasks: tasks.values.sorted { $0.number < $1.number })
    }

    /// False when the row no longer says what was before it: something was forgotten.
    mutating func takeBack(_ row: AuditRow, _ database: Database) throws -> Bool {
        guard let table = AuditedTable(rawValue: row.entity) else { return true }
        guard row.before != "{}" else { return false }
        let image = try row.before.flatMap { try table.row(of: $0, in: database) }
        guard row.before == nil || image != nil else { return false }
        do {
            switch table {
            case .plan: plan = try image.map(Plan.init(row:))
            case .planTask: tasks[row.entityId] = try image.map(PlanTask.init(row:))
            case .planDraft: draft = image?["content"]
            case .planVersion:
                if let number: Int = image?["number"] { versions[number] = image?["content"] }
            default: break
            }
        } catch is DecodingError {
            // An image from before a column was there.
            return false
        }
        return true
    }
}
