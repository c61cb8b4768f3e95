import GRDB
import Planning
import Support

extension Change {
    package func createPlan(
        in project: Project.ID, title: String, description: String = "", template: String? = nil, id: Plan.ID = .make()
    ) throws -> Plan {
        let title = try KeptText.name(title, "a plan's title", atMost: KeptText.longestName)
        if try Plan.exists(where: "projectId = ? AND title = ?", [project, title], in: database) {
            throw StoreError.nameTaken(kind: "plan", name: title)
        }
        let plan = Plan(
            id: id, number: try nextPlanNumber(), projectId: project, title: title,
            description: CleanText.block(description), template: template, at: moment)
        try audited(.plan, plan.id.rawValue) { try plan.insert(database) }
        return plan
    }

    @discardableResult
    package func updatePlan(_ id: Plan.ID, _ edit: (inout Plan) -> Void) throws -> Plan {
        var plan = try plan(id)
        let before = plan
        edit(&plan)
        if plan.metadata.dependencies != before.metadata.dependencies {
            try checkWaiting(&plan, before: before.metadata.dependencies)
        }
        plan.title = try KeptText.name(plan.title, "a plan's title", atMost: KeptText.longestName)
        if plan.title != before.title,
            try Plan.exists(
                where: "projectId = ? AND title = ? AND id <> ?", [plan.projectId, plan.title, id], in: database)
        {
            throw StoreError.nameTaken(kind: "plan", name: plan.title)
        }
        plan.description = CleanText.block(plan.description)
        plan.updatedAt = moment
        try audited(.plan, id.rawValue) { try update(before, to: plan) }
        return plan
    }

    /// Throws when the plan would wait for itself, by itself or through others, or for a plan that is not there.
    private func checkWaiting(_ plan: inout Plan, before: [String]) throws {
        var numbers: [Int] = []
        for text in plan.metadata.dependencies {
            guard let number = Int(text) else { throw StoreError.missing(kind: "plan", id: String(text.prefix(60))) }
            if !numbers.contains(number) { numbers.append(number) }
        }
        plan.metadata.dependencies = numbers.map(String.init)
        let all = try Plan.fetchAll(database)
        let known = Set(all.map(\.number))
        // One that was taken away since may stay until it is asked for anew.
        if let unknown = numbers.first(where: { !known.contains($0) && !before.contains(String($0)) }) {
            throw StoreError.refused(reason: "there is no plan \(unknown) to wait for; see: aloud plan list")
        }
        if let circle = all.circle(plan.number, dependingOn: numbers) {
            let way = circle.prefix(20).map { "plan \($0)" }.joined(separator: " waits for ")
            throw StoreError.refused(reason: "a plan cannot wait for itself: \(way)")
        }
    }

    /// No plan waits any more for one that is taken away.
    private func freeFollowers(of plan: Plan) throws {
        for follower in try Plan.fetchAll(database) where follower.waitsFor.contains(plan.number) {
            try updatePlan(follower.id) { $0.metadata.dependencies.removeAll { Int($0) == plan.number } }
        }
    }

    /// Takes a plan away with its draft, versions, tasks and notes; what was decided stays with the project. An undo brings
    /// all of it back; only forgetting does not.
    package func deletePlan(_ id: Plan.ID) throws {
        try freeFollowers(of: plan(id))
        for conversation in try String.fetchAll(
            database, sql: "SELECT conversationId FROM focus WHERE planId = ?", arguments: [id])
        {
            try audited(.focus, conversation) {
                try database.execute(
                    sql: "UPDATE focus SET planId = NULL WHERE conversationId = ?", arguments: [conversation])
            }
        }
        try discardDraft(of: id)
        // What was decided stays with the project.
        for key in try String.fetchAll(database, sql: "SELECT id FROM decision WHERE planId = ?", arguments: [id]) {
            try audited(.decision, key) {
                try database.execute(sql: "UPDATE decision SET planId = NULL WHERE id = ?", arguments: [key])
            }
        }
        for (table, column) in [
            (AuditedTable.planTask, "planId"), (.note, "planId"), (.planVersion, "planId"), (.plan, "id"),
        ] {
            let keys = try String.fetchAll(
                database, sql: "SELECT id FROM \(table.rawValue) WHERE \(column) = ?", arguments: [id])
            for key in keys {
                try audited(table, key) {
                    try database.run("DELETE FROM \(table.rawValue) WHERE id = ?", [key])
                }
            }
        }
    }

