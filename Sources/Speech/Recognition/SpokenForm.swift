import Planning

/// A name or a text as the words somebody says for it: `payments-api v2` is "payments api v two".
package struct SpokenForm: Equatable, Sendable {
    /// Lower case; letters and apostrophes only.
    package let words: [String]

    package init(_ text: String) {
        var words: [String] = []
        for token in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || "'’".contains($0)) }) {
            for part in Self.parts(of: token) {
                if let number = Int(part) {
                    words += SpokenNumber.words(number).split(separator: " ").flatMap { Self.digits(String($0)) }
                } else {
                    let plain = part.lowercased().map { $0 == "’" ? "'" : $0 }
                    let trimmed = String(plain).drop { $0 == "'" }
                    if trimmed.contains(where: \.isLetter) { words.append(String(trimmed)) }
                }
            }
        }
        self.words = words
    }

    /// Numbers too large for words are said digit by digit.
    private static func digits(_ word: String) -> [String] {
        guard word.allSatisfy(\.isNumber) else { return [word] }
        return word.compactMap { $0.wholeNumberValue.map(SpokenNumber.words) }
    }

    /// `voiceNotes2` is `voice`, `Notes`, `2`; `OAuth` and `API` stay whole.
    private static func parts(of token: Substring) -> [String] {
        var parts: [String] = []
        var current = ""
        for character in token {
            if let last = current.last, last.isNumber != character.isNumber || startsHump(current, character) {
                parts.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { parts.append(current) }
        return parts
    }

    private static func startsHump(_ current: String, _ next: Character) -> Bool {
        guard let last = current.last else { return false }
        return next.isUppercase && last.isLowercase && current.count > 1
    }
}
