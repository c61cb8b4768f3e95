import Planning
import Storage
import Support
import Testing

@testable import Assistant

/// Corrections, choices and what is done to many things at once, as a conversation.
@Suite struct CorrectionTests {
    private func begun(tasks: [String] = ["write the migration", "test the sync", "draw the icons"]) async throws
        -> Conversing
    {
        let talk = try await Conversing()
        try await talk.say("create new project website")
        try await talk.say("create devplan offline sync")
        try await talk.say("cancel")
        for task in tasks { try await talk.say("add task \(task)") }
        return talk
    }

    private func states(_ talk: Conversing) async throws -> [PlanTask.Status] {
        let plan = try #require(try await talk.store.plans().first)
        return try await talk.store.tasks(of: plan.id).map(\.status)
    }

    @Test func theLastCommandIsTakenBackAndDoneAsItWasMeant() async throws {
        let talk = try await begun()
        #expect(try await talk.say("finish task one").text == "Task 1 is done: write the migration.")
        #expect(try await talk.say("no, i meant task two").text == "Task 2 is done: test the sync.")
        #expect(try await states(talk) == [.todo, .done, .todo])
        #expect(try await talk.say("no i meant the icons").text == "Task 3 is done: draw the icons.")
        #expect(try await states(talk) == [.todo, .todo, .done])
        try talk.end()
    }

    @Test func aCorrectionTakesNothingElseBack() async throws {
        let talk = try await begun()
        #expect(try await talk.say("finish task nine").text == "offline sync has no task 9.")
        #expect(try await talk.say("no, i meant task two").text == "Task 2 is done: test the sync.")
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.store.tasks(of: plan.id).count == 3)
        #expect(try await talk.say("no i meant something blue").text.hasPrefix("I can't tell what"))
        #expect(try await states(talk) == [.todo, .done, .todo])
        try talk.end()
    }

    @Test func withNothingToCorrectNothingIsDone() async throws {
        let talk = try await Conversing()
        #expect(
            try await talk.say("no, i meant task two").text == "There is nothing to correct. Say the command again.")
        try talk.end()
    }

    @Test(arguments: [
        ("the second one", "photo album"), ("one", "photo book"), ("photo album", "photo album"),
        ("the book", "photo book"),
    ])
    func aNameThatFitsTwoIsAsked(answer: String, opened: String) async throws {
        let talk = try await Conversing()
        try await talk.say("create new project photo album")
        try await talk.say("create new project photo book")
        try await talk.say("create new project website")
        let asked = try await talk.say("open the photo project")
        #expect(asked.text == "Which one: one, photo book; two, photo album? Or neither.")
        #expect(asked.expectsAnswer)
        #expect(try await talk.say(answer).text == "Opened project \(opened). It has no plan yet.")
        try talk.end()
    }

    @Test func neitherOfThemIsAnAnswer() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project photo album")
        try await talk.say("create new project photo book")
        try await talk.say("close project")
        try await talk.say("open the photo project")
        #expect(try await talk.say("neither").text == "Okay, I left it as it was.")
        #expect(try await talk.say("status").text == "No project is open. You have two projects.")
        try talk.end()
    }

    @Test func manyTasksChangeAfterAYesThatNamesTheirCount() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("mark everything as done").text
                == "Mark all three tasks of offline sync as done? Say yes or no.")
        #expect(try await states(talk) == [.todo, .todo, .todo])
        #expect(try await talk.say("yes").text == "Finished three tasks of offline sync. Say undo to take it back.")
        #expect(try await states(talk) == [.done, .done, .done])
        try await talk.say("undo")
        #expect(try await states(talk) == [.todo, .todo, .todo])
        try await talk.say("finish tasks one and two")
        try await talk.say("no")
        #expect(try await states(talk) == [.todo, .todo, .todo])
        #expect(try await talk.say("finish tasks one and nine").text == "offline sync has no task 9.")
        try talk.end()
    }

    @Test func allPlansGoAfterAYesAndComeBackAtOnce() async throws {
        let talk = try await begun(tasks: [])
        try await talk.say("create devplan billing")
        try await talk.say("cancel")
        #expect(
            try await talk.say("delete all the plans").text.hasPrefix("Delete two plans of website: "))
        try await talk.say("yes")
        #expect(try await talk.store.plans().isEmpty)
        try await talk.say("undo")
        #expect(try await talk.store.plans().count == 2)
        #expect(try await talk.say("archive all my projects").text == "Archive one project: website? Say yes or no.")
        try await talk.say("yes")
        #expect(try await talk.store.project(named: "website")?.status == .archived)
        try talk.end()
    }

    @Test func tasksAreListedAsTheyWereAskedFor() async throws {
        let talk = try await begun()
        try await talk.say("block task two because the server is down")
        try await talk.say("assign task three to Anna")
        #expect(
            try await talk.say("which tasks are blocked").text
                == "offline sync has one blocked task. Task 2: test the sync.")
        #expect(
            try await talk.say("which tasks belong to anna").text
                == "offline sync has one task for anna. Task 3: draw the icons.")
        #expect(try await talk.say("show me the tasks that are done").text == "offline sync has no done tasks.")
        try talk.end()
    }

    @Test func aTaskIsMadeWithAllThatWasSaidOfIt() async throws {
        let talk = try await begun(tasks: [])
        #expect(
            try await talk.say("add a task called ship it priority high estimate two days").text
                == "Added task 1: ship it. It has high priority now. It takes two days.")
        let plan = try #require(try await talk.store.plans().first)
        let task = try #require(try await talk.store.tasks(of: plan.id).first)
        #expect(task.title == "ship it" && task.priority == .high && task.estimateMinutes == 960)
        try talk.end()
    }

    @Test func aPlanIsReadOnSectionBySection() async throws {
        let talk = try await begun(tasks: [])
        try await talk.say("add to the design section that every edit has a clock")
        try await talk.say("add to the testing section that clocks are tested")
        let first = try await talk.say("read the design section").text
        #expect(first.contains("every edit has a clock") || first.contains("Every edit has a clock"))
        #expect(try await talk.say("next section").text.lowercased().contains("clocks are tested"))
        #expect(try await talk.say("next").text == "That was the end of offline sync.")
        #expect(try await talk.say("previous section").text.lowercased().contains("every edit has a clock"))
        try talk.end()
    }

    @Test(arguments: [
        ("slower please", VoiceControl.slower), ("speed up", .faster), ("go to sleep", .sleep),
        ("switch to push to talk", .pushToTalkMode), ("always listen", .openMode), ("use the wake word", .wakeMode),
    ])
    func theVoiceLoopIsToldWhatIsItsToDo(said: String, control: VoiceControl) async throws {
        let talk = try await Conversing()
        #expect(try await talk.say(said).control == control)
        try talk.end()
    }

    @Test(arguments: [
        "verify task one", "take a snapshot", "restore the last snapshot", "start a deep plan about sync",
        "stop the run",
    ])
    func whatIsNotThereYetIsSaidAndNotDone(said: String) async throws {
        let talk = try await begun(tasks: ["write the migration"])
        let before = try await talk.store.lastChange()
        #expect(try await talk.say(said).text.hasSuffix("nothing was done."))
        #expect(try await talk.store.lastChange() == before)
        try talk.end()
    }
}
