import Foundation
import GRDB
import Planning
import Support

/// Which model made the vectors, and of what none are made.
package struct EmbeddingMark: Equatable, Sendable {
    package var model: String
    /// 0 until the first vector has come.
    package var dimensions: Int
    /// The kinds of passages whose text is not given to the model.
    package var excluded: Set<Passage.Kind>

    package init(model: String, dimensions: Int = 0, excluded: Set<Passage.Kind> = []) {
        self.model = model
        self.dimensions = dimensions
        self.excluded = excluded
    }
}

/// How the vectors stand: two that are equal mean that none came and none went.
package struct VectorMark: Equatable, Sendable {
    /// The number of the newest vector, 0 without any.
    package var newest: Int64 = 0
    /// How many have gone so far.
    package var gone: Int64 = 0
    package var dimensions = 0

    package init() {}
}

/// A passage that waits for its vector. The number names this text: when the text changes, it is another number.
package struct WaitingPassage: Equatable, Sendable {
    package let number: Int64
    package let source: String
    package let title: String
    package let text: String
}

/// Vectors with what a search filters by, column by column; the vectors one behind the other.
package struct VectorRows: Sendable {
    package var numbers: [Int64] = []
    package var passages: [Int64] = []
    package var kinds: [Passage.Kind] = []
    package var projects: [String?] = []
    package var vectors = Data()

    package init() {}

    /// Bytes of a vector beside its numbers.
    package static let scale = 4
}

extension Store {
    package func embeddingMark() async throws -> EmbeddingMark? {
        try await read { try Store.embeddingMark(in: $0) }
    }

