import GRDB
import Planning
import Support

/// What is to be forgotten.
package enum Forgetting: Equatable, Sendable {
    /// Everything that was said and answered in a stretch of time, and the sound of it. What came of it stays.
    case said(from: Timestamp, until: Timestamp)
    /// The last thing that was said, with its reply.
    case lastTurn
    /// What was said in one conversation.
    case conversation(Conversation.ID)
    /// A project with all its plans, tasks and notes, and what was said while it was open.
    case project(Project.ID)
}

/// How much was forgotten.
package struct Forgotten: Equatable, Sendable, Codable {
    package var turns = 0
    package var plans = 0
    /// Whether the log is empty too; until then traces may be left in it.
    package var isWiped = false
}

extension Store {
    /// Removes for good: the rows, their images in the audit and what engines were told of them. The file keeps no trace,
    /// and an undo does not bring it back. Copies that were made before are the user's to delete.
    package func forget(_ what: Forgetting) async throws -> Forgotten {
        let forgotten = try await write { database in
            let turns = try Store.turns(of: what, in: database)
            var forgotten = Forgotten(turns: turns.count)
            if case .project(let id) = what { forgotten.plans = try Store.remove(id, in: database) }
            try Store.remove(turns: turns, in: database)
            try Store.forgetPassages(of: turns, in: database)
            // The index keeps words that were deleted until it is made again.
            try database.execute(sql: "INSERT INTO passageText (passageText) VALUES ('rebuild')")
            try KnownWords.collect(in: database)
            return forgotten
        }
        var whole = forgotten
        whole.isWiped = try await wipe()
        return whole
    }

