import Planning
import Synchronization

/// Finds the live name that was meant by words that may be misheard.
package struct NameFinder: Sendable {
    /// How a text is pronounced, as phones; empty when unknown.
    package typealias Phones = @Sendable (String) -> [String]

    package let phones: Phones
    private let known = KnownNames()

    package init(phones: @escaping Phones) { self.phones = phones }

    package struct Found: Equatable, Sendable {
        package let name: String
        /// 0 … 1; 1 when the words are the same.
        package let score: Double
    }

    /// At or above this a name is taken; the next best must be this much worse, or it is a question.
    static let acceptance = 0.72
    static let margin = 0.08
    /// Of a name that is written apart or together otherwise: less than the very one, should both be there.
    static let joinedScore = 0.995

    /// The candidates that `said` may mean, the best first, none below `acceptance`.
    package func candidates(for said: [String], in names: [String]) -> [Found] {
        let said = SoundingName(words: said, phones: phones)
        return names.map { Found(name: $0, score: similarity(said, known[$0, phones])) }
            .filter { $0.score >= Self.acceptance }
            .sorted { $0.score > $1.score }
    }

    private func similarity(_ said: SoundingName, _ name: SoundingName) -> Double {
        if name.plain == said.plain { return 1 }
        if name.joined == said.joined || name.digits == said.digits { return Self.joinedScore }
        let letters = SoundingName.similarity(said.joined, name.joined, atLeast: Self.acceptance)
        let sounds =
            said.phones.isEmpty ? 0 : SoundingName.similarity(said.phones, name.phones, atLeast: Self.acceptance)
        return 0.99 * max(letters, sounds)
    }

    /// The names that `said` is a part of, in whatever order, the best and those as good: “load tests” for “Write load tests”.
    /// Every word of weight must be one of the name's.
    package func parts(_ said: [String], of names: [String]) -> [Found] {
        let words = said.filter { !SoundingName.little.contains($0) }
        guard !words.isEmpty, words.count <= 8, words.count > 1 || words[0].count > 2 else { return [] }
        let found = names.compactMap { name -> Found? in
            known[name, phones].share(of: words).map { Found(name: name, score: $0) }
        }.sorted { $0.score > $1.score }
        return found.filter { found[0].score - $0.score < 0.02 }
    }

    /// `voice-notes`, `voice notes` and `voicenotes` are one name.
    static func joined(_ text: String) -> String { String(text.filter { $0.isLetter || $0.isNumber }) }
}

/// What was worked out of names that were compared before; names live long.
private final class KnownNames: Sendable {
    private let names = Mutex([String: SoundingName]())
    private static let most = 4096

    subscript(name: String, phones: NameFinder.Phones) -> SoundingName {
        if let known = names.withLock({ $0[name] }) { return known }
        let new = SoundingName(words: SpokenWords(name).plain, phones: phones)
        names.withLock { names in
            if names.count >= Self.most { names.removeAll() }
            names[name] = new
        }
        return new
    }
}

enum EditDistance {
    /// 1 for equal, 0 for nothing in common: one less the edits over the longer length.
    static func similarity<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Double {
        let longest = max(left.count, right.count)
        guard longest > 0 else { return 1 }
        return 1 - Double(between(left, right)) / Double(longest)
    }

    /// Insertions, deletions and substitutions (Levenshtein).
    static func between<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Int {
        guard !left.isEmpty else { return right.count }
        guard !right.isEmpty else { return left.count }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: right.count + 1) { row in
            for j in 0...right.count { row[j] = j }
            for (i, a) in left.enumerated() {
                var diagonal = row[0]
                row[0] = i + 1
                for (j, b) in right.enumerated() {
                    let above = row[j + 1]
                    row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
                    diagonal = above
                }
            }
            return row[right.count]
        }
    }
}
