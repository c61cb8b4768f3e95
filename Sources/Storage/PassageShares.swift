import GRDB
import Support

/// Of each passage that holds any of the terms the share of their weight that it holds, 0 … 1.
struct PassageShares {
    private(set) var shares: [Int64: Double] = [:]

    /// Looking up one row in the list of a word costs as much as reading so many of the list.
    private static let seek = 300.0

    /// - Parameter known: Rows of which it is known what they hold of some terms.
    init(of terms: [WeighedTerm], in rows: Set<Int64>, known: [PassageRanks.Ranked], in database: Database) throws {
        let whole = terms.map(\.weight).reduce(0, +)
        guard whole > 0, let first = rows.min(), let last = rows.max() else { return }
        let total = try Int64.fetchOne(database.cachedStatement(sql: "SELECT max(rowid) FROM passage")) ?? last
        for term in terms where term.count > 0 {
            let certain = known.filter { $0.holds.contains(term.term) }.map(\.row)
            let open = rows.subtracting(certain).sorted()
            let read = Double(term.count) * Double(last - first + 1) / Double(max(total, 1))
            let holding =
                try certain
                + PassageShares.rows(
                    holding: term, amongst: open, isSought: read > PassageShares.seek * Double(open.count), in: database
                )
            for row in holding { shares[row, default: 0] += term.weight * term.certainty / whole }
        }
        shares = shares.mapValues { min(1, $0) }
    }

    /// - Parameter isSought: Whether each row is looked up in the list of the word; otherwise the list is read.
    private static func rows(
        holding term: WeighedTerm, amongst rows: [Int64], isSought: Bool, in database: Database
    ) throws -> [Int64] {
        guard let first = rows.first, let last = rows.last else { return [] }
        return try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT rowid FROM passageText WHERE passageText MATCH ? AND rowid BETWEEN ? AND ?
                        AND \(isSought ? "rowid" : "+rowid") IN (SELECT value FROM json_each(?))
                    """), arguments: [term.term, first, last, JSONText.line(rows)])
    }
}