    /// Freed pages were overwritten with zeros; the log, which still holds what stood there, is emptied. Whether it could be:
    /// while another process reads, it cannot.
    private func wipe() async throws -> Bool {
        try await Store.translated(path) {
            try await pool.writeWithoutTransaction { database in
                try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] == 0 } ?? false
            }
        }
    }

    // MARK: What was said

    private static func turns(of what: Forgetting, in database: Database) throws -> [String] {
        switch what {
        case .said(let from, let until):
            try String.fetchAll(
                database, sql: "SELECT id FROM turn WHERE createdAt >= ? AND createdAt < ?", arguments: [from, until])
        case .lastTurn:
            try String.fetchAll(
                database,
                sql: """
                    SELECT id FROM turn WHERE conversationId =
                        (SELECT conversationId FROM turn WHERE role = 'user' ORDER BY rowid DESC LIMIT 1)
                    AND rowid >= (SELECT max(rowid) FROM turn WHERE role = 'user')
                    """)
        case .conversation(let id):
            try String.fetchAll(database, sql: "SELECT id FROM turn WHERE conversationId = ?", arguments: [id])
        case .project(let id): try turns(whileOpen: id, in: database)
        }
    }

    /// From the turn that opened the project to the one before another was opened, and every turn that changed something
    /// of it.
    private static func turns(whileOpen id: Project.ID, in database: Database) throws -> [String] {
        let entities = try Set(
            String.fetchAll(
                database,
                sql: """
                    SELECT id FROM plan WHERE projectId = :id UNION SELECT :id
                    UNION SELECT planTask.id FROM planTask JOIN plan ON planId = plan.id WHERE projectId = :id
                    UNION SELECT note.id FROM note WHERE projectId = :id
                    UNION SELECT decision.id FROM decision WHERE projectId = :id
                    UNION SELECT planVersion.id FROM planVersion JOIN plan ON planId = plan.id WHERE projectId = :id
                    """, arguments: ["id": id]))
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT audit.entity, audit.entityId, audit.conversationId, turn.rowid AS turn,
                    json_extract(audit.after, '$.projectId') AS project
                FROM audit LEFT JOIN turn ON turn.id = audit.turnId ORDER BY seq
                """)
        var open: [String: Int64] = [:]
        var spans: [(conversation: String, turns: Range<Int64>)] = []
        while let row = try rows.next() {
            guard let conversation: String = row["conversationId"], let turn: Int64 = row["turn"] else { continue }
            let entity: String = row["entity"]
            if entity == AuditedTable.focus.rawValue {
                let project: String? = row["project"]
                if project == id.rawValue {
                    open[conversation] = open[conversation] ?? turn
                } else if let first = open.removeValue(forKey: conversation) {
                    spans.append((conversation, first..<turn))
                }
            } else if entities.contains(row["entityId"]) {
                spans.append((conversation, turn..<turn + 1))
            }
        }
        spans += open.map { ($0.key, $0.value..<Int64.max) }
        var found: Set<String> = []
        for span in spans {
            // A reply stands behind what it answers.
            try found.formUnion(
                String.fetchAll(
                    database,
                    sql: """
                        SELECT id FROM turn WHERE conversationId = :conversation AND rowid >= :first AND (rowid < :end
                            OR role = 'assistant' AND rowid < (
                                SELECT coalesce(min(rowid), :end) FROM turn
                                WHERE conversationId = :conversation AND role = 'user' AND rowid >= :end))
                        """,
                    arguments: [
                        "conversation": span.conversation, "first": span.turns.lowerBound,
                        "end": span.turns.upperBound,
                    ]))
        }
        return Array(found)
    }

    private static func remove(turns: [String], in database: Database) throws {
        let all = try JSONText.line(turns)
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try forgetModelWords(of: all, in: database)
        // What an operation was called quotes what was said.
        try database.execute(
            sql: """
                UPDATE operation SET summary = 'something that was forgotten'
                WHERE id IN (SELECT operationId FROM audit WHERE turnId IN (SELECT value FROM json_each(?)))
                """, arguments: [all])
        try database.execute(sql: "DELETE FROM turn WHERE id IN (SELECT value FROM json_each(?))", arguments: [all])
    }

    // MARK: A project

    /// How many plans it had.
    private static func remove(_ id: Project.ID, in database: Database) throws -> Int {
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.execute(
            sql: "CREATE TEMP TABLE forgottenPlan AS SELECT id FROM plan WHERE projectId = ?", arguments: [id])
        try database.execute(
            sql: """
                CREATE TEMP TABLE forgotten AS
                    SELECT id FROM planTask WHERE planId IN (SELECT id FROM forgottenPlan)
                    UNION SELECT id FROM planVersion WHERE planId IN (SELECT id FROM forgottenPlan)
                    UNION SELECT id FROM note WHERE planId IN (SELECT id FROM forgottenPlan)
                    UNION SELECT id FROM forgottenPlan
                """)
        try database.execute(sql: "INSERT INTO forgotten SELECT id FROM note WHERE projectId = ?", arguments: [id])
        try database.execute(sql: "INSERT INTO forgotten SELECT id FROM decision WHERE projectId = ?", arguments: [id])
        try database.execute(sql: "INSERT INTO forgotten VALUES (?)", arguments: [id])
        try forgetModelWords(since: id, in: database)
        let plans = try Int.fetchOne(database, sql: "SELECT count(*) FROM forgottenPlan") ?? 0
        // No undo may bring back what has no image any more.
        try database.execute(
            sql: """
                UPDATE operation SET summary = 'something that was forgotten', undoneBy = coalesce(undoneBy, id)
                WHERE id IN (SELECT operationId FROM audit WHERE entityId IN (SELECT id FROM forgotten));
                UPDATE audit SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')
                WHERE entityId IN (SELECT id FROM forgotten);
                UPDATE focus SET planId = NULL WHERE planId IN (SELECT id FROM forgottenPlan);
                UPDATE focus SET projectId = NULL WHERE projectId IN (SELECT id FROM forgotten);
                DELETE FROM passageText WHERE rowid IN (
                    SELECT rowid FROM passage WHERE source IN (SELECT id FROM forgotten));
                DELETE FROM passage WHERE source IN (SELECT id FROM forgotten);
                DELETE FROM note WHERE id IN (SELECT id FROM forgotten);
                DELETE FROM decision WHERE id IN (SELECT id FROM forgotten);
                DELETE FROM planTask WHERE id IN (SELECT id FROM forgotten);
                DELETE FROM planDraft WHERE planId IN (SELECT id FROM forgottenPlan);
                DELETE FROM planVersion WHERE id IN (SELECT id FROM forgotten);
                DELETE FROM counter WHERE name IN (SELECT 'task:' || id FROM forgottenPlan);
                DELETE FROM plan WHERE id IN (SELECT id FROM forgottenPlan);
                DELETE FROM project WHERE id IN (SELECT id FROM forgotten);
                DROP TABLE forgottenPlan;
                DROP TABLE forgotten;
                """)
        return plans
    }
}
