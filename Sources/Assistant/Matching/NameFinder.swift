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

    /// The one name that `said` is a part of, in whatever order: “load tests” for “Write load tests”. Every word of weight must
    /// be one of the name's.
    package func part(_ said: [String], of names: [String]) -> Found? {
        let words = said.filter { !NameFinder.little.contains($0) }
        guard !words.isEmpty, words.count <= 8 else { return nil }
        let found = names.compactMap { name -> Found? in
            let own = SpokenWords(name).plain.filter { !NameFinder.little.contains($0) }
            guard !own.isEmpty, words.count <= own.count else { return nil }
            var free = own
            var sum = 0.0
            for word in words {
                let likeness = free.map { NameFinder.likeness(word, $0) }
                guard let best = likeness.max(), best >= 0.75, let place = likeness.firstIndex(of: best) else { return nil }
                sum += best
                free.remove(at: place)
            }
            let share = Double(words.count) / Double(own.count)
            guard share >= 0.3, words.count > 1 || words[0].count > 2 else { return nil }
            return Found(name: name, score: 0.9 * sum / Double(words.count) - 0.1 * (1 - share))
        }.sorted { $0.score > $1.score }
        guard let best = found.first, found.count == 1 || best.score - found[1].score >= 0.02 else { return nil }
        return best
    }

    /// Alike in letters, or of one stem: `packaging`, `package`.
    private static func likeness(_ left: String, _ right: String) -> Double {
        if left == right { return 1 }
        let shorter = min(left.count, right.count)
        if shorter >= 4, stem(left) == stem(right) { return 0.95 }
        let shared = zip(left, right).prefix { $0 == $1 }.count
        if shared >= 5, shared >= max(left.count, right.count) - 4 { return 0.9 }
        guard shorter > 2 else { return 0 }
        return EditDistance.similarity(Array(left), Array(right))
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ion", "ies", "ed", "es", "er", "s", "e"]
        where word.hasSuffix(ending) && word.count - ending.count >= 3 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    private static let little: Set<String> = [
        "a", "an", "the", "of", "on", "in", "to", "for", "with", "and", "up", "at", "from", "my", "our", "is", "thing", "one",
    ]

    private func similarity(said: String, _ saidPhones: [String], name: String) -> Double {
        let plain = SpokenWords(name).plain.joined(separator: " ")
        if plain == said { return 1 }
        if NameFinder.digits(plain) == NameFinder.digits(said) { return NameFinder.joinedScore }
        if NameFinder.joined(plain) == NameFinder.joined(said) { return NameFinder.joinedScore }
        let letters = EditDistance.similarity(Array(NameFinder.joined(said)), Array(NameFinder.joined(plain)))
        let sounds = saidPhones.isEmpty ? 0 : EditDistance.similarity(saidPhones, phones(plain))
        return 0.99 * max(letters, sounds)
    }

    /// With numbers as digits: `phase two` is `Phase 2`.
    private static func digits(_ text: String) -> String {
        text.split(separator: " ").map { word in
            SpokenNumber.value(of: [String(word)]).map(String.init) ?? String(word)
        }.joined(separator: " ")
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
