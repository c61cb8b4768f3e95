import Assistant
import Endpoints
import LanguageModel
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// Answers in a form: breaking a plan down, and summing a conversation up.
@Suite struct StructuredTests {
    private static let good = #"""
        {"tasks":[{"title":"Build the queue","estimate_minutes":90,"priority":"high","acceptance":["it survives a crash"]},
        {"title":"Test the queue","after":[1]}]}
        """#

    private static func says(_ text: String, _ reason: String = "stop") throws -> Script {
        .events([#"{"choices":[{"delta":{"content":\#(try JSONText.line(text))}}]}"#, Model.end(reason), "[DONE]"])
    }

    /// A conversation whose plan says something.
    private func talk(_ scripts: [Script]) async throws -> AgentConversation {
        let talk = try await AgentConversation(Model.says("x"))
        talk.server.play(AgentConversation.path, scripts)
        let plan = try await talk.plan
        try await talk.store.change(Origin(surface: .cli), "x") {
            try $0.putDraft(PlanDraft(planId: plan.id, content: "# s\n\n## Design\n\nA queue.\n", baseVersion: 0))
        }
        return talk
    }

    private func breakdown(_ talk: AgentConversation) -> Breakdown {
        Breakdown(
            store: talk.store,
            answer: StructuredAnswer(
                desk: ModelDesk(store: talk.store), models: Shared([AgentConversation.model(talk.server.url)])))
    }

    @Test func aPlanIsBrokenDownAndTheTasksAreOneUndo() async throws {
        let talk = try await talk([try Self.says("Here you are:\n```json\n\(Self.good)\n```")])
        let plan = try await talk.plan
        let origin = Origin(surface: .cli, conversationId: try await talk.store.currentConversation().id)
        let dry = try await breakdown(talk).run(plan, origin: origin, isDry: true)
        #expect(dry.titles == ["Build the queue", "Test the queue"] && dry.numbers == nil)
        #expect(try await talk.store.tasks(of: plan.id).isEmpty)
        let result = try await breakdown(talk).run(plan, origin: origin, isDry: false)
        #expect(result.numbers == [1, 2])
        let tasks = try await talk.store.tasks(of: plan.id)
        #expect(tasks.map(\.dependsOn) == [[], [1]])
        #expect(tasks.first?.acceptance.map(\.text) == ["it survives a crash"])
        let body = try #require(try talk.lastAsked)
        #expect(body["response_format"]?["type"] == "json_schema")
        #expect(body["response_format"]?["json_schema"]?["schema"]?["properties"]?["tasks"]?["type"] == "array")
        #expect(body["messages"]?.array?.last?["content"]?.string?.contains("A queue.") == true)
        #expect(try await talk.store.undo(origin) == .done("adding two tasks to offline sync"))
        #expect(try await talk.store.tasks(of: plan.id).isEmpty)
        #expect(try await talk.store.modelCalls(last: 1).first?.purpose == "breakdown")
        try await talk.end()
    }

    @Test func oneRepairWithTheFaultsAndNoMore() async throws {
        for (first, second, count, told) in [
            (#"{"tasks":[{"titel":"x"}]}"#, Self.good, 2, nil),
            ("I cannot.", Self.good, 2, nil),
            (#"{"tasks":[{"title":"x","priority":"soon"}]}"#, #"{"tasks":7}"#, 2, "tasks: must be a list"),
            (#"{"tasks":[]}"#, "", 1, "found no task"),
        ] as [(String, String, Int, String?)] {
            let talk = try await talk([try Self.says(first), try Self.says(second)])
            let plan = try await talk.plan
            do {
                _ = try await breakdown(talk).run(plan, origin: Origin(surface: .cli), isDry: false)
                #expect(told == nil)
            } catch let error as ToolError {
                #expect(told.map(error.description.contains) == true, "\(error)")
            }
            #expect(talk.server.requests.count == count, "\(first)")
            if count == 2 {
                let asked = try #require(try talk.lastAsked?["messages"]?.array)
                #expect(asked.suffix(2).map { $0["role"]?.string } == ["assistant", "user"])
                #expect(asked.last?["content"]?.string?.contains("Your answer does not fit:") == true)
            }
            #expect(try await talk.store.tasks(of: plan.id).count == (told == nil ? 2 : 0))
            try await talk.end()
        }
    }

    @Test func aServerThatKnowsNoSchemasIsAskedLessFromThenOn() async throws {
        func refuses(_ what: String) -> Script {
            .answer(#"{"error":{"message":"\#(what) is not supported"}}"#, status: 400)
        }
        let talk = try await talk([
            refuses("response_format json_schema"), refuses("response_format"), try Self.says(Self.good),
        ])
        let breakdown = breakdown(talk)
        let plan = try await talk.plan
        for _ in 1...2 { _ = try await breakdown.run(plan, origin: Origin(surface: .cli), isDry: true) }
        let formats = try talk.asked.map { $0["response_format"]?["type"]?.string }
        #expect(formats == ["json_schema", "json_object", nil, nil])
        try await talk.end()
    }

    @Test func theAgentBreaksAPlanDownWithItsTool() async throws {
        let talk = try await talk([
            try Model.calls(("breakdown_plan", "{}")), try Self.says(Self.good), Model.says("Two tasks."),
        ])
        #expect(try await talk.say("cut it into pieces of work").reply.text == "Two tasks.")
        #expect(try await talk.store.tasks(of: talk.plan.id).count == 2)
        try await talk.end()
    }

    @Test func aConversationThatIsOverIsSummedUp() async throws {
        let sum = #"{"summary":"We spoke of trains.","decisions":["Use a queue"],"lessons":["Ask earlier"]}"#
        let talk = try await talk([try Self.says(sum)])
        for text in ["note one", "note two", "note three"] { try await talk.say(text) }
        let summariser = ConversationSummariser(
            store: talk.store,
            answer: StructuredAnswer(
                desk: ModelDesk(store: talk.store), models: Shared([AgentConversation.model(talk.server.url)])))
        #expect(try await summariser.catchUp() == 0)
        let later = Timestamp.now.advanced(byMilliseconds: Store.conversationRest + 1000)
        #expect(try await summariser.catchUp(at: later) == 1)
        #expect(try await summariser.catchUp(at: later) == 0)
        #expect(try await talk.store.summaries().map(\.text) == ["We spoke of trains."])
        #expect(try await talk.store.summaries().map(\.model) == ["planner-1"])
        let kept = try await talk.store.decisions()
        #expect(kept.map(\.text) == ["Ask earlier", "Use a queue"] && kept.allSatisfy { $0.status == .proposed })
        #expect(kept.first?.kind == .lesson && kept.first?.projectId != nil)
        talk.server.play(AgentConversation.path, Model.says("Fine."))
        try await talk.say("where were we with all of that")
        let material = try #require(try talk.lastAsked?["messages"]?.array?[2]["content"]?.string)
        #expect(material.contains("We spoke of trains.") && material.contains("lesson, proposed: Ask earlier"))
        // What is said goes out with all that was made of it.
        _ = try await talk.store.forget(.said(from: Timestamp(milliseconds: 0), until: later))
        #expect(try await talk.store.summaries().isEmpty)
        #expect(try await talk.store.modelCalls().allSatisfy { $0.prompt.isEmpty || !$0.prompt.contains("note three") })
        try await talk.end()
    }
}
