/// A word with its letters and its phones, worked out once.
struct SoundingWord: Sendable {
    let text: String
    private let letters: [UInt16]
    private let phones: [UInt16]

    /// Words that are less alike are not taken for one another.
    static let alike = 0.65
    private static let sameSound = 0.95
    /// Letters this much alike need no listening.
    private static let spelledAlike = 0.75

    init(_ text: String, phones: NameFinder.Phones) {
        self.text = text
        letters = Array(text.utf16)
        self.phones = phones(text).map(SoundingWord.code)
    }

    /// A phone, which is one or two letters, as a number.
    static func code(_ phone: String) -> UInt16 { phone.utf8.reduce(0) { $0 &* 256 &+ UInt16($1) } }

    /// How alike two words look or sound, 0 … 1; below `alike` it may be told as 0. Words of one or two letters are only
    /// like those that sound the same.
    func likeness(to other: SoundingWord) -> Double {
        if !phones.isEmpty, phones == other.phones { return SoundingWord.sameSound }
        guard min(letters.count, other.letters.count) > 2 else { return 0 }
        let spelled = SoundingWord.similarity(letters, other.letters)
        guard spelled < SoundingWord.spelledAlike, !phones.isEmpty, !other.phones.isEmpty else { return spelled }
        return max(spelled, SoundingWord.similarity(phones, other.phones))
    }

    /// Not worked out where the lengths alone rule it out.
    private static func similarity<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Double {
        let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
        guard Double(shorter) >= alike * Double(longer) else { return 0 }
        return EditDistance.similarity(left, right)
    }
}
