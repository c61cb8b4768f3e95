import Assistant
import Foundation
import Planning
import Storage
import Testing

/// A conversation with a real database, told as a script.
struct Conversing {
    let store: Store
    let dialogue: Dialogue
    private let folder: String
    /// The user's own templates.
    private let files: TemplateFiles?

    init(
        files: TemplateFiles? = nil, exporter: Exporter? = nil,
        clock: @escaping @Sendable () -> Timestamp = { .now }
    ) async throws {
        self.files = files
        folder = NSTemporaryDirectory() + "aloud-" + UUID().uuidString
        store = try await Store.open(path: folder + "/aloud.db")
        dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: LocalPlanner(store: store), templates: TemplateFolder(files?.path),
            exporter: exporter, clock: clock)
    }

    @discardableResult
    func say(_ text: String, continues: Bool = false) async throws -> Reply {
        var reply: Reply?
        for try await event in dialogue.take(Heard(text, surface: .cli, continues: continues)) {
            if case .reply(let said, _) = event { reply = said }
        }
        return try #require(reply)
    }

    func end() throws {
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}

@Suite struct DialogueTests {
    @Test(arguments: [
        ("note: `make && make test`", "Noted: `make && make test`."), ("note 3 * 4 = 12", "Noted: 3 * 4 = 12."),
        ("note reach 100%", "Noted: reach 100%."), ("note reach 100 %", "Noted: reach 100 %."),
        ("note call foo() then bar() (twice)", "Noted: call foo() then bar() (twice)."),
        ("note a — b; c", "Noted: a — b; c."), ("note why not?", "Noted: why not?"),
        ("note: call her right now", "Noted: call her right now."), ("note to call her, please", "Noted: to call her."),
        ("create devplan HTTP/2 & TLS 1.3 (RFC 8446)", "Created plan 1, HTTP/2 & TLS 1.3 (RFC 8446)."),
        ("create new project “Möbel & Söhne”", "Created project Möbel & Söhne."),
        ("Create new project: Voice Notes.", "Created project Voice Notes."),
    ])
    func whatIsWrittenIsKeptToTheLetter(said: String, reply: String) async throws {
        let talk = try await Conversing()
        try await talk.say("create new project demo")
        #expect(try await talk.say(said).text.hasPrefix(reply))
        try talk.end()
    }

