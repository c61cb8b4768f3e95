import SeededRandom
import SpeechFixtures
import Testing

@testable import Speech

struct SentencesTests {
    @Test(arguments: [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It takes 3.5 hours. Then v1.2.3 ships.", ["It takes 3.5 hours.", "Then v1.2.3 ships."]),
        ("Dr. Smith vs. Mr. Jones. Done.", ["Dr. Smith vs. Mr. Jones.", "Done."]),
        ("Ask J. Smith about it.", ["Ask J. Smith about it."]),
        ("He said \"yes.\" She left.", ["He said \"yes.\"", "She left."]),
        ("a line\nanother", ["a line", "another"]),
        ("wait... what", ["wait... what"]),
        ("First, a short clause.", ["First, a short clause."]),
        (
            "Your plan for the app is ready, and it has nine tasks, all open.",
            ["Your plan for the app is ready,", "and it has nine tasks, all open."]
        ),
        ("", []), ("  \n ", []), ("?!", []),
    ])
    func areCutWhereTheyEnd(text: String, sentences: [String]) {
        #expect(Sentences.cut(text) == sentences)
    }

    @Test func aSentenceIsGivenAwayAsSoonAsItIsCertain() {
        var sentences = Sentences()
        #expect(sentences.add("Yes!") == [])
        #expect(sentences.add(" ") == ["Yes!"])
        #expect(sentences.add("It is done. ") == [])
        #expect(sentences.add("N") == ["It is done."])
        #expect(sentences.add("ow") == [])
        #expect(sentences.finish() == ["Now"])
    }

    @Test func noSentenceIsTooLongAndNothingIsLost() {
        let text = String(repeating: "word ", count: 400) + String(repeating: "x", count: 700)
        let sentences = Sentences.cut(text)
        #expect(sentences.allSatisfy { $0.count <= Sentences.longest })
        #expect(sentences.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test func theStreamMakesNoDifference() {
        let text = "Your plan is ready, with 3.5 days of work. Dr. No agrees! See v1.2. Then go on; it is fine?\nYes."
        let whole = Sentences.cut(text)
        var random = SeededRandom(9)
        for _ in 0..<50 {
            var sentences = Sentences()
            var found: [String] = []
            var rest = Substring(text)
            while !rest.isEmpty {
                let delta = rest.prefix(1 + random.next(below: 7))
                rest = rest.dropFirst(delta.count)
                found += sentences.add(String(delta))
            }
            #expect(found + sentences.finish() == whole)
        }
    }
}
