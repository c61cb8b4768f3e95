import GRDB
import Planning

/// A plan with all that belongs to it, as it was at one moment.
package struct WholePlan: Sendable {
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
        try await read { database in
            guard let plan = try Plan.filter(Column("number") == number).fetchOne(database) else { return nil }
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
}
