import Foundation

/// The languages that are spoken here, as ISO 639-1; none of them are named when any may be.
package struct SpokenLanguages: Equatable, Sendable {
    package let codes: [String]

    package static let any = SpokenLanguages(codes: [])

    package init(codes: [String]) { self.codes = codes }

    /// From `en`, `en, de` or `auto`. nil when it is something else, or more than eight.
    package init?(_ text: String) {
        let words = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map { $0.lowercased() }
        guard words != ["auto"] else {
            self = .any
            return
        }
        guard 1...8 ~= words.count, words.allSatisfy(SpokenLanguages.isCode) else { return nil }
        codes = words
    }

    /// What a recogniser is told: it takes one language, or finds out.
    package var sent: String? { codes.count == 1 ? codes.first : nil }

    private static func isCode(_ word: String) -> Bool {
        2...3 ~= word.count && word.allSatisfy { $0.isASCII && $0.isLetter }
    }

    /// Whether words in another language came than any that is spoken here: as the server says, else by their letters.
    func isForeign(_ text: String, said: String?) -> Bool {
        guard !codes.isEmpty else { return false }
        if let code = said.flatMap(SpokenLanguages.code) { return !codes.contains(code) }
        guard codes.allSatisfy({ !SpokenLanguages.otherScripts.contains($0) }) else { return false }
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
        let others = letters.count { !SpokenLanguages.isLatin($0) }
        return others * 2 > letters.count
    }

    /// From `en`, `en-US`, `english` or `English`; nil when nobody knows such a language.
    static func code(_ said: String) -> String? {
        let word = said.lowercased().split(whereSeparator: { "-_ ".contains($0) }).first.map(String.init) ?? ""
        if isCode(word), word.count == 2 { return word }
        return names[said.lowercased()]
    }

    /// Whisper writes their English names out.
    private static let names: [String: String] = {
        let english = Locale(identifier: "en_US_POSIX")
        let codes = Locale.LanguageCode.isoLanguageCodes.map(\.identifier).filter { $0.count == 2 }
        return Dictionary(
            codes.compactMap { code in english.localizedString(forLanguageCode: code).map { ($0.lowercased(), code) } },
            uniquingKeysWith: { first, _ in first })
    }()

    /// Basic Latin to Extended-B, and Extended Additional (Unicode blocks).
    private static func isLatin(_ letter: Unicode.Scalar) -> Bool {
        letter.value < 0x250 || 0x1E00...0x1EFF ~= letter.value
    }

    /// Languages that are written in other letters.
    private static let otherScripts: Set<String> = [
        "am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "lo",
        "mk",
        "ml", "mn", "mr", "my", "ne", "pa", "ps", "ru", "sa", "sd", "si", "sr", "ta", "te", "tg", "th", "uk", "ur",
        "yi",
        "yue", "zh",
    ]
}
