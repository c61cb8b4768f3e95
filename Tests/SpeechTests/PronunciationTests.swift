import Testing

@testable import Speech

struct PronunciationTests {
    private let pronunciation = Pronunciation()

    @Test(arguments: [
        ("project", "P R AA JH EH K T"),
        ("fintrack", "F IH N T R AE K"),
        ("payments-api", "P EY M AH N T S EY P IY AY"),
        ("voiceNotes2", "V OY S N OW T S T UW"),
        ("SQLite", "S IY K W AH L AY T"),
        ("XCode", "EH K S K OW D"),
        ("BRT", "B IY AA R T IY"),
        ("naïve", "N AY IY V"),
        ("", ""), ("🎉", ""), ("日本", ""),
    ])
    func knowsHowAWordSounds(text: String, phones: String) {
        #expect(pronunciation.phones(of: text).joined(separator: " ") == phones)
    }

    @Test func withoutItsDictionaryItSoundsWordsOut() {
        let bare = Pronunciation(SphinxModel(folder: "/nonexistent"))
        #expect(bare.phones(of: "project") == ["P", "R", "AA", "JH", "EH", "K", "T"])
    }

    @Test func manyThreadsMayAskAtOnce() async {
        let pronunciation = pronunciation
        let answers = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<64 { group.addTask { pronunciation.phones(of: "quillsworth fintrack api") } }
            return await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
    }

    @Test(arguments: [
        ("payments-api v2", ["payments", "api", "v", "two"]), ("task 21", ["task", "twenty", "one"]),
        ("OAuth", ["oauth"]), ("it's", ["it's"]), ("--", []), ("2026", ["two", "thousand", "twenty", "six"]),
        ("123456", ["one", "two", "three", "four", "five", "six"]),
    ])
    func aNameIsSpokenInWords(text: String, words: [String]) {
        #expect(SpokenForm(text).words == words)
    }
}
