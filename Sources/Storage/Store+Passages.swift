import GRDB
import Planning
import Support

/// A piece of text that can be found, and where it came from.
package struct Passage: Equatable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case project, section, task, note, turn
    }

    package var kind: Kind
    /// The id of the project, plan, task, note or turn that it was made of.
    package var source: String
    package var projectId: Project.ID?
    package var planId: Plan.ID?
    package var conversationId: Conversation.ID?
    package var title: String
    package var text: String
    /// The parts of the names in it, such as “Plan Store” for PlanStore.
    package var parts: String
    package var createdAt: Timestamp

    package init(
        _ kind: Kind, of source: String, title: String = "", text: String, parts: String = "", at moment: Timestamp,
        project: Project.ID? = nil, plan: Plan.ID? = nil, conversation: Conversation.ID? = nil
    ) {
        self.kind = kind
        self.source = source
        self.title = title
        self.text = text
        self.parts = parts
        createdAt = moment
        projectId = project
        planId = plan
        conversationId = conversation
    }
}

extension Passage {
    /// All of it but the time: two that are equal say the same of the same.
    struct Content: Hashable {
        let kind: Kind
        let source: String
        let project: Project.ID?
        let plan: Plan.ID?
        let conversation: Conversation.ID?
        let texts: [String]
    }

    var content: Content {
        Content(
            kind: kind, source: source, project: projectId, plan: planId, conversation: conversationId,
            texts: [title, text, parts])
    }
}

/// How far the memory has read: what came later is not in it yet.
package struct MemoryMark: Equatable, Sendable, Codable {
    /// The `seq` of the audit.
    package var audit: Int64
    /// The row of the last turn.
    package var turn: Int64

    package init(audit: Int64 = 0, turn: Int64 = 0) {
        self.audit = audit
        self.turn = turn
    }
}

extension Store {
    package func memoryMark() async throws -> MemoryMark {
        try await read { database in
            func value(_ name: String) throws -> Int64 {
                try Int64.fetchOne(database, sql: "SELECT value FROM counter WHERE name = ?", arguments: [name]) ?? 0
            }
            return MemoryMark(audit: try value("memory:audit"), turn: try value("memory:turn"))
        }
    }

    /// Puts passages in the place of everything that was made of `sources`, and moves the mark, in one step: a crash in
    /// between leaves the old ones and the old mark. A passage that says what it said stays, with what is known of it.
    package func remember(_ passages: [Passage], insteadOf sources: [String], upTo mark: MemoryMark) async throws {
        try await write { database in
            var known = try Store.passages(of: sources, in: database)
            var words = KnownWords()
            for passage in passages {
                if let kept = known[passage.content]?.popLast() {
                    try database.execute(
                        sql: "UPDATE passage SET createdAt = ? WHERE rowid = ? AND createdAt <> ?",
                        arguments: [passage.createdAt, kept, passage.createdAt])
                } else {
                    try Store.insert(passage, in: database)
                    try words.add(passage, in: database)
                }
            }
            try Store.removePassages(known.values.flatMap(\.self), in: database)
            for (name, value) in [("memory:audit", mark.audit), ("memory:turn", mark.turn)] {
                try database.execute(sql: "UPDATE counter SET value = ? WHERE name = ?", arguments: [value, name])
            }
        }
    }

