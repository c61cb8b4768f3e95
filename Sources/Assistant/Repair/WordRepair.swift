import Planning

/// Writes what a recogniser heard as developers write it: technical words, versions, file names and numbers. What was heard
/// is kept beside it by whoever asks.
///
/// Only what is surely meant is changed: a wrong repair is worse than none.
package struct WordRepair: Sendable {
    package struct Change: Equatable, Sendable {
        package let heard: String
        package let used: String

        package init(heard: String, used: String) {
            self.heard = heard
            self.used = used
        }
    }

    package struct Repaired: Equatable, Sendable {
        package let text: String
        package let changes: [Change]
    }

    /// By the number of words that are said, the most first.
    private let terms: [(said: [String], written: String)]
    private let vocabulary: [(term: String, sound: [String])]
    private let phones: NameFinder.Phones

    /// - Parameters:
    ///   - vocabulary: The user's own words, as they are written; they are known by their sound.
    ///   - phones: How a text sounds.
    package init(vocabulary: [String] = [], phones: @escaping NameFinder.Phones = { _ in [] }) {
        self.phones = phones
        terms = TechnicalWords.terms.map { (said: $0.key.split(separator: " ").map(String.init), written: $0.value) }
            .sorted { ($0.said.count, $1.written) > ($1.said.count, $0.written) }
        self.vocabulary = vocabulary.map { (term: $0, sound: phones($0)) }.filter { $0.sound.count >= Self.shortest }
    }

    package func repaired(_ text: String) -> Repaired {
        var spoken = SpokenText(text)
        repairVocabulary(&spoken)
        repairTerms(&spoken)
        spoken.joinLetters()
        spoken.joinVersions()
        spoken.joinFileNames()
        spoken.joinNumbers()
        return Repaired(text: spoken.changes.isEmpty ? text : spoken.text, changes: spoken.changes)
    }

    private func repairTerms(_ spoken: inout SpokenText) {
        var index = 0
        while index < spoken.words.count {
            let rest = spoken.plain[index...]
            if let term = terms.first(where: { rest.starts(with: $0.said) }),
                spoken.isWhole(index..<index + term.said.count)
            {
                spoken.replace(index..<index + term.said.count, with: term.written)
            }
            index += 1
        }
    }

    // MARK: The user's own words

    /// Sounds that short are those of many words.
    private static let shortest = 4
    /// The share of sounds that may be heard otherwise.
    private static let tolerance = 0.2
    /// Words that one word may be taken for.
    private static let mostWords = 3

    private func repairVocabulary(_ spoken: inout SpokenText) {
        guard !vocabulary.isEmpty else { return }
        var index = 0
        while index < spoken.words.count {
            let ranges = (1...Self.mostWords).map { index..<index + $0 }
                .filter { $0.upperBound <= spoken.words.count && spoken.isWhole($0) }
            let found = ranges.compactMap { range in
                match(spoken.plain[range].joined(separator: " ")).map { (range, $0) }
            }
            .min { $0.1.distance < $1.1.distance }
            if let (range, match) = found { spoken.replace(range, with: match.term) }
            index += 1
        }
    }

    private func match(_ said: String) -> (term: String, distance: Double)? {
        let sound = phones(said)
        guard let first = sound.first else { return nil }
        return vocabulary.compactMap { known -> (term: String, distance: Double)? in
            guard known.sound.first == first else { return nil }
            let longer = Double(max(known.sound.count, sound.count))
            let distance = Double(EditDistance.between(known.sound, sound)) / longer
            return distance <= Self.tolerance ? (known.term, distance) : nil
        }.min { $0.distance < $1.distance }
    }
}