    @Test func whatWasPlannedAndSaidIsFound() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project voice notes")
        try await talk.say("create devplan offline editing")
        try await talk.say("Edits are merged by section on the train")
        try await talk.say("create new project billing")
        try await talk.say("add task nothing of the kind")
        let found = try await talk.say("search for merging sections").text
        #expect(
            found
                == "I found two places. In plan 1, offline editing, Overview, of project voice notes: "
                + "Edits are merged by section on the train. You said just now, of project voice notes: "
                + "Edits are merged by section on the train.")
        #expect(try await talk.say("search for wombats").text == "I found nothing about wombats.")
        try talk.end()
    }

    /// More names than the recogniser is offered: what is typed is found all the same.
    @Test func aNameIsFoundAmongThousands() async throws {
        let talk = try await Conversing()
        try await talk.store.change(Origin(surface: .cli), "many") { change in
            for number in 1...1000 { _ = try change.createProject(name: "site \(number)") }
        }
        #expect(try await talk.say("open project site 7").text == "Opened project site 7. It has no plan yet.")
        #expect(try await talk.say("show my projects").text.hasPrefix("You have 1000 projects: site 1000, site 999"))
        try talk.end()
    }

    @Test func anInterviewTakesNoAsideForAnAnswer() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project demo")
        try await talk.say("create devplan sync")
        try await talk.say("Keep notes without a network")
        for aside in ["what time is it", "rename task 2", "how many tasks are left", "why do you ask?"] {
            let reply = try await talk.say(aside)
            #expect(reply.expectsAnswer && reply.text.hasSuffix("I had asked: What must it do?"), "\(aside): \(reply)")
        }
        for again in ["continue", "yes", "thank you", "what was the question"] {
            #expect(try await talk.say(again).text == "What must it do?", "\(again)")
        }
        #expect(try await talk.say("status").text.hasSuffix("not saved yet, and no open tasks. What must it do?"))
        #expect(try await talk.say("save this plan").text == "Saved sync as version 1. What must it do?")
        #expect(try await talk.say("It must merge").text == "How should it work?")
        #expect(try await talk.say("undo").text == "Took back the answer for Requirements. What must it do?")
        #expect(try await talk.say("cancel").text == "Okay, I stop asking. Say continue the plan to go on.")
        #expect(try await talk.say("never mind").text == "Okay, never mind.")
        #expect(try await talk.say("a web page").text.hasPrefix("Noted for sync: A web page."))
        #expect(try await talk.say("continue the plan").text == "What must it do?")
        try talk.end()
    }

    @Test func tasksAreChangedByWord() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project demo")
        try await talk.say("create devplan sync")
        try await talk.say("cancel")
        try await talk.say("add task write the migration")
        try await talk.say("add task test the sync")
        for (said, reply) in [
            ("estimate task one at two hours", "Task 1, write the migration, takes two hours."),
            ("make task write the migration high priority", "Task 1, write the migration, has high priority now."),
            ("assign task two to Ada", "Task 2, test the sync, is for Ada."),
            ("assign task one to me", "Task 1, write the migration, is yours."),
            ("task two is blocked by the API", "Task 2, test the sync, is blocked: the API."),
            ("undo", "Took back blocking task 2."),
            ("estimate task one at soon", "Say how long in minutes, hours, days or weeks, not soon."),
            ("make task nine high priority", "sync has no task 9."),
            ("cancel task two", "Cancel task 2, test the sync? Say yes or no."), ("no", "Okay, I left it as it was."),
            ("cancel task two", "Cancel task 2, test the sync? Say yes or no."),
            ("yes", "Task 2 is cancelled: test the sync."),
        ] {
            #expect(try await talk.say(said).text == reply, "\(said)")
        }
        let tasks = try await talk.store.tasks(of: try #require(try await talk.store.plans().first).id)
        #expect(tasks.map(\.status) == [.todo, .cancelled] && tasks[0].estimateMinutes == 120)
        #expect(tasks[0].priority == .high && tasks[1].assignee == "Ada")
        try talk.end()
    }

    @Test func aNameThatSoundsLikeASentenceIsAskedAboutFirst() async throws {
        let talk = try await Conversing()
        #expect(
            try await talk.say("add a project manager wants to see the numbers before friday").text
                == "Did you mean: create project manager wants to see the numbers before friday? Say yes or no.")
        #expect(try await talk.say("no").text == "Okay, I left it as it was.")
        #expect(try await talk.store.projects().isEmpty)
        try talk.end()
    }

    @Test(arguments: [
        "Export to CSV", "Search by tag", "Start small and grow", "List all notes", "Show a timeline",
        "Delete old notes after a year", "Mark notes as read", "Open links in a browser",
    ])
    func anAnswerThatBeginsWithAVerbIsAnAnswer(said: String) async throws {
        let talk = try await Conversing()
        try await talk.say("create new project demo")
        try await talk.say("create devplan sync")
        try await talk.say("Keep notes without a network")
        #expect(try await talk.say(said).text == "How should it work?")
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.store.draft(of: plan.id)?.content.contains("## Requirements\n\n\(said).") == true)
        try talk.end()
    }

    @Test func severalPlansOfAProjectAreOpenedByName() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project demo")
        try await talk.say("I will use SQLite for it")
        #expect(
            try await talk.say("create devplan first").text
                == "Created plan 1, first. It takes in one note of the project. What is it for, in a sentence or two?")
        try await talk.say("cancel")
        try await talk.say("create devplan second")
        try await talk.say("cancel")
        #expect(try await talk.say("which plans are there").text == "demo has two plans: 2, second; 1, first.")
        #expect(try await talk.say("open plan first").text == "Opened plan first, with no open tasks.")
        #expect(try await talk.say("switch to plan two").text == "Opened plan second, with no open tasks.")
        #expect(try await talk.say("open plan zebra").text == "This project has no plan called zebra.")
        try talk.end()
    }

    @Test func theFirstConversation() async throws {
        let talk = try await Conversing()
        #expect(try await talk.say("create new project voice notes").text == "Created project voice notes.")
        #expect(try await talk.say("show my projects").text == "You have one project: voice notes.")
        #expect(
            try await talk.say("create devplan offline sync").text
                == "Created plan 1, offline sync. What is it for, in a sentence or two?")
        #expect(try await talk.say("Keep notes without a network").text == "What must it do?")
        #expect(try await talk.say("add task write the migration").text == "Added task 1: write the migration.")
        #expect(try await talk.say("save this plan").text == "Saved offline sync as version 1. What must it do?")
        #expect(try await talk.say("save this plan").text == "Nothing has changed since version 1.")
        let version = try #require(try await talk.store.version(1, of: talk.store.plans()[0].id))
        #expect(version.content.contains("## Overview\n\nKeep notes without a network."))
        try talk.end()
    }

    @Test func aDestructiveCommandNamesTheTargetAndTakesOnlyAClearYes() async throws {
        for (answer, status) in [
            ("yes", Project.Status.archived), ("no", .active), ("well maybe", .active), ("show my projects", .active),
            ("yes but not now", .active),
        ] {
            let talk = try await Conversing()
            try await talk.say("create new project website")
            let asked = try await talk.say("archive project website")
            #expect(asked.text == "Archive project website, with no plans and no open tasks? Say yes or no.")
            #expect(asked.expectsAnswer)
            try await talk.say(answer)
            #expect(try await talk.store.project(named: "website")?.status == status, "\(answer)")
            try talk.end()
        }
    }

    @Test func aYesThatNobodyAskedForDoesNothing() async throws {
        let talk = try await Conversing()
        #expect(try await talk.say("yes").text == "I had not asked anything.")
        #expect(try await talk.store.audit().isEmpty)
        try talk.end()
    }

    @Test func whatIsLeftOutIsAskedFor() async throws {
        let talk = try await Conversing()
        #expect(try await talk.say("create new project").text == "What should the project be called?")
        #expect(try await talk.say("Invoice Bot").text == "Created project Invoice Bot.")
        #expect(try await talk.say("create new project").expectsAnswer)
        #expect(try await talk.say("never mind").text == "Okay, I left it as it was.")
        try talk.end()
    }

    @Test func undoAndRedoBySayingSo() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project website")
        #expect(try await talk.say("undo").text == "Took back creating project website.")
        #expect(try await talk.store.projects().isEmpty)
        #expect(try await talk.say("redo").text == "Did again: creating project website.")
        #expect(try await talk.store.projects().map(\.name) == ["website"])
        try talk.end()
    }

    @Test func everyTurnIsKeptWithItsUnderstanding() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project website")
        try await talk.say("it should be fast")
        let turns = try await talk.store.turns(of: talk.store.currentConversation().id)
        #expect(turns.map(\.role) == [.user, .assistant, .user, .assistant])
        #expect(turns[0].command == "create_project")
        #expect(turns[0].tier == .exact)
        #expect(turns[0].slots == #"{"name":"website"}"#)
        #expect(turns[2].tier == .agent)
        #expect(try await talk.store.timings(of: turns[0].id).map(\.stage) == ["route", "respond"])
        #expect(try await talk.store.notes(of: talk.store.projects()[0].id).map(\.text) == ["it should be fast"])
        try talk.end()
    }

    @Test func turnsAreAnsweredInTheOrderTheyCame() async throws {
        let talk = try await Conversing()
        let streams = (1...20).map { talk.dialogue.take(Heard("create new project p\($0)", surface: .socket)) }
        for stream in streams { for try await _ in stream {} }
        let order = try await talk.store.audit().filter { $0.entity == "project" }.compactMap(\.after)
        #expect(zip(order, 1...20).allSatisfy { $0.contains("\"p\($1)\"") })
        try talk.end()
    }

    @Test func moreTurnsThanTheMailboxHoldsAreTurnedAway() async throws {
        let talk = try await Conversing()
        let streams = (1...200).map { talk.dialogue.take(Heard("create new project p\($0)", surface: .socket)) }
        var refused = 0
        for stream in streams {
            do { for try await _ in stream {} } catch DialogueError.busy { refused += 1 }
        }
        #expect(refused > 0)
        #expect(try await talk.store.projects().count == 200 - refused)
        try talk.end()
    }

    @Test func theOpenProjectIsRememberedByTheNextProcess() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project website")
        let again = try Dialogue(
            store: talk.store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: LocalPlanner(store: talk.store))
        var text = ""
        for try await case .reply(let reply, _) in again.take(Heard("status", surface: .voice)) { text = reply.text }
        #expect(text == "Project website is open. It has no open plan.")
        try talk.end()
    }
}

@Suite struct RepeatTests {
    @Test func theLastReplyIsRepeatedAlsoByTheNextProcess() async throws {
        let talk = try await Conversing()
        #expect(try await talk.say("say that again").text == "I have not said anything yet.")
        try await talk.say("create new project website")
        let again = try Dialogue(
            store: talk.store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: LocalPlanner(store: talk.store))
        var text = ""
        for try await case .reply(let reply, _) in again.take(Heard("repeat", surface: .cli)) { text = reply.text }
        #expect(text == "Created project website.")
        try talk.end()
    }
}
