import GRDB
import Planning

/// A plan with all that belongs to it, as it was at one moment.
package struct WholePlan: Equatable, Sendable {
    package let plan: Plan
    package let project: String
    /// Of the newest version, or of the draft while there is no version.
    package let content: String
    /// Whether a draft says something newer.
    package let hasDraft: Bool
    package let tasks: [PlanTask]
}

extension Store {
    /// In one read: nobody writes between its parts.
    package func wholePlan(number: Int) async throws -> WholePlan? {
        try await read { try WholePlan.fetch($0, Column("number") == number) }
    }

    /// The highest number that a task of the plan ever had; 0 when it never had one.
    package func lastTaskNumber(of plan: Plan.ID) async throws -> Int {
        try await read { database in
            try Int.fetchOne(
                database, sql: "SELECT value FROM counter WHERE name = ?", arguments: ["task:\(plan.rawValue)"]) ?? 0
        }
    }
}

extension WholePlan {
    static func fetch(_ database: Database, _ wish: some SQLSpecificExpressible) throws -> WholePlan? {
        guard let plan = try Plan.filter(wish).fetchOne(database) else { return nil }
        let project = try Project.filter(Column("id") == plan.projectId).fetchOne(database)
        let version = try PlanVersion.filter(
            Column("planId") == plan.id && Column("number") == plan.latestVersion
        ).fetchOne(database)
        let draft = try PlanDraft.filter(Column("planId") == plan.id).fetchOne(database)
        return WholePlan(
            plan: plan, project: project?.name ?? "", content: version?.content ?? draft?.content ?? "",
            hasDraft: version != nil && draft.map { $0.content != version?.content } ?? false,
            tasks: try PlanTask.filter(Column("planId") == plan.id).order(Column("number")).fetchAll(database))
    }
}
