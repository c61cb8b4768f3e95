/// The wake phrase in a text that another machine's recogniser wrote, in whatever spelling.
struct WakePhrase {
    private let words: [String]

    init(_ phrase: String?) { words = phrase.map { SpokenForm($0).words.map(WakePhrase.plain) } ?? [] }

    /// `text` without the phrase at its beginning. Where the sound was cut at the phrase's end (`isCut`), its last
    /// words alone are taken away too.
    func stripped(from text: String, isCut: Bool) -> String {
        guard !words.isEmpty else { return text }
        let tokens = text.split(whereSeparator: \.isWhitespace)
        let spoken = tokens.map { token in
            SpokenForm(String(token)).words.map(WakePhrase.plain).joined()
        }
        let shortest = isCut ? 1 : words.count
        for length in stride(from: words.count, through: shortest, by: -1) where length <= tokens.count {
            let matches = zip(spoken, words.suffix(length)).allSatisfy { WakePhrase.areAlike($0, $1) }
            guard matches else { continue }
            let rest = tokens.dropFirst(length).joined(separator: " ")
            return rest.prefix(1).uppercased() + rest.dropFirst()
        }
        return text
    }

    private static func plain(_ word: String) -> String { word == "ok" ? "okay" : word }

    /// One letter more, less or other in a longer word: “planer” is the planner.
    private static func areAlike(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard min(left.count, right.count) > 4 else { return false }
        return PhoneDistance.between(left.map(String.init), right.map(String.init)) < 0.2
    }
}
