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
    /// How many are found by their words; 0 for none.
    package var limit: Int
    /// Vectors whose passages were found by their meaning, by number.
    package var vectors: [Int64] = []

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
    package let project: String?
    /// The number of the plan.
    package let plan: Int?
    /// How much of what was looked for is in it, 0 … 1: rare words count for more (inverse document frequency).
    package let score: Double
    /// What it is sorted by, 0 … 1: the score and BM25 together.
    package let rank: Double
}

package struct PassageFinds: Equatable, Sendable {
    /// The best first.
    package var words: [PassageHit] = []
    /// By the number of the vector; one that has gone meanwhile is not there.
    package var vectors: [Int64: PassageHit] = [:]
}

extension Store {
    /// More terms than this say nothing more.
    private static let mostTerms = 16

    /// The passages that hold the rarest of the terms, ranked by Okapi BM25 and by how many of all terms they hold; and
    /// those that were found otherwise, measured alike.
    package func search(_ query: PassageQuery) async throws -> PassageFinds {
        let terms = Array(
            NSOrderedSet(array: query.terms.map(Store.phrase).filter { !$0.isEmpty }).array as? [String] ?? []
        )
        .prefix(Store.mostTerms)
        guard !terms.isEmpty || !query.vectors.isEmpty else { return PassageFinds() }
        return try await read { database in
            let weighed = try WeighedTerm.weigh(Array(terms), in: database)
            let ranked = query.limit > 0 ? try PassageRanks(query, in: database).best(by: weighed) : []
            let numbers = try Store.passages(ofVectors: query.vectors, in: database)
            let rows = Set(ranked.map(\.row)).union(numbers.values)
            let shares = try PassageShares(of: weighed, in: rows, known: ranked, in: database).shares
            let best = ranked.first?.measure ?? 1
            let words = ranked.map {
                (row: $0.row, rank: 0.5 * (shares[$0.row] ?? 0) + (best > 0 ? 0.5 * $0.measure / best : 0))
            }.sorted { ($0.rank, $0.row) > ($1.rank, $1.row) }.prefix(query.limit)
            let texts = try Store.rows(Set(words.map(\.row)).union(numbers.values), in: database)
            func hit(_ row: Int64, _ rank: Double) -> PassageHit? {
                texts[row].map { PassageHit(row: $0, id: row, score: shares[row] ?? 0, rank: rank) }
            }
            return PassageFinds(
                words: words.compactMap { hit($0.row, $0.rank) }, vectors: numbers.compactMapValues { hit($0, 0) })
        }
    }

    /// As FTS5 wants it: quoted, so that no sign in it is an operator (https://sqlite.org/fts5.html §3.1).
    private static func phrase(_ term: String) -> String {
        let words = term.split { !($0.isLetter || $0.isNumber) }
        return words.isEmpty ? "" : "\"\(words.joined(separator: " "))\""
    }

    private static func passages(
        ofVectors numbers: [Int64], in database: Database
    ) throws -> [Int64: Int64] {
        guard !numbers.isEmpty else { return [:] }
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, passageId FROM passageVector WHERE id IN (SELECT value FROM json_each(?))",
            arguments: [JSONText.line(numbers)])
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    }

    private static func rows(_ rows: Set<Int64>, in database: Database) throws -> [Int64: Row] {
        guard !rows.isEmpty else { return [:] }
        let found = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT passage.*, passageText.title, text, parts, project.name AS projectName, plan.number AS planNumber
                    FROM passage JOIN passageText ON passageText.rowid = passage.rowid
                    LEFT JOIN project ON project.id = passage.projectId LEFT JOIN plan ON plan.id = passage.planId
                    WHERE passage.rowid IN (SELECT value FROM json_each(?))
                    """), arguments: [JSONText.line(rows.sorted())])
        return Dictionary(found.map { ($0["rowid"], $0) }, uniquingKeysWith: { $1 })
    }
}

extension PassageHit {
    fileprivate init(row: Row, id: Int64, score: Double, rank: Double) {
        self.init(
            row: id, passage: Passage(row: row), project: row["projectName"], plan: row["planNumber"], score: score,
            rank: rank)
    }
}

extension Passage {
    init(row: Row) {
        self.init(
            Kind(rawValue: row["kind"]) ?? .note, of: row["source"], title: row["title"], text: row["text"],
            parts: row["parts"], at: row["createdAt"], project: row["projectId"], plan: row["planId"],
            conversation: row["conversationId"])
    }
}
