import Foundation
import GRDB
import Planning
import Support

/// What is looked for.
package struct PassageQuery: Equatable, Sendable {
    /// Each is one word or, for a name of several parts, a phrase. Punctuation stands for nothing.
    package var terms: [String]
    package var project: Project.ID?
    package var kinds: Set<Passage.Kind>?
    package var limit: Int

    package init(
        _ terms: [String], project: Project.ID? = nil, kinds: Set<Passage.Kind>? = nil, limit: Int = 10
    ) {
        self.terms = terms
        self.project = project
        self.kinds = kinds
        self.limit = limit
    }
}

package struct PassageHit: Equatable, Sendable {
    package let row: Int64
    package let passage: Passage
    /// How much of what was looked for is in it, 0 … 1: rare words count for more (inverse document frequency).
    package let score: Double
    /// What it is sorted by, 0 … 1: the score and BM25 together.
    package let rank: Double
}

extension Store {
    /// More terms than this say nothing more.
    private static let mostTerms = 16
    /// A word in more passages than this cannot pick one out while a rarer one is there.
    private static let mostPassages = 2000
    /// Passages that are looked at closely.
    private static let candidates = 60

    /// The passages that hold the rarest of the terms, ranked by Okapi BM25 and by how many of all terms they hold.
    package func search(_ query: PassageQuery) async throws -> [PassageHit] {
        let terms = Array(
            NSOrderedSet(array: query.terms.map(Store.phrase).filter { !$0.isEmpty }).array as? [String] ?? []
        )
        .prefix(Store.mostTerms)
        guard !terms.isEmpty, query.limit > 0 else { return [] }
        return try await read { database in
            let total = Double(try Int.fetchOne(database, sql: "SELECT count(*) FROM passage") ?? 0)
            let weighed = try terms.map { term in
                let count = Double(try Store.count(term, in: database))
                return (term: term, count: count, weight: log(1 + (total - count + 0.5) / (count + 0.5)))
            }
            let found = weighed.filter { $0.count > 0 }.sorted { $0.count < $1.count }
            let rare = found.filter { $0.count <= Double(Store.mostPassages) }
            let picking = rare.isEmpty ? Array(found.prefix(2)) : rare
            guard !picking.isEmpty else { return [] }
            let rows = try Store.candidates(picking.map(\.term), query, in: database)
            let whole = weighed.map(\.weight).reduce(0, +)
            let held = try Store.held(found.map(\.term), by: rows.map { $0["rowid"] }, in: database)
            let best = rows.map { -($0["rank"] as Double) }.max() ?? 1
            let scored = rows.map { row -> PassageHit in
                let id: Int64 = row["rowid"]
                let weight = found.filter { held[$0.term]?.contains(id) == true }.map(\.weight).reduce(0, +)
                let score = whole > 0 ? weight / whole : 0
                let rank = best > 0 ? -(row["rank"] as Double) / best : 0
                return PassageHit(row: id, passage: Passage(row: row), score: score, rank: 0.5 * score + 0.5 * rank)
            }
            return Array(scored.sorted { ($0.rank, $0.row) > ($1.rank, $1.row) }.prefix(query.limit))
        }
    }

    /// As FTS5 wants it: quoted, so that no sign in it is an operator (https://sqlite.org/fts5.html §3.1).
    private static func phrase(_ term: String) -> String {
        let words = term.split { !($0.isLetter || $0.isNumber) }
        return words.isEmpty ? "" : "\"\(words.joined(separator: " "))\""
    }

    /// In how many passages it is; more than are ever needed are not counted.
    private static func count(_ term: String, in database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM (SELECT 1 FROM passageText WHERE passageText MATCH ? LIMIT 20000)",
            arguments: [term]) ?? 0
    }

    private static func candidates(
        _ terms: [String], _ query: PassageQuery, in database: Database
    ) throws -> [Row] {
        var conditions = ["passageText MATCH ?"]
        var arguments: StatementArguments = [terms.joined(separator: " OR ")]
        if let project = query.project {
            conditions.append("passage.projectId = ?")
            arguments += [project]
        }
        if let kinds = query.kinds {
            conditions.append("passage.kind IN (SELECT value FROM json_each(?))")
            arguments += [try JSONText.line(kinds.map(\.rawValue).sorted())]
        }
        arguments += [candidates]
        // The title counts for more than the text, the parts of names for less.
        return try Row.fetchAll(
            database,
            sql: """
                SELECT passage.*, title, text, parts, bm25(passageText, 4.0, 1.0, 0.7) AS rank
                FROM passageText JOIN passage ON passage.rowid = passageText.rowid
                WHERE \(conditions.joined(separator: " AND ")) ORDER BY rank LIMIT ?
                """, arguments: arguments)
    }

    /// Which of the rows hold each term.
    private static func held(
        _ terms: [String], by rows: [Int64], in database: Database
    ) throws -> [String: Set<Int64>] {
        let all = try JSONText.line(rows)
        var held: [String: Set<Int64>] = [:]
        for term in terms {
            held[term] = try Set(
                Int64.fetchAll(
                    database,
                    sql: """
                        SELECT rowid FROM passageText
                        WHERE passageText MATCH ? AND rowid IN (SELECT value FROM json_each(?))
                        """, arguments: [term, all]))
        }
        return held
    }
}

extension Passage {
    fileprivate init(row: Row) {
        self.init(
            Kind(rawValue: row["kind"]) ?? .note, of: row["source"], title: row["title"], text: row["text"],
            parts: row["parts"], at: row["createdAt"], project: row["projectId"], plan: row["planId"],
            conversation: row["conversationId"])
    }
}
