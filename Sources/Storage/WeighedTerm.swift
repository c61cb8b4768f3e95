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

    /// Passages that are counted one by one; of a word in more than these the number is estimated.
    static let counted = 2000
    /// Words of one question that are taken for misspelt: looking for what was meant costs milliseconds.
    private static let mostMisspelt = 3
    private static let begun = 0.9
    private static let misspelt = 0.8

    /// Each term with its weight. One that nothing holds is taken for the beginning of a longer one, else for a slip of the
    /// finger.
    ///
    /// - Parameter terms: Quoted, as FTS5 wants phrases.
    static func weigh(_ terms: [String], in database: Database) throws -> [WeighedTerm] {
        // Rows are numbered in a row: the last number is how many there are, near enough, without counting them.
        let total = Double(try Int.fetchOne(database, sql: "SELECT max(rowid) FROM passage") ?? 0)
        var misspelt = 0
        return try terms.map { term in
            func weighed(_ term: String, _ certainty: Double) throws -> WeighedTerm {
                let many = try count(term, of: total, in: database)
                let share = max(0, total - Double(many) + 0.5) / (Double(many) + 0.5)
                return WeighedTerm(term: term, count: many, weight: log(1 + share), certainty: certainty)
            }
            let exact = try weighed(term, 1)
            // The last word of a phrase may begin half of all words: only whole terms are taken for beginnings.
            guard exact.count == 0, term.count >= 6, !term.contains(" ") else { return exact }
            let begun = try weighed(term + " *", Self.begun)
            guard begun.count == 0, misspelt < mostMisspelt else { return begun.count > 0 ? begun : exact }
            misspelt += 1
            let near = try NearWords(term.trimmingCharacters(in: ["\""]), in: database).words
            guard !near.isEmpty else { return exact }
            return try weighed("(" + near.map { "\"\($0)\"" }.joined(separator: " OR ") + ")", Self.misspelt)
        }
    }

    /// Passages come by their number, so that how far the first of them reach tells how many there are.
    private static func count(_ term: String, of total: Double, in database: Database) throws -> Int {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT count(*), max(rowid) FROM (
                        SELECT rowid FROM passageText WHERE passageText MATCH ? LIMIT \(counted + 1))
                    """), arguments: [term])
        guard let row, let count: Int = row[0], count > 0, let last: Int64 = row[1] else { return 0 }
        return count <= counted ? count : max(count, Int(Double(count) * total / Double(max(last, 1))))
    }
}

/// The words of the index that a misspelt one was meant to be: those that begin alike and have the fewest slips. A slip is a
/// letter too many, too few, another one, or two that changed places (Damerau 1964). To begin alike is to have the first
/// letter, and its second or third as the second: of ten thousands of words some hundreds are compared.
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
        var best = allowed
        let own = NearWords.mask(letters)
        let beginnings = Set([letters[1], letters[2]]).sorted().map { String(decoding: [first, $0], as: UTF8.self) }
        for beginning in beginnings {
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: "SELECT word FROM passageWord WHERE word >= ? AND word < ?"),
                arguments: [beginning, beginning + "\u{10FFFF}"])
            while let row = try rows.next() {
                guard let term: String = row[0] else { continue }
                let others = Array(term.utf8)
                // Each slip brings one strange letter at most.
                guard (NearWords.mask(others) & ~own).nonzeroBitCount <= best,
                    let found = NearWords.slips(letters, others, atMost: best)
                else { continue }
                if found < best { words = [] }
                best = found
                if words.count < NearWords.mostWords { words.append(term) }
            }
        }
    }

    private static func mask(_ letters: [UInt8]) -> UInt64 {
        letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }

    /// How many slips lead from one word to the other; nil for more than `limit`.
    static func slips(_ word: [UInt8], _ other: [UInt8], atMost limit: Int) -> Int? {
        guard abs(word.count - other.count) <= limit else { return nil }
        var above: [Int] = []
        var before = Array(0...word.count)
        for (row, letter) in other.enumerated() {
            var line = [row + 1] + [Int](repeating: 0, count: word.count)
            for (column, own) in word.enumerated() {
                var least = min(line[column] + 1, before[column + 1] + 1, before[column] + (letter == own ? 0 : 1))
                if row > 0, column > 0, letter == word[column - 1], other[row - 1] == own {
                    least = min(least, above[column - 1] + 1)
                }
                line[column + 1] = least
            }
            guard line.min() ?? 0 <= limit else { return nil }
            above = before
            before = line
        }
        return before[word.count] <= limit ? before[word.count] : nil
    }
}
