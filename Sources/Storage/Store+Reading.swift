import GRDB
import Planning
import Support

extension Store {
    /// The most recently changed first. Without a status the archived ones are left out.
    package func projects(status: Project.Status? = nil) async throws -> [Project] {
        try await read { database in
            let all = Project.order(Column("updatedAt").desc, Column("rowid").desc)
            if let status { return try all.filter(Column("status") == status.rawValue).fetchAll(database) }
            return try all.filter(Column("status") != Project.Status.archived.rawValue).fetchAll(database)
        }
    }

    package func project(_ id: Project.ID) async throws -> Project? {
        try await read { try Project.first(where: "id = ?", [id], in: $0) }
    }

    /// By name, whatever the case of its letters, or by id.
    package func project(named name: String) async throws -> Project? {
        let name = CleanText.line(name)
        return try await read { try Project.first(where: "name = ? OR id = ?", [name, name], in: $0) }
    }

    package func plans(of project: Project.ID? = nil) async throws -> [Plan] {
        try await read { database in
            let all = Plan.order(Column("updatedAt").desc, Column("rowid").desc)
            guard let project else { return try all.fetchAll(database) }
            return try all.filter(Column("projectId") == project).fetchAll(database)
        }
    }

    package func plan(_ id: Plan.ID) async throws -> Plan? {
        try await read { try Plan.first(where: "id = ?", [id], in: $0) }
    }

    package func plan(number: Int) async throws -> Plan? {
        try await read { try Plan.first(where: "number = ?", [number], in: $0) }
    }

    /// The plans that `plan` waits for, in its order; those that are not there any more are left out.
    package func plansBefore(_ plan: Plan) async throws -> [Plan] {
        guard !plan.waitsFor.isEmpty else { return [] }
        let found = try await read { try Plan.filter(plan.waitsFor.contains(Column("number"))).fetchAll($0) }
        return plan.waitsFor.compactMap { number in found.first { $0.number == number } }
    }

    /// What a plan says now: its draft, else its newest version; nil while it is empty.
    package func text(of plan: Plan) async throws -> String? {
        if let draft = try await draft(of: plan.id) { return draft.content }
        return try await version(plan.latestVersion, of: plan.id)?.content
    }

    /// The oldest first.
    package func versions(of plan: Plan.ID) async throws -> [PlanVersion] {
        try await read { try PlanVersion.all(where: "planId = ? ORDER BY number", [plan], in: $0) }
    }

    package func version(_ number: Int, of plan: Plan.ID) async throws -> PlanVersion? {
        try await read {
            try PlanVersion.first(where: "planId = ? AND number = ?", [plan, number], in: $0)
        }
    }

    package func draft(of plan: Plan.ID) async throws -> PlanDraft? {
        try await read { try PlanDraft.first(where: "planId = ?", [plan], in: $0) }
    }

    package func tasks(of plan: Plan.ID) async throws -> [PlanTask] {
        try await read { try PlanTask.all(where: "planId = ? ORDER BY number", [plan], in: $0) }
    }

    /// Of all its plans.
    package func tasks(ofProject project: Project.ID) async throws -> [PlanTask] {
        try await read {
            try PlanTask.fetchAll(
                $0,
                sql: """
                    SELECT planTask.* FROM planTask JOIN plan ON plan.id = planId WHERE projectId = ?
                    ORDER BY plan.number, planTask.number
                    """, arguments: [project])
        }
    }

    /// The notes of a plan that no version has taken in, the oldest first.
    package func waitingNotes(of plan: Plan.ID) async throws -> [Note] {
        try await read {
            try Note.all(where: "planId = ? AND foldedInto = 0 ORDER BY rowid", [plan], in: $0)
        }
    }

    package func notes(of project: Project.ID) async throws -> [Note] {
        try await read { try Note.filter(Column("projectId") == project).order(Column("rowid")).fetchAll($0) }
    }

    /// Changes after `seq`, the oldest first.
    package func audit(after seq: Int64 = 0, limit: Int = 1000) async throws -> [AuditRow] {
        try await read {
            try AuditRow.fetchAll(
                $0, sql: "SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", arguments: [seq, limit])
        }
    }
}

extension Store {
    /// The `seq` of the newest change; 0 when nothing has changed yet.
    package func lastChange() async throws -> Int64 {
        try await read { try Int64.fetchOne($0, sql: "SELECT coalesce(max(seq), 0) FROM audit") ?? 0 }
    }
}