    /// Makes `wanted` the model and the exclusions that hold from now on. Vectors of another model, of another length and
    /// of what is excluded now are removed, and their passages wait again.
    package func setEmbedding(_ wanted: EmbeddingMark) async throws {
        guard try await embeddingMark() != wanted else { return }
        try await write { database in
            let known = try Store.embeddingMark(in: database)
            let isSame = known?.model == wanted.model && (known?.dimensions ?? 0) == wanted.dimensions
            let condition =
                isSame ? "WHERE kind IN (SELECT value FROM json_each(?))" : "WHERE ? IS NOT NULL"
            let excluded = try JSONText.line(wanted.excluded.map(\.rawValue).sorted())
            let affected = "SELECT rowid FROM passage \(condition)"
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO passageWaiting (passageId, kind)
                    SELECT rowid, kind FROM passage WHERE rowid IN (\(affected)) ORDER BY rowid
                    """, arguments: [excluded])
            try database.execute(
                sql: "DELETE FROM passageVector WHERE passageId IN (\(affected))", arguments: [excluded])
            try database.execute(
                sql: "INSERT OR REPLACE INTO embedding (rowid, model, dimensions, excluded) VALUES (1, ?, ?, ?)",
                arguments: [wanted.model, wanted.dimensions, excluded])
        }
    }

    /// The newest first: what was just planned is asked for soonest.
    package func waitingPassages(
        limit: Int, excluding excluded: Set<Passage.Kind>
    ) async throws -> [WaitingPassage] {
        try await read { database in
            // Kind by kind, so that what is excluded is never walked through.
            var numbers: [Int64] = []
            for kind in Passage.Kind.allCases where !excluded.contains(kind) {
                numbers += try Int64.fetchAll(
                    database, sql: "SELECT id FROM passageWaiting WHERE kind = ? ORDER BY id DESC LIMIT ?",
                    arguments: [kind.rawValue, limit])
            }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, source, title, text FROM passageWaiting
                    JOIN passage ON passage.rowid = passageId JOIN passageText ON passageText.rowid = passageId
                    WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC
                    """, arguments: [try JSONText.line(Array(numbers.sorted(by: >).prefix(limit)))])
            return rows.map {
                WaitingPassage(number: $0["id"], source: $0["source"], title: $0["title"], text: $0["text"])
            }
        }
    }

    /// Keeps the vectors of waiting passages in one step. Those whose text has changed or gone meanwhile are dropped, and
    /// all of them when another model holds by now. nil for a vector leaves its passage without one for good.
    package func keepVectors(_ vectors: [(number: Int64, vector: Data?)], by mark: EmbeddingMark) async throws {
        try await write { database in
            guard var known = try Store.embeddingMark(in: database), known.model == mark.model,
                known.dimensions == mark.dimensions || known.dimensions == 0
            else { return }
            if known.dimensions == 0, vectors.contains(where: { $0.vector != nil }) {
                known.dimensions = mark.dimensions
                try database.execute(sql: "UPDATE embedding SET dimensions = ?", arguments: [mark.dimensions])
            }
            let excluded = try JSONText.line(known.excluded.map(\.rawValue).sorted())
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO passageVector (passageId, vector) SELECT passageId, ? FROM passageWaiting
                    WHERE id = ? AND kind NOT IN (SELECT value FROM json_each(?))
                    """)
            let remove = try database.cachedStatement(sql: "DELETE FROM passageWaiting WHERE id = ?")
            for (number, vector) in vectors {
                if let vector { try insert.execute(arguments: [vector, number, excluded]) }
                try remove.execute(arguments: [number])
            }
        }
    }

    package func vectorMark() async throws -> VectorMark {
        try await read { database in
            var mark = VectorMark()
            mark.newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM passageVector") ?? 0
            mark.gone = try Int64.fetchOne(database, sql: "SELECT value FROM counter WHERE name = 'memory:gone'") ?? 0
            mark.dimensions = try Store.embeddingMark(in: database)?.dimensions ?? 0
            return mark
        }
    }

    /// How many passages have a vector, and how many wait for one that may have it.
    package func vectorCounts() async throws -> (made: Int, waiting: Int) {
        try await read { database in
            let excluded = try Store.embeddingMark(in: database)?.excluded.map(\.rawValue).sorted() ?? []
            return (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM passageVector") ?? 0,
                try Int.fetchOne(
                    database,
                    sql: "SELECT count(*) FROM passageWaiting WHERE kind NOT IN (SELECT value FROM json_each(?))",
                    arguments: [try JSONText.line(excluded)]) ?? 0
            )
        }
    }

    /// Vectors after the one with that number, the oldest first.
    package func vectors(after number: Int64, limit: Int) async throws -> VectorRows {
        try await read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, passageId, kind, projectId, vector FROM passageVector
                    JOIN passage ON passage.rowid = passageId
                    WHERE id > ? AND length(vector) = (SELECT dimensions FROM embedding) + \(VectorRows.scale)
                    ORDER BY id LIMIT ?
                    """, arguments: [number, limit])
            var found = VectorRows()
            while let row = try rows.next() {
                guard let kind = Passage.Kind(rawValue: row[2]) else { continue }
                found.numbers.append(row[0])
                found.passages.append(row[1])
                found.kinds.append(kind)
                found.projects.append(row[3])
                try row.withUnsafeData(atIndex: 4) { found.vectors.append($0 ?? Data()) }
            }
            return found
        }
    }

    /// The numbers of all vectors, ascending.
    package func vectorNumbers() async throws -> [Int64] {
        try await read { try Int64.fetchAll($0, sql: "SELECT id FROM passageVector ORDER BY id") }
    }

    private static func embeddingMark(in database: Database) throws -> EmbeddingMark? {
        guard let row = try Row.fetchOne(database, sql: "SELECT model, dimensions, excluded FROM embedding")
        else { return nil }
        let excluded = try JSONText.decode([String].self, from: row["excluded"])
        return EmbeddingMark(
            model: row["model"], dimensions: row["dimensions"],
            excluded: Set(excluded.compactMap(Passage.Kind.init(rawValue:))))
    }
}
