import Foundation
import GRDB
import Planning

/// A term with how many passages hold it and how much it tells.
struct WeighedTerm {
    /// As FTS5 is asked for it.
    let term: String
    let count: Int
    /// Inverse document frequency.
    let weight: Double
    /// How sure it is that this is what was meant: 1 for the term itself.
    let certainty: Double

    /// More are never needed: such a word tells next to nothing.
    private static let most = 20_000
    private static let begun = 0.9
    private static let misspelt = 0.8

    /// Each term with its weight. One that nothing holds is taken for the beginning of a longer one, else for a slip of the
    /// finger.
    ///
    /// - Parameter terms: Quoted, as FTS5 wants phrases.
    static func weigh(_ terms: [String], in database: Database) throws -> [WeighedTerm] {
        // Rows are numbered in a row: the last number is how many there are, near enough, without counting them.
        let total = Double(try Int.fetchOne(database, sql: "SELECT max(rowid) FROM passage") ?? 0)
        return try terms.map { term in
            func weighed(_ term: String, _ certainty: Double) throws -> WeighedTerm {
                let many = try count(term, in: database)
                let share = max(0, total - Double(many) + 0.5) / (Double(many) + 0.5)
                return WeighedTerm(term: term, count: many, weight: log(1 + share), certainty: certainty)
            }
            let exact = try weighed(term, 1)
            guard exact.count == 0, term.count >= 5 else { return exact }
            let begun = try weighed(term + " *", Self.begun)
            guard begun.count == 0 else { return begun }
            let near = try NearWords(term.trimmingCharacters(in: ["\""]), in: database).words
            guard !near.isEmpty else { return exact }
            return try weighed("(" + near.map { "\"\($0)\"" }.joined(separator: " OR ") + ")", Self.misspelt)
        }
    }

    private static func count(_ term: String, in database: Database) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(
                sql: "SELECT count(*) FROM (SELECT 1 FROM passageText WHERE passageText MATCH ? LIMIT \(most))"),
            arguments: [term]) ?? 0
    }
}

/// The words of the index that a misspelt one was meant to be: those with its first letter and the fewest slips. A slip is a
/// letter too many, too few, another one, or two that changed places (Damerau 1964).
struct NearWords {
    private(set) var words: [String] = []

    private static let shortest = 5
    private static let mostLetters = 40
    private static let mostWords = 3

    init(_ word: String, in database: Database) throws {
        let letters = Array(word.lowercased().utf8)
        guard NearWords.shortest...NearWords.mostLetters ~= letters.count, let first = letters.first,
            letters.allSatisfy({ 97...122 ~= $0 })
        else { return }
        let allowed = letters.count < 8 ? 1 : 2
        var best = (slips: allowed, spare: Int.max)
        let rows = try Row.fetchCursor(
            database, sql: "SELECT term FROM passageWord WHERE term >= ? AND term < ?",
            arguments: [
                String(UnicodeScalar(first)), String(UnicodeScalar(first + 1)),
            ])
        while let row = try rows.next() {
            let found: (slips: Int, spare: Int)? = try row.withUnsafeData(atIndex: 0) { data in
                data.flatMap { NearWords.slips(letters, Array($0), atMost: best.slips) }
            }
            guard let found, found <= best, let term: String = row[0] else { continue }
            if found < best { words = [] }
            best = found
            if words.count < NearWords.mostWords { words.append(term) }
        }
    }

    /// How many slips lead from `term`, a stem, to a beginning of `word`, and how many letters of `word` are left: a stem
    /// lacks its ending. nil for more than `limit`.
    static func slips(_ word: [UInt8], _ term: [UInt8], atMost limit: Int) -> (slips: Int, spare: Int)? {
        let longestEnding = 4
        guard term.count >= 4, term.count <= word.count + limit, term.count + longestEnding + limit >= word.count
        else { return nil }
        var above: [Int] = []
        var before = Array(0...word.count)
        for (row, letter) in term.enumerated() {
            var line = [row + 1] + [Int](repeating: 0, count: word.count)
            for (column, other) in word.enumerated() {
                var least = min(line[column] + 1, before[column + 1] + 1, before[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == word[column - 1], term[row - 1] == other {
                    least = min(least, above[column - 1] + 1)
                }
                line[column + 1] = least
            }
            guard line.min() ?? 0 <= limit else { return nil }
            above = before
            before = line
        }
        return (max(0, word.count - longestEnding)...word.count)
            .map { (slips: before[$0], spare: word.count - $0) }
            .filter { $0.slips <= limit }.min { $0 < $1 }
    }
}
