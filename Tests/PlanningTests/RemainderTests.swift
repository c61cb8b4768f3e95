import Planning
import Testing

@Suite struct RemainderTests {
    private let text = "There are three tasks. The first is the **migration** of `v2`. The last is the docs."

    @Test(arguments: [
        ("", "There are three tasks. The first is the **migration** of `v2`. The last is the docs."),
        ("There are", "There are three tasks. The first is the **migration** of `v2`. The last is the docs."),
        ("There are three tasks.", "The first is the **migration** of `v2`. The last is the docs."),
        (
            "There are three tasks. The first is the migration",
            "The first is the **migration** of `v2`. The last is the docs."
        ),
        ("There are three tasks. The first is the migration of version two. The last", "The last is the docs."),
    ])
    func theRestBeginsWithTheSentenceThatWasCut(heard: String, rest: String) {
        #expect(Remainder(of: text, heard: heard).text == rest)
    }

    @Test func whatIsBehindLeavesTheCutSentenceOut() {
        let cut = Remainder(of: text, heard: "There are three tasks. The first")
        #expect(cut.behind == "The last is the docs.")
        #expect(
            Remainder(of: text, heard: "There are three tasks. The first is the migration of v2. The").behind == nil)
    }

    @Test func ofWhatWasHeardWholeNothingIsLeft() {
        let whole = Remainder(
            of: text, heard: "There are three tasks. The first is the migration of v2. The last is the docs.")
        #expect(whole.text == nil && whole.behind == nil)
        #expect(Remainder(of: "", heard: "").text == nil)
    }

    @Test func linesOfAListAreSentences() {
        let list = "The tasks:\n- write the docs\n- test the sync\n- ship it"
        #expect(Remainder(of: list, heard: "The tasks: write the docs").text == "- test the sync\n- ship it")
    }

    @Test(arguments: [
        ("add a task write the docs over", "add a task write the docs"),
        ("Show my projects. Over.", "Show my projects"), ("over", ""),
    ])
    func theEndWordIsNoPartOfWhatIsSaid(said: String, rest: String) {
        #expect(EndWord("over")?.stripped(said) == rest)
    }

    @Test(arguments: [
        "let us start over", "hand it over", "the migration takes over", "over the river", "show my projects",
        "add a task roll over",
    ])
    func itIsAnotherWordInTheMiddleOfAThought(said: String) {
        #expect(EndWord("over")?.stripped(said) == nil)
    }

    @Test func noneIsNoEndWord() {
        #expect(EndWord("none") == nil && EndWord(" ") == nil)
        #expect(EndWord("that is it")?.stripped("add a task, that is it") == "add a task")
    }
}
