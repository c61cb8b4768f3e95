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

    init() async throws {
        folder = NSTemporaryDirectory() + "aloud-" + UUID().uuidString
        store = try await Store.open(path: folder + "/aloud.db")
        dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: LocalPlanner(store: store))
    }

    @discardableResult
    func say(_ text: String) async throws -> Reply {
        var reply: Reply?
        for try await event in dialogue.take(Heard(text, surface: .cli)) {
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
    @Test func theFirstConversation() async throws {
        let talk = try await Conversing()
        #expect(try await talk.say("create new project voice notes").text == "Created project voice notes.")
        #expect(try await talk.say("show my projects").text == "You have one project: voice notes.")
        #expect(
            try await talk.say("create devplan offline sync").text
                == "Created plan 1, offline sync. What is it for, in a sentence or two?")
        #expect(try await talk.say("Keep notes without a network").text == "What must it do?")
        #expect(try await talk.say("add task write the migration").text == "Added task 1: write the migration.")
        #expect(try await talk.say("save this plan").text == "Saved offline sync as version 1.")
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
