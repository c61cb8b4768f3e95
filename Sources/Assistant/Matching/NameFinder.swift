import Planning

/// Finds the live name that was meant by words that may be misheard.
package struct NameFinder: Sendable {
    /// How a text is pronounced, as phones; empty when unknown.
    package typealias Phones = @Sendable (String) -> [String]

    package let phones: Phones

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
        let saidText = said.joined(separator: " ")
        let saidPhones = phones(saidText)
        return
            names.map { name in
                Found(name: name, score: similarity(said: saidText, saidPhones, name: name))
            }
            .filter { $0.score >= Self.acceptance }
            .sorted { $0.score > $1.score }
    }

    private func similarity(said: String, _ saidPhones: [String], name: String) -> Double {
        let plain = SpokenWords(name).plain.joined(separator: " ")
        if plain == said { return 1 }
        if NameFinder.joined(plain) == NameFinder.joined(said) { return NameFinder.joinedScore }
        let letters = EditDistance.similarity(Array(NameFinder.joined(said)), Array(NameFinder.joined(plain)))
        let sounds = saidPhones.isEmpty ? 0 : EditDistance.similarity(saidPhones, phones(plain))
        return 0.99 * max(letters, sounds)
    }

    /// `voice-notes`, `voice notes` and `voicenotes` are one name.
    static func joined(_ text: String) -> String { String(text.filter { $0.isLetter || $0.isNumber }) }
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
        var row = Array(0...right.count)
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