    private static func insert(_ passage: Passage, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO passage (kind, source, projectId, planId, conversationId, createdAt)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            passage.kind.rawValue, passage.source, passage.projectId, passage.planId, passage.conversationId,
            passage.createdAt,
        ])
        // Not the last inserted row: a trigger has put another one into its queue.
        let row = try Int64.fetchOne(database.cachedStatement(sql: "SELECT max(rowid) FROM passage"))
        try database.cachedStatement(sql: "INSERT INTO passageText (rowid, title, text, parts) VALUES (?, ?, ?, ?)")
            .execute(arguments: [row, passage.title, passage.text, passage.parts])
    }

    /// The rows of what was made of `sources`, by what they say.
    private static func passages(
        of sources: [String], in database: Database
    ) throws -> [Passage.Content: [Int64]] {
        guard !sources.isEmpty else { return [:] }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT passage.rowid AS row, passage.*, title, text, parts
                FROM passage JOIN passageText ON passageText.rowid = passage.rowid
                WHERE source IN (SELECT value FROM json_each(?))
                """, arguments: [try JSONText.line(sources)])
        var known: [Passage.Content: [Int64]] = [:]
        while let row = try rows.next() { known[Passage(row: row).content, default: []].append(row["row"]) }
        return known
    }

    private static func removePassages(_ rows: [Int64], in database: Database) throws {
        guard !rows.isEmpty else { return }
        let all = try JSONText.line(rows)
        for table in ["passageText", "passage"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE rowid IN (SELECT value FROM json_each(?))", arguments: [all])
        }
    }

    /// Everything is to be read again.
    package func emptyMemory() async throws {
        try await write { database in
            try database.execute(
                sql: """
                    DELETE FROM passageWord;
                    DELETE FROM passageWaiting;
                    DELETE FROM passageVector;
                    DELETE FROM passage;
                    DELETE FROM passageText;
                    UPDATE counter SET value = 0 WHERE name IN ('memory:audit', 'memory:turn');
                    """)
        }
    }

    static func forgetPassages(of sources: [String], in database: Database) throws {
        guard !sources.isEmpty else { return }
        let all = try JSONText.line(sources)
        try database.execute(
            sql: """
                DELETE FROM passageText WHERE rowid IN (
                    SELECT rowid FROM passage WHERE source IN (SELECT value FROM json_each(?)))
                """, arguments: [all])
        try database.execute(
            sql: "DELETE FROM passage WHERE source IN (SELECT value FROM json_each(?))", arguments: [all])
    }

    /// The rows that changed after `seq`, each once, and the `seq` of the last of them.
    package func changedEntities(after seq: Int64, limit: Int) async throws -> (
        changed: [(entity: String, id: String)], last: Int64
    ) {
        try await read { database in
            let last =
                try Int64.fetchOne(
                    database, sql: "SELECT max(seq) FROM (SELECT seq FROM audit WHERE seq > ? ORDER BY seq LIMIT ?)",
                    arguments: [seq, limit]) ?? seq
            let rows = try Row.fetchAll(
                database, sql: "SELECT DISTINCT entity, entityId FROM audit WHERE seq > ? AND seq <= ?",
                arguments: [seq, last])
            return (rows.map { ($0["entity"], $0["entityId"]) }, last)
        }
    }

    /// How long a turn may take to be understood; one that is not by then never will be.
    private static let longestTurn: Int64 = 10 * 60 * 1000

    /// What was said after the turn in that row, with the project that was open by then; up to a turn that is being
    /// understood just now, since only then it is known for what it is.
    package func turns(afterRow row: Int64, limit: Int) async throws -> (turns: [(Turn, Project.ID?)], last: Int64) {
        try await read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(sql: Store.turnsAfterRow),
                arguments: [
                    "row": row, "limit": limit, "recent": Timestamp.now.milliseconds - Store.longestTurn,
                ])
            return (try rows.map { (try Turn(row: $0), $0["openProject"]) }, rows.last?["rowid"] ?? row)
        }
    }

    /// The sign keeps SQLite from going through all turns for the smallest row, instead of through the recent ones.
    static let turnsAfterRow = """
        SELECT turn.*, coalesce(
            (SELECT json_extract(after, '$.projectId') FROM audit
                WHERE entityId = turn.conversationId AND entity = 'focus' AND audit.createdAt <= turn.createdAt
                ORDER BY seq DESC LIMIT 1),
            (SELECT projectId FROM focus WHERE conversationId = turn.conversationId AND NOT EXISTS
                (SELECT 1 FROM audit WHERE entityId = turn.conversationId))) AS openProject
        FROM turn WHERE turn.rowid > :row AND turn.rowid < coalesce(
            (SELECT min(+rowid) FROM turn WHERE createdAt > :recent AND role = 'user' AND tier IS NULL),
            9223372036854775807)
        ORDER BY turn.rowid LIMIT :limit
        """

    package func task(_ id: PlanTask.ID) async throws -> PlanTask? {
        try await read { try PlanTask.filter(Column("id") == id).fetchOne($0) }
    }

    package func note(_ id: Note.ID) async throws -> Note? {
        try await read { try Note.filter(Column("id") == id).fetchOne($0) }
    }

    package func passageCounts() async throws -> [Passage.Kind: Int] {
        try await read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT kind, count(*) AS many FROM passage GROUP BY kind")
            let counts = rows.compactMap { row in Passage.Kind(rawValue: row["kind"]).map { ($0, row["many"] as Int) } }
            return Dictionary(counts, uniquingKeysWith: { $1 })
        }
    }
}
