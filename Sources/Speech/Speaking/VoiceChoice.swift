/// Which voice speaks a text: one for each language that has its own, else the usual one.
package struct VoiceChoice: Equatable, Sendable {
    /// nil leaves it to the server.
    package var usual: String?
    /// By ISO 639-1.
    package var byLanguage: [String: String]
    /// What a text is taken for that could be anything.
    package var language: String?

    package init(_ usual: String? = nil, byLanguage: [String: String] = [:], language: String? = nil) {
        self.usual = usual
        self.byLanguage = byLanguage
        self.language = language
    }

    /// The voice for `text` and the language it was chosen by, when there is a choice.
    func voice(for text: String) -> (voice: String?, language: String?) {
        guard !byLanguage.isEmpty else { return (usual, nil) }
        var candidates = Set(byLanguage.keys)
        if let language { candidates.insert(language) }
        guard let spoken = WrittenLanguage.of(text, among: candidates) ?? language else { return (usual, nil) }
        return (byLanguage[spoken] ?? usual, spoken)
    }
}

/// The language of a few words, told by their small words and letters from a few others.
enum WrittenLanguage {
    /// nil when nothing speaks for one of them more than for the others.
    static func of(_ text: String, among candidates: Set<String>) -> String? {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
        var counts: [String: Int] = [:]
        for code in candidates {
            let small = words.count { smallWords[code]?.contains($0) ?? false }
            let letters = ownLetters[code].map { own in
                text.lowercased().unicodeScalars.count { letter in own.contains { $0 ~= letter.value } }
            }
            counts[code] = small * 2 + (letters ?? 0)
        }
        let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let best, best.value > 0, counts.count(where: { $0.value == best.value }) == 1 else { return nil }
        return best.key
    }

    /// The commonest, without those that two of these languages share in the same meaning.
    private static let smallWords: [String: Set<String>] = [
        "en": [
            "the", "and", "is", "of", "to", "you", "it", "that", "with", "for", "your", "are", "this", "what", "have",
            "there", "i", "not", "no", "was", "or", "on", "it's", "don't", "done", "okay",
        ],
        "de": [
            "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "ich", "sie", "zu", "den", "mit", "auf", "für",
            "von", "dem", "wird", "noch", "auch", "keine", "kein", "oder", "was", "im", "du", "wir", "es",
        ],
        "fr": [
            "le", "la", "les", "et", "est", "un", "une", "des", "du", "je", "vous", "que", "pas", "pour", "dans", "ce",
            "il", "sur", "avec", "qui", "au", "aux", "ne", "c'est", "ou",
        ],
        "es": [
            "el", "la", "los", "las", "y", "es", "un", "una", "que", "en", "del", "por", "para", "con", "no", "se",
            "lo", "como", "su", "está", "hay", "qué", "yo", "o",
        ],
        "it": [
            "il", "lo", "la", "gli", "e", "è", "un", "una", "che", "di", "per", "con", "non", "si", "del", "della",
            "sono", "ho", "come", "questo", "c'è", "o", "nel",
        ],
        "nl": [
            "de", "het", "een", "en", "van", "is", "dat", "niet", "ik", "je", "op", "te", "zijn", "voor", "met", "er",
            "maar", "ook", "wat", "geen", "of", "naar",
        ],
        "pt": [
            "o", "os", "as", "e", "é", "um", "uma", "que", "de", "do", "da", "em", "não", "para", "com", "por", "se",
            "no", "na", "mais", "você", "há", "ou",
        ],
        "pl": [
            "i", "jest", "nie", "się", "w", "na", "że", "z", "do", "to", "co", "jak", "ale", "o", "czy", "dla", "są",
        ],
        "sv": [
            "och", "att", "det", "är", "en", "ett", "inte", "jag", "du", "som", "på", "för", "med", "av", "den", "har",
        ],
    ]

    /// Letters that the others here do not have (Unicode code points), or hardly.
    private static let ownLetters: [String: [ClosedRange<UInt32>]] = [
        "de": [0xDF...0xDF, 0xE4...0xE4, 0xF6...0xF6, 0xFC...0xFC], "es": [0xF1...0xF1, 0xBF...0xBF, 0xA1...0xA1],
        "pt": [0xE3...0xE3, 0xF5...0xF5], "sv": [0xE5...0xE5], "pl": [0x104...0x107, 0x118...0x119, 0x141...0x144],
        "ru": [0x400...0x4FF], "uk": [0x400...0x4FF], "bg": [0x400...0x4FF], "el": [0x370...0x3FF],
        "he": [0x590...0x5FF], "ar": [0x600...0x6FF], "fa": [0x600...0x6FF], "hi": [0x900...0x97F],
        "th": [0xE00...0xE7F], "ko": [0x1100...0x11FF, 0xAC00...0xD7AF], "ja": [0x3040...0x30FF],
        "zh": [0x4E00...0x9FFF],
    ]
}
