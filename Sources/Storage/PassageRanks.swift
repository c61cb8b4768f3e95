import GRDB
import Support

/// The passages that hold some of what is looked for, measured by Okapi BM25.
///
/// FTS5 looks up the length of every passage that it measures: a thousand cost a millisecond. So that a search costs the
/// same in a small store and in a large one, few enough are measured, whatever they are asked for.
struct PassageRanks {
    private let query: PassageQuery
    private let database: Database

    /// Passages that are measured, at most: words that more hold together cannot pick one out while rarer ones are there.
    static let mostPassages = 2000
    /// Passages that are measured when every word is in more than those: the newest.
    private static let newest = 300
    /// Common words that are looked for together. BM25 counts the passages of each, at 22 ns: a millisecond for 45,000.
    private static let mostCommon = 2
    /// Passages that are looked at closely, at least.
    private static let candidates = 60

    init(_ query: PassageQuery, in database: Database) {
        self.query = query
        self.database = database
    }

    /// A passage that was picked.
    struct Ranked {
        let row: Int64
        /// More is better.
        let measure: Double
        /// Terms that it holds for certain.
        let holds: [String]
    }

    /// The best, the best first, picked by the rarest terms as long as few enough hold them: of those none is too old. When
    /// even the rarest is everywhere, the newest that hold several together, then the newest that hold that one.
    func best(by weighed: [WeighedTerm]) throws -> [Ranked] {
        let found = weighed.filter { $0.count > 0 }.sorted { $0.count < $1.count }
        guard let rarest = found.first else { return [] }
        let wanted = max(Self.candidates, query.limit)
        guard rarest.count > Self.mostPassages else {
            var many = 0
            let picking = found.prefix { term in
                many += term.count
                return many <= Self.mostPassages
            }.map(\.term)
            return try ranked(
                picking.joined(separator: " OR "), .best(wanted), holding: picking.count == 1 ? picking : [])
        }
        let newest = Cut.newest(max(Self.newest, query.limit))
        let common = found.prefix(Self.mostCommon).map(\.term)
        var best = try ranked(common.joined(separator: " AND "), newest, holding: common)
        if best.count < wanted, common.count > 1 {
            let known = Set(best.map(\.row))
            best += try ranked(rarest.term, newest, holding: [rarest.term]).filter { !known.contains($0.row) }
        }
        return Array(best.prefix(wanted))
    }

    /// Which rows are taken.
    private enum Cut {
        /// So many, by BM25 over all that match.
        case best(Int)
        /// So many, from the last one back: the others are not measured.
        case newest(Int)
    }

    /// The rows that match, the best first; the filters act before anything is cut off. Their texts are read later: of
    /// thousands that hold a word a few are shown.
    private func ranked(_ match: String, _ cut: Cut, holding holds: [String]) throws -> [Ranked] {
        var source = "passageText"
        var conditions = ["passageText MATCH ?"]
        var arguments: StatementArguments = [match]
        if query.project != nil || query.kinds != nil {
            source += " CROSS JOIN passage ON passage.rowid = passageText.rowid"
        }
        if let project = query.project {
            conditions.append("passage.projectId = ?")
            arguments += [project]
        }
        if let kinds = query.kinds {
            conditions.append("passage.kind IN (SELECT value FROM json_each(?))")
            arguments += [try JSONText.line(kinds.map(\.rawValue).sorted())]
        }
        let (order, count) =
            switch cut {
            case .best(let count): ("measure", count)
            case .newest(let count): ("passageText.rowid DESC", count)
            }
        arguments += [count]
        // The title counts for more than the text, the parts of names for less.
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT passageText.rowid, bm25(passageText, 4.0, 1.0, 0.7) AS measure FROM \(source)
                    WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?
                    """), arguments: arguments)
        var ranked: [Ranked] = []
        while let row = try rows.next() {
            ranked.append(Ranked(row: row[0], measure: -(row[1] as Double), holds: holds))
        }
        return ranked.sorted { ($0.measure, $0.row) > ($1.measure, $1.row) }
    }
}
