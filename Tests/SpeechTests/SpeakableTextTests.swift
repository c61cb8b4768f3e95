import SeededRandom
import SpeechFixtures
import Testing

@testable import Speech

struct SpeakableTextTests {
    @Test(arguments: [
        ("Plain text stays.", "Plain text stays."),
        ("# The plan", "The plan."),
        ("**Bold**, *italic*, __both__ and ~~gone~~.", "Bold, italic, both and gone."),
        ("- first\n- second", "first.\nsecond."),
        ("1. Write it\n2. Test it", "1: Write it.\n2: Test it."),
        ("- [ ] write\n- [x] test", "to do: write.\ndone: test."),
        ("> quoted", "quoted."),
        ("one\n\n---\n\ntwo", "one.\ntwo."),
        ("See [the guide](https://example.com/guide).", "See the guide."),
        ("![a diagram](a.png) shows it", "a diagram shows it."),
        ("Go to https://github.com/a/b?c=d now", "Go to a link to github dot com now."),
        ("Mail me@example.com", "Mail me at example dot com."),
        ("Open `main.swift` first", "Open main dot swift first."),
        ("Call `configure()` in `Sources/App/main.swift`", "Call configure in Sources slash App slash main dot swift."),
        ("the userName and user_name", "the user Name and user name."),
        ("Version v1.2.3 is out", "Version version 1 point 2 point 3 is out."),
        ("from 1.2.3 on", "from 1 point 2 point 3 on."),
        ("3/5 are done", "3 of 5 are done."),
        ("45% of 10MB in 5 ms", "45 percent of 10 megabytes in 5 milliseconds."),
        ("1 s or 1 h", "1 second or 1 hour."),
        ("3-5 days", "3 to 5 days."),
        ("on 2026-11-21 at 14:30", "on November 21, 2026 at 14 30."),
        ("task #12", "task number 12."),
        ("The API uses JSON and SQL", "The A P I uses jason and sequel."),
        ("two APIs", "two A P Is."),
        ("e.g. this, i.e. that", "for example this, that is that."),
        ("a → b & c", "a to b and c."),
        ("well — yes", "well, yes."),
        ("id 0190a5b4-7c1e-7d00-8000-3f2b1c4d5e6f", "id an id."),
        ("commit 3f2b1c4", "commit an id."),
        ("Done 🎉!", "Done."), ("Done! 🎉", "Done!"),
        ("2 * 3 = 6", "2 times 3 equals 6."),
        ("a < b and <b>bold</b> &amp; more", "a less than b and bold and more."),
        ("C++ and C#", "C plus plus and C sharp."),
        ("(in brackets)", "in brackets."),
        ("use --force", "use force."),
        ("", ""),
        ("   \n\n  ", ""),
        ("🎉", ""),
        ("***", ""),
    ])
    func isSaidAsPeopleSayIt(markdown: String, spoken: String) {
        #expect(SpeakableText.spoken(markdown) == spoken)
    }

    @Test func codeIsLeftOutAndSaidSo() {
        let markdown = "Try this:\n```swift\nlet a = 1\nprint(a)\n```\nThen run it."
        #expect(SpeakableText.spoken(markdown) == "Try this.\nI left out 2 lines of Swift code.\nThen run it.")
        #expect(SpeakableText.spoken("```\nx\n") == "I left out a line of code.")
    }

    @Test func aTableIsReadByRowsUpToAPoint() {
        let rows = (1...8).map { "| task \($0) | done |" }.joined(separator: "\n")
        let spoken = SpeakableText.spoken("| Task | State |\n|---|:-:|\n\(rows)\n\nAfter.")
        #expect(spoken.hasPrefix("Task, State.\ntask 1, done.\n"))
        #expect(spoken.hasSuffix("And 3 more rows.\nAfter."))
    }

    /// However a text is cut on its way here, the same is said.
    @Test func theStreamMakesNoDifference() {
        let markdown = """
            ## Plan for **voice notes**

            First, open `main.swift`, then see [the docs](https://example.com). It takes 3-5 days, i.e. one week.

            | a | b |
            |---|---|
            | 1 | 2 |

            ```swift
            let x = [1, 2]
            ```
            - [x] done: v1.2.3
            """
        let whole = words(SpeakableText.spoken(markdown))
        var random = SeededRandom(3)
        for _ in 0..<50 {
            var text = SpeakableText()
            var spoken = ""
            var rest = Substring(markdown)
            while !rest.isEmpty {
                let delta = rest.prefix(1 + random.next(below: 9))
                rest = rest.dropFirst(delta.count)
                spoken += text.add(String(delta))
            }
            #expect(words(spoken + text.finish()) == whole)
        }
    }

    @Test func aParagraphIsGivenAwayClauseByClause() {
        var text = SpeakableText()
        #expect(text.add("Your plan is ready, ") == "Your plan is ready, ")
        #expect(text.add("and it has `two,") == "")
        #expect(text.add(" three` tasks. ") == "and it has two, three tasks. ")
    }

    @Test func noTextIsTooOdd() {
        var random = SeededRandom(5)
        let marks = Array("ab 1.,*_`[]()<>|#-~&\\!\n\t/:@é🎉\u{0}")
        for _ in 0..<300 {
            let text = String((0..<random.next(below: 120)).map { _ in marks[random.next(below: marks.count)] })
            let spoken = SpeakableText.spoken(text)
            #expect(!spoken.contains("`") && !spoken.contains("|"))
            _ = Sentences.cut(spoken)
        }
    }

    private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
}
