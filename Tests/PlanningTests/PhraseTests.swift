import Planning
import Testing

@Suite struct PhraseTests {
    @Test func alternativesAndOptionalPartsGiveEveryWayToSayIt() throws {
        let phrase = try Phrase(parsing: "(create|make) [a] project {name}")
        let said = phrase.variants.map { variant in
            variant.map { part in
                switch part {
                case .word(let word): word
                case .slot(let slot): "<\(slot.rawValue)>"
                default: "?"
                }
            }.joined(separator: " ")
        }
        #expect(
            said == [
                "create project <name>", "create a project <name>", "make project <name>", "make a project <name>",
            ])
        #expect(phrase.example == "create project NAME")
    }

    @Test(arguments: ["(a|b", "a ) b", "{nothing}", "{name", "[]", "(a|)", "a | | b", ""])
    func aMistakeInAPhraseIsAnErrorThatNamesIt(text: String) {
        #expect(throws: PhraseSyntaxError.self) { try Phrase(parsing: text) }
    }
}

@Suite struct SpokenNumberTests {
    @Test(arguments: [
        ("three", 3), ("twenty one", 21), ("a hundred and two", 102), ("nineteen", 19), ("third", 3),
        ("two thousand and five", 2005), ("12", 12), ("3rd", 3), ("#7", 7), ("twenty first", 21), ("zero", 0),
    ])
    func isReadAsPeopleSayIt(said: String, value: Int) {
        #expect(SpokenNumber.value(of: said.split(separator: " ").map(String.init)) == value)
    }

    @Test(arguments: ["", "voice", "one two", "twenty eleven", "and", "hundred", "three notes", "99999999999"])
    func isNotSeenWhereThereIsNone(said: String) {
        #expect(SpokenNumber.value(of: said.split(separator: " ").map(String.init)) == nil)
    }

    @Test func whatIsSaidIsReadBack() {
        for value in [0, 7, 13, 20, 21, 99, 100, 101, 342, 1000, 1999, 9999] {
            #expect(SpokenNumber.value(of: SpokenNumber.words(value).split(separator: " ").map(String.init)) == value)
        }
    }
}

@Suite struct SpokenWordsTests {
    @Test(arguments: [
        ("Create project: Voice Notes.", "create project voice notes", "Create project: Voice Notes"),
        ("what’s next?", "what's next", "what’s next?"),
        ("note remember WAL, it is faster", "note remember wal it is faster", "note remember WAL, it is faster"),
        ("… — !", "", ""),
        ("use C# and C++.", "use c# and c++", "use C# and C++"),
    ])
    func areComparedPlainAndKeptAsHeard(said: String, plain: String, text: String) {
        let words = SpokenWords(said)
        #expect(words.plain.joined(separator: " ") == plain)
        #expect(words.text == text)
    }
}
