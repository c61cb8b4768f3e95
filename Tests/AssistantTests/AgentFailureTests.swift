import Assistant
import LanguageModel
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// What is said and kept when the model does not do its part.
@Suite struct AgentFailureTests {
    private static let said = "it must work on a train"

    @Test func whatWasSaidIsKeptAndTheReasonIsTold() async throws {
        for (script, outcome, told) in [
            (
                Script.answer("{}", status: 401), "key",
                "The key of the language model at 127.0.0.1 is missing or refused."
            ),
            (
                .answer(#"{"error":{"message":"x","code":"insufficient_quota"}}"#, status: 429), "quota",
                "no credit left"
            ),
            (.answer("{}", status: 429, headers: ["Retry-After": "3600"]), "busy", "too much to do"),
            (.answer("{}", status: 404), "missing", "knows no language model called planner-1"),
            (.answer("{}", status: 500), "broken", "failed"),
            (.answer("<html></html>", type: "text/html"), "garbled", "cannot read"),
            (.close, "unreachable", "cannot be reached"),
            (Model.says(""), "garbled", "cannot read"),
        ] {
            let talk = try await AgentConversation(script)
            try await talk.say("save this plan")
            let (reply, deltas, turn) = try await talk.say(Self.said)
            #expect(reply.text.hasPrefix("Noted for offline sync: It must work on a train. "), "\(outcome)")
            #expect(reply.text.contains(told), "\(outcome): \(reply.text)")
            #expect(deltas.isEmpty)
            #expect(try await talk.store.waitingNotes(of: talk.plan.id).map(\.text) == [Self.said])
            #expect(try await talk.store.engineCalls(of: turn).map(\.outcome) == [outcome])
            try await talk.end()
        }
    }

    @Test func aModelThatIsDownOrSlowIsLeftInTime() async throws {
        let talk = try await AgentConversation(.silence)
        let slow = AgentConversation.model(talk.server.url, firstByte: .milliseconds(100))
        for (model, told) in [
            (AgentConversation.model("http://127.0.0.1:1"), "cannot be reached"), (slow, "did not answer in time"),
        ] {
            let answer = try await AgentPlanner(store: talk.store, models: Shared([model]))
                .answer(Self.said, talk.scene()) { _ in }
            #expect(answer.reply.text.contains(told))
        }
        // The whole turn has a deadline of its own.
        let hurried = AgentPlanner(
            store: talk.store, models: Shared([AgentConversation.model(talk.server.url)]),
            patience: .milliseconds(100))
        let answer = try await hurried.answer(Self.said, talk.scene()) { _ in }
        #expect(answer.reply.text.contains("did not answer in time"))
        try await talk.end()
    }

    @Test func theNextModelIsAskedWhenOneFails() async throws {
        let spare = try await ScriptedServer.start([AgentConversation.path: [Model.says("Here I am.")]])
        let talk = try await AgentConversation(
            .answer("{}", status: 500), more: [AgentConversation.model(spare.url, named: "spare")])
        let (reply, _, turn) = try await talk.say(Self.said)
        #expect(reply.text == "Here I am.")
        #expect(try await talk.store.engineCalls(of: turn).map(\.outcome) == ["broken", "ok"])
        try await talk.end()
        try await spare.stop()
    }

    @Test func aReplyThatBreaksOffRunsNoCalls() async throws {
        let call =
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"add_tasks","arguments":"{\"tasks\":[{\"title\":\"x\"}]}"}}]}}]}"#
        let text = #"{"choices":[{"delta":{"content":"I will add it."}}]}"#
        let stream = Script.chunked(type: "text/event-stream")
        for (script, outcome) in [
            (Script.events([text, call]), "truncated"),
            (stream + .chunk("data: \(text)\n\ndata: \(call)\n\n") + .close, "unreachable"),
            (.events([text, call, #"{"error":{"code":502,"message":"upstream"}}"#]), "broken"),
        ] {
            let talk = try await AgentConversation(script)
            let (reply, deltas, turn) = try await talk.say(Self.said)
            #expect(reply.text.hasPrefix("I will add it. "), "\(outcome)")
            #expect(reply.text.hasSuffix("I noted what you said."), "\(outcome)")
            #expect(deltas.joined() == reply.text)
            #expect(try await talk.store.tasks(of: talk.plan.id).isEmpty)
            #expect(try await talk.store.engineCalls(of: turn).map(\.outcome) == [outcome])
            try await talk.end()
        }
    }

    @Test func whatWasDoneBeforeAFailureIsTold() async throws {
        let talk = try await AgentConversation(
            try Model.calls(("add_tasks", #"{"tasks":[{"title":"x"}]}"#)), .answer("{}", status: 401))
        let (reply, _, _) = try await talk.say(Self.said)
        #expect(reply.text == "I added task 1, x. The key of the language model at 127.0.0.1 is missing or refused.")
        #expect(try await talk.store.tasks(of: talk.plan.id).map(\.title) == ["x"])
        #expect(try await talk.store.waitingNotes(of: talk.plan.id).isEmpty)
        try await talk.end()
    }

    @Test func aSilentModelThatDidSomethingIsSpokenFor() async throws {
        let talk = try await AgentConversation(
            try Model.calls(("add_tasks", #"{"tasks":[{"title":"x"}]}"#)), Model.says(""))
        let (reply, deltas, _) = try await talk.say(Self.said)
        #expect(reply.text == "I added task 1, x.")
        #expect(deltas == ["I added task 1, x."])
        try await talk.end()
    }

    @Test func cancellingEndsTheModelAndKeepsWhatWasWritten() async throws {
        let talk = try await AgentConversation(try Model.calls(("add_tasks", #"{"tasks":[{"title":"x"}]}"#)), .silence)
        let planner = AgentPlanner(
            store: talk.store, models: Shared([AgentConversation.model(talk.server.url)]))
        let scene = try await talk.scene()
        let task = Task { try await planner.answer(Self.said, scene) { _ in } }
        _ = await talk.server.nextRequest()
        _ = await talk.server.nextRequest()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await talk.server.nextEnd() != nil)
        #expect(try await talk.store.tasks(of: talk.plan.id).map(\.title) == ["x"])
        try await talk.end()
    }

    @Test func withoutAModelItIsTheLocalPlanner() async throws {
        let talk = try await AgentConversation(.silence)
        let planner = AgentPlanner(store: talk.store, models: Shared([]))
        #expect(planner.asksForParts)
        let answer = try await planner.answer(Self.said, talk.scene()) { _ in }
        #expect(
            answer.reply.text
                == "Noted for offline sync: It must work on a train. To work it into the plan I would need a language model."
        )
        try await talk.end()
    }
}

extension AgentConversation {
    /// What is open, as the conversation hands it to a planner.
    func scene() async throws -> Scene {
        let conversation = try await store.currentConversation()
        let project = try await store.projects().first
        return Scene(
            origin: Origin(surface: .cli, conversationId: conversation.id),
            focus: try await store.focus(of: conversation.id), project: project, plan: try await plan,
            names: LiveNames(projects: [project?.name].compactMap(\.self)))
    }

    @Test func ofTooManyCallsNoneIsMeant() async throws {
        let flood = Script.events(
            (0..<3000).map { number in
                #"{"choices":[{"delta":{"tool_calls":[{"index":\#(number),"id":"c\#(number)","function":"#
                    + #"{"name":"add_tasks","arguments":"{\"tasks\":[{\"title\":\"task \#(number)\"}]}"}}]}}]}"#
            } + [Model.end("tool_calls"), "[DONE]"])
        let talk = try await AgentConversation(flood)
        let (reply, _, turn) = try await talk.say("make me a list of everything")
        #expect(reply.text.contains("sent an answer that I cannot read"))
        #expect(try await talk.store.tasks(of: talk.plan.id).isEmpty)
        #expect(try await talk.store.engineCalls(of: turn).first?.detail?.contains("too many tool calls") == true)
        try await talk.end()
    }

    @Test func sixteenCallsAreDoneAtOnceAndTheReplyStaysShort() async throws {
        let many = Script.events(
            (0..<40).map { number in
                #"{"choices":[{"delta":{"tool_calls":[{"index":\#(number),"id":"c\#(number)","function":"#
                    + #"{"name":"add_tasks","arguments":"{\"tasks\":[{\"title\":\"task \#(number)\"}]}"}}]}}]}"#
            } + [Model.end("tool_calls"), "[DONE]"])
        let talk = try await AgentConversation(many, Model.says(""))
        let (reply, _, _) = try await talk.say("make me a list of everything")
        #expect(try await talk.store.tasks(of: talk.plan.id).count == 16)
        #expect(reply.text.hasSuffix("added task 5, task 4 and made 11 more changes."), "\(reply.text)")
        let last = try #require(try talk.lastAsked?["messages"]?.array?.last)
        #expect(last["content"]?.string?.contains("at most 16 calls at once") == true)
        try await talk.end()
    }

    @Test func anAnswerThatIsNestedWithoutEndIsRefusedAtOnce() async throws {
        let deep = #"{"choices":"# + String(repeating: "[", count: 1_000_000)
        let talk = try await AgentConversation(.events([deep, "[DONE]"]))
        let began = ContinuousClock.now
        #expect(try await talk.say("it should feel instant").reply.text.contains("that I cannot read"))
        #expect(ContinuousClock.now - began < .seconds(10))
        try await talk.end()
    }

    @Test func aReplyCommandsNoTerminal() async throws {
        let talk = try await AgentConversation(Model.says(#"Red \u001b[31malert\u0007."#))
        #expect(try await talk.say("how does that feel").reply.text == "Red [31malert.")
        try await talk.end()
    }

    /// A question that a conversation without a model left open is answered all the same, and the failure is told.
    @Test func aFailureIsToldWhileASectionIsAskedFor() async throws {
        let talk = try await AgentConversation(Script.answer("{}", status: 401))
        let plan = try await talk.plan
        let draft = PlanDraft(
            planId: plan.id, content: "# offline sync\n\n## Overview\n\n## Design\n", baseVersion: 0,
            askedSection: "Overview")
        try await talk.store.change(Origin(surface: .cli), "asking") { try $0.putDraft(draft) }
        let reply = try await talk.say("It keeps the notes on the train").reply
        #expect(
            reply.text.hasPrefix(
                "The key of the language model at 127.0.0.1 is missing or refused. I kept that under Overview."),
            "\(reply.text)")
        #expect(reply.expectsAnswer)
        try await talk.end()
    }
}
