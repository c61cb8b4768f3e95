import Assistant
import Planning
import Storage
import Testing

/// Waiting, going on, the pace of speech and long notes, as a conversation by voice.
@Suite struct PacingTests {
    /// Says it by voice; of the reply only `spoken` is heard, when it is given.
    @discardableResult
    private func say(_ text: String, _ talk: Conversing, hearing spoken: String? = nil) async throws -> Reply {
        var answer: (reply: Reply, turn: Turn.ID)?
        for try await event in talk.dialogue.take(Heard(text, modality: .voice, surface: .voice)) {
            if case .reply(let reply, let turn) = event { answer = (reply, turn) }
        }
        let said = try #require(answer)
        try await talk.dialogue.spoke(said.turn, spoken ?? said.reply.text)
        return said.reply
    }

    private func begun() async throws -> Conversing {
        let talk = try await Conversing()
        for text in ["create new project website", "create devplan offline sync", "cancel", "add task write the docs"] {
            try await say(text, talk)
        }
        return talk
    }

    @Test(arguments: ["go on", "continue", "keep going"])
    func whatWasCutOffIsGoneOnWith(word: String) async throws {
        let talk = try await begun()
        let help = try await say("what can i say", talk, hearing: "You can")
        #expect(try await say(word, talk).text == help.text)
        // Now all of it was heard.
        #expect(try await say(word, talk).text != help.text)
        try talk.end()
    }

    @Test(arguments: ["wait", "hold on a moment", "okay, give me a second", "please hang on", "Wait a minute."])
    func thereAreManyWaysToAskForTime(words: String) async throws {
        let talk = try await begun()
        #expect(try await say(words, talk).control == .wait)
        try talk.end()
    }

    @Test func waitingSaysNothingAndLosesNothing() async throws {
        let talk = try await begun()
        try await say("delete task one", talk, hearing: "Delete")
        let wait = try await say("hold on", talk)
        #expect(wait.text.isEmpty && wait.control == .wait)
        // The question still waits for its answer.
        #expect(try await say("yes", talk).text.hasPrefix("Deleted"))
        try talk.end()
    }

    @Test func theQuestionOutlivesBeingRepeated() async throws {
        let talk = try await begun()
        let question = try await say("delete task one", talk)
        #expect(try await say("repeat that", talk) == question)
        #expect(try await say("yes", talk).text.hasPrefix("Deleted"))
        try talk.end()
    }

    @Test func whatWasCutOffIsSaidAgainSlower() async throws {
        let talk = try await begun()
        let help = try await say("what can i say", talk, hearing: "You")
        #expect(try await say("slower", talk) == Reply(help.text, control: .slower))
        #expect(try await say("faster", talk) == Reply("Okay, faster.", control: .faster))
        try talk.end()
    }

    @Test func skippingLeavesTheCutSentenceOut() async throws {
        let talk = try await begun()
        let help = try await say("what can i say", talk, hearing: "You")
        let rest = try await say("skip this", talk).text
        #expect(help.text.hasSuffix(rest) && rest.count < help.text.count)
        try talk.end()
    }

    @Test func aLongNoteIsTakenPieceByPiece() async throws {
        let talk = try await begun()
        #expect(try await say("take a dictation", talk).control == .dictate)
        for piece in ["the server keeps a queue", "scratch that", "the client keeps a queue", "delete task one"] {
            let reply = try await say(piece, talk)
            #expect(reply.text.isEmpty || reply.text == "Scratched.")
            #expect(reply.expectsAnswer && reply.control == .dictate)
        }
        let end = try await say("and it closes the queue over", talk)
        #expect(end.control == .endDictation)
        #expect(end.text.hasPrefix("Noted, 13 words: The client keeps a queue. Delete task one. And it"), "\(end.text)")
        let plan = try #require(try await talk.store.plans().first)
        #expect(
            try await talk.store.waitingNotes(of: plan.id).map(\.text)
                == ["The client keeps a queue. Delete task one. And it closes the queue."])
        // What was dictated was not done.
        #expect(try await talk.store.tasks(of: plan.id).count == 1)
        #expect(try await say("undo", talk).text.contains("note"))
        try talk.end()
    }

    @Test func aDictationThatIsDroppedIsNoNote() async throws {
        let talk = try await begun()
        try await say("take a dictation", talk)
        try await say("nothing of worth", talk)
        #expect(try await say("cancel dictation", talk).control == .endDictation)
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.store.waitingNotes(of: plan.id).isEmpty)
        try talk.end()
    }

    @Test func theWordForTheEndMakesItWhole() async throws {
        let talk = try await begun()
        #expect(await talk.dialogue.judge("i think we should") == .incomplete)
        #expect(await talk.dialogue.judge("i think we should cache it over") == .complete)
        #expect(try await say("add task test the sync over", talk).text.contains("test the sync."))
        // What is typed means what it says.
        #expect(try await talk.say("add task carry the state over").text.contains("carry the state over"))
        try talk.end()
    }
}
