import Planning

/// A name with its letters and its phones, worked out once.
struct SoundingName: Sendable {
    let plain: String
    /// Its letters and digits alone.
    let joined: [UInt16]
    /// With numbers as digits: `phase two` is `phase 2`.
    let digits: [String]
    let phones: [UInt16]
    /// The words that carry weight.
    private let weighty: [Word]

    private struct Word: Sendable {
        let text: String
        let stem: String
        let letters: [UInt16]
    }

    init(words: [String], phones: NameFinder.Phones) {
        plain = words.joined(separator: " ")
        joined = Array(NameFinder.joined(plain).utf16)
        digits = words.map { word in SpokenNumber.value(of: [word]).map(String.init) ?? word }
        self.phones = phones(plain).map(SoundingWord.code)
        weighty = words.filter { !Self.little.contains($0) }.map {
            Word(text: $0, stem: Self.stem($0), letters: Array($0.utf16))
        }
    }

    /// How surely words name this by some of its own; nil when one of them is none of its own.
    func share(of words: [String]) -> Double? {
        guard words.count <= weighty.count else { return nil }
        var free = weighty
        var sum = 0.0
        for text in words {
            let word = Word(text: text, stem: Self.stem(text), letters: Array(text.utf16))
            let likeness = free.map { Self.likeness(word, $0) }
            guard let best = likeness.max(), best >= 0.75, let place = likeness.firstIndex(of: best) else { return nil }
            sum += best
            free.remove(at: place)
        }
        let share = Double(words.count) / Double(weighty.count)
        return share >= 0.3 ? 0.9 * sum / Double(words.count) - 0.1 * (1 - share) : nil
    }

    /// Alike in letters, or of one stem: `packaging`, `package`.
    private static func likeness(_ left: Word, _ right: Word) -> Double {
        if left.text == right.text { return 1 }
        let (shorter, longer) = (
            min(left.letters.count, right.letters.count), max(left.letters.count, right.letters.count)
        )
        if shorter >= 4, left.stem == right.stem { return 0.95 }
        let shared = zip(left.letters, right.letters).prefix { $0 == $1 }.count
        if shared >= 5, shared >= longer - 4 { return 0.9 }
        return shorter > 2 ? similarity(left.letters, right.letters, atLeast: 0.75) : 0
    }

    /// 0 where the lengths alone rule it out.
    static func similarity(_ left: [UInt16], _ right: [UInt16], atLeast least: Double) -> Double {
        let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
        guard Double(shorter) >= least * Double(longer) else { return 0 }
        return EditDistance.similarity(left, right)
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ion", "ies", "ed", "es", "er", "s", "e"]
        where word.hasSuffix(ending) && word.count - ending.count >= 3 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    static let little: Set<String> = [
        "a", "an", "the", "of", "on", "in", "to", "for", "with", "and", "up", "at", "from", "my", "our", "is", "thing",
    ]
}
