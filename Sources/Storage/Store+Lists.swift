import GRDB
import Planning

/// A project as a list shows it.
package struct ProjectSummary: Sendable {
    package let project: Project
    package let plans: Int
    /// When something of it changed last: itself, or a plan with what is in it.
    package let changedAt: Timestamp
}

/// A plan as a list shows it.
package struct PlanSummary: Sendable {
    package let plan: Plan
    /// When something in it changed last.
    package let changedAt: Timestamp
}

extension ProjectSummary: ListItem {
    static let columns = Project.listColumns.map { "project.\($0)" } + [plansOfProject]
    // By the index of the titles, whose rows are the shortest.
    static let plansOfProject = "(SELECT count(*) FROM plan WHERE projectId = project.id)"

    init(columns row: Row, changedAt: Timestamp) throws {
        project = try Project(columns: row)
        plans = try row.value(at: Project.listColumns.count)
        self.changedAt = changedAt
    }
}

extension PlanSummary: ListItem {
    static let columns = Plan.listColumns.map { "plan.\($0)" }

    init(columns row: Row, changedAt: Timestamp) throws {
        plan = try Plan(columns: row)
        self.changedAt = changedAt
    }
}

extension Store {
    /// Projects with their figures. Without a status the archived ones are left out.
    package func projects(
        _ wish: ListWish, status: Project.Status? = nil, tag: String? = nil
    ) async throws -> ListPage<ProjectSummary> {
        try await read { database in
            var statement = ListStatement(
                table: "project", source: "project",
                changed: """
                    max(updatedAt, coalesce((SELECT max(changedAt) FROM planActivity WHERE projectId = project.id), 0))
                    """)
            if let status {
                statement.require("status = ?", [status.rawValue])
            } else {
                statement.require("status <> 'archived'")
            }
            if let tag {
                statement.require(
                    "EXISTS (SELECT 1 FROM json_each(tags) WHERE json_each.value = ? COLLATE NOCASE)", [tag])
            }
            statement.require(wish, fields: ["name", "description"])
            return try statement.page(wish, name: "lower(name)", plans: ProjectSummary.plansOfProject, in: database)
        }
    }

    /// Plans, of one project or of all. Sorted by plans they stand by their number, the newest first.
    package func plans(
        _ wish: ListWish, of project: Project.ID? = nil, status: Plan.Status? = nil
    ) async throws -> ListPage<PlanSummary> {
        try await read { database in
            // With the moment of the last change in them, of a task, a note and the draft as of the plan itself.
            var statement = ListStatement(
                table: "plan", source: "plan JOIN planActivity ON planActivity.planId = plan.id", changed: "changedAt")
            if let project { statement.require("plan.projectId = ?", [project]) }
            if let status { statement.require("status = ?", [status.rawValue]) }
            statement.require(wish, fields: ["title", "description"])
            return try statement.page(wish, name: "lower(title)", plans: "number", in: database)
        }
    }
}
