import GRDB
import Planning

/// A project as a list shows it.
package struct ProjectSummary: Sendable, FetchableRecord {
    package let project: Project
    package let plans: Int
    /// When something of it changed last: itself, or a plan with what is in it.
    package let changedAt: Timestamp

    package init(row: Row) throws {
        project = try Project(row: row)
        plans = row["plans"]
        changedAt = row["changedAt"]
    }
}

/// A plan as a list shows it.
package struct PlanSummary: Sendable, FetchableRecord {
    package let plan: Plan
    /// When something in it changed last.
    package let changedAt: Timestamp

    package init(row: Row) throws {
        plan = try Plan(row: row)
        changedAt = row["changedAt"]
    }
}

extension Store {
    /// Projects with their figures. Without a status the archived ones are left out.
    package func projects(
        _ wish: ListWish, status: Project.Status? = nil, tag: String? = nil
    ) async throws -> ListPage<ProjectSummary> {
        let key =
            switch wish.sort {
            case .recent: "changedAt"
            case .name: "lower(name)"
            case .plans: "plans"
            }
        return try await read { database in
            var statement = ListStatement()
            if let status {
                statement.require("status = ?", [status.rawValue])
            } else {
                statement.require("status <> 'archived'")
            }
            if let tag {
                statement.require(
                    "EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = ? COLLATE NOCASE)", [tag])
            }
            statement.require(wish, fields: ["name", "description"], changed: "changedAt")
            let source = """
                SELECT *, \(key) AS sortKey FROM (
                    SELECT project.*,
                        (SELECT count(*) FROM planActivity WHERE projectId = project.id) AS plans,
                        max(updatedAt, coalesce(
                            (SELECT max(changedAt) FROM planActivity WHERE projectId = project.id), 0)) AS changedAt
                    FROM project)
                """
            return try statement.page(
                database, from: source, isDescending: wish.sort != .name, wish, as: ProjectSummary.self)
        }
    }

    /// Plans, of one project or of all. Sorted by plans they stand by their number, the newest first.
    package func plans(
        _ wish: ListWish, of project: Project.ID? = nil, status: Plan.Status? = nil
    ) async throws -> ListPage<PlanSummary> {
        let key =
            switch wish.sort {
            case .recent: "changedAt"
            case .name: "lower(title)"
            case .plans: "number"
            }
        return try await read { database in
            var statement = ListStatement()
            if let project { statement.require("projectId = ?", [project]) }
            if let status { statement.require("status = ?", [status.rawValue]) }
            statement.require(wish, fields: ["title", "description"], changed: "changedAt")
            return try statement.page(
                database, from: "SELECT *, \(key) AS sortKey FROM (\(Store.plansWithActivity))",
                isDescending: wish.sort != .name, wish, as: PlanSummary.self)
        }
    }

    /// Plans with the moment of the last change in them, of a task, a note and the draft as of the plan itself.
    private static let plansWithActivity = """
        SELECT plan.*, planActivity.changedAt FROM plan JOIN planActivity ON planActivity.planId = plan.id
        """
}