    package func putDraft(_ draft: PlanDraft) throws {
        var draft = draft
        draft.content = CleanText.block(draft.content)
        draft.updatedAt = moment
        try audited(.planDraft, draft.planId.rawValue) { try draft.insert(database, onConflict: .replace) }
    }

    /// Throws the draft away; the versions stay.
    package func discardDraft(of id: Plan.ID) throws {
        try audited(.planDraft, id.rawValue) {
            try database.run("DELETE FROM planDraft WHERE planId = ?", [id])
        }
    }

    /// Makes the text of an old version the newest; nothing is taken away.
    package func restoreVersion(
        _ number: Int, of id: Plan.ID, author: String, taking pending: Pending = .nothing
    ) throws -> PlanVersion {
        guard let old = try PlanVersion.first(where: "planId = ? AND number = ?", [id, number], in: database) else {
            throw StoreError.missing(kind: "version", id: String(number))
        }
        return try saveVersion(
            of: id, content: old.content, base: try plan(id).latestVersion, summary: "back to version \(number)",
            author: author, taking: pending)
    }

    /// What of a plan that waited to be saved is in a new version, and waits no more.
    package enum Pending: Sendable {
        case nothing, draft, draftAndNotes
    }

    /// Makes a version of `content`. Throws `StoreError.stale` when `base` is no longer the newest.
    package func saveVersion(
        of id: Plan.ID, content: String, base: Int, summary: String, author: String, taking pending: Pending = .nothing
    ) throws -> PlanVersion {
        let plan = try plan(id)
        guard plan.latestVersion == base else { throw StoreError.stale(base: base, latest: plan.latestVersion) }
        let version = PlanVersion(
            planId: id, number: base + 1, content: CleanText.block(content), changeSummary: CleanText.line(summary),
            author: author,
            surface: origin.surface, conversationId: origin.conversationId, at: moment)
        try audited(.planVersion, version.id.rawValue) { try version.insert(database) }
        try updatePlan(id) { $0.latestVersion = version.number }
        if pending != .nothing { try discardDraft(of: id) }
        for note in pending == .draftAndNotes ? try waitingNotes(of: id) : [] {
            try audited(.note, note.id.rawValue) {
                try database.run("UPDATE note SET foldedInto = ? WHERE id = ?", [version.number, note.id])
            }
        }
        return version
    }

    package func addNote(_ text: String, project: Project.ID?, plan: Plan.ID?) throws -> Note {
        let text = CleanText.block(text)
        guard !CleanText.line(text).isEmpty else { throw StoreError.refused(reason: "a note needs some words") }
        let note = Note(projectId: project, planId: plan, turnId: origin.turnId, text: text, at: moment)
        try audited(.note, note.id.rawValue) { try note.insert(database) }
        return note
    }

    /// The notes of the project that belong to no plan go into this one. How many there were.
    package func adoptNotes(of project: Project.ID, by plan: Plan.ID) throws -> Int {
        let loose = try Note.filter(Column("projectId") == project && Column("planId") == nil).fetchAll(database)
        for note in loose {
            try audited(.note, note.id.rawValue) {
                try database.run("UPDATE note SET planId = ? WHERE id = ?", [plan, note.id])
            }
        }
        return loose.count
    }

    package func waitingNotes(of plan: Plan.ID) throws -> [Note] {
        try Note.all(where: "planId = ? AND foldedInto = 0 ORDER BY rowid", [plan], in: database)
    }

    @discardableResult
    package func plan(_ id: Plan.ID) throws -> Plan {
        guard let plan = try Plan.first(where: "id = ?", [id], in: database) else {
            throw StoreError.missing(kind: "plan", id: id.rawValue)
        }
        return plan
    }

    package func draft(of id: Plan.ID) throws -> PlanDraft? {
        try PlanDraft.first(where: "planId = ?", [id], in: database)
    }

    /// What a plan says now, as `Store.text(of:)`.
    package func text(of plan: Plan) throws -> String? {
        if let draft = try draft(of: plan.id) { return draft.content }
        return try PlanVersion.first(
            where: "planId = ? AND number = ?", [plan.id, plan.latestVersion], in: database)?.content
    }

    /// Not audited, so that an undo does not give a number out twice.
    private func nextPlanNumber() throws -> Int {
        try database.value("UPDATE counter SET value = value + 1 WHERE name = 'plan' RETURNING value") ?? 1
    }
}
