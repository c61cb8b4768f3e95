import Assistant
import Endpoints
import Foundation
import LanguageModel
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// A conversation with a real database and a model behind a real connection, scripted.
struct AgentConversation {
    let store: Store
    let dialogue: Dialogue
    let server: ScriptedServer
    private let folder: String

    static let path = "/v1/chat/completions"

    init(_ scripts: Script..., more: [ChatModel] = []) async throws {
        folder = NSTemporaryDirectory() + "aloud-" + UUID().uuidString
        store = try await Store.open(path: folder + "/aloud.db")
        server = try await ScriptedServer.start([Self.path: scripts])
        dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: AgentPlanner(store: store, models: Shared([Self.model(server.url)] + more)))
        try await say("create new project website")
        try await say("create devplan offline sync")
    }

    static func model(_ url: String, named name: String = "planner-1", firstByte: Duration = .seconds(20)) -> ChatModel
    {
        var configuration = OpenAIEndpoint.Configuration(baseURL: url + "/v1", key: SecretString("sk"), model: name)
        configuration.firstByteDeadline = firstByte
        let time = EndpointTime(now: { .now }, pause: { _ in })
        return .openai(OpenAIEndpoint(configuration, client: HTTPClient(), time: time))
    }

    @discardableResult
    func say(_ text: String) async throws -> (reply: Reply, deltas: [String], turn: Turn.ID) {
        var deltas: [String] = []
        var answer: Reply?
        var turn: Turn.ID?
        for try await event in dialogue.take(Heard(text, surface: .cli)) {
            switch event {
            case .kept(let id): turn = id
            case .delta(let piece): deltas.append(piece)
            case .reply(let reply, _): answer = reply
            case .routed, .doing: break
            }
        }
        return (try #require(answer), deltas, try #require(turn))
    }

    var plan: Plan {
        get async throws { try #require(try await store.plans().first { $0.title == "offline sync" }) }
    }

    /// What the model was sent, request by request.
    var asked: [JSONValue] { get throws { try server.requests.map { try JSONValue(parsing: $0.text) } } }

    /// The last of them alone: each is long.
    var lastAsked: JSONValue? { get throws { try server.requests.last.map { try JSONValue(parsing: $0.text) } } }

    func end() async throws {
        try await server.stop()
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}

/// The model's side of a conversation, as scripts.
enum Model {
    static func says(_ pieces: String...) -> Script {
        .events(pieces.map { #"{"choices":[{"delta":{"content":"\#($0)"}}]}"# } + [end("stop"), "[DONE]"])
    }

    /// Each call whole in one piece.
    static func calls(_ calls: (name: String, arguments: String)..., saying text: String = "") throws -> Script {
        var events = text.isEmpty ? [] : [#"{"choices":[{"delta":{"content":"\#(text)"}}]}"#]
        for (index, call) in calls.enumerated() {
            let arguments = try JSONText.line(call.arguments)
            events.append(
                """
                {"choices":[{"delta":{"tool_calls":[{"index":\(index),"id":"c\(index)","function":\
                {"name":"\(call.name)","arguments":\(arguments)}}]}}]}
                """)
        }
        return .events(events + [end("tool_calls"), "[DONE]"])
    }

    static func end(_ reason: String) -> String { #"{"choices":[{"delta":{},"finish_reason":"\#(reason)"}]}"# }
}

@Suite struct AgentTests {
    @Test func aReplyIsStreamedAndKept() async throws {
        let talk = try await AgentConversation(Model.says("Which ", "device ", "comes first?"))
        let (reply, deltas, turn) = try await talk.say("i would like it to work on the train")
        #expect(deltas == ["Which ", "device ", "comes first?"])
        #expect(reply.text == "Which device comes first?")
        #expect(reply.expectsAnswer)
        let call = try #require(try await talk.store.engineCalls(of: turn).first)
        #expect(call.kind == .chat)
        #expect(call.host == "127.0.0.1")
        #expect(call.outcome == "ok")
        try await talk.end()
    }

    @Test func whoWaitsIsToldWhatIsBeingDone() async throws {
        let talk = try await AgentConversation(
            try Model.calls(("search", #"{"query":"offline sync"}"#), ("list_tasks", "{}")), Model.says("Two."))
        var doing: [String] = []
        let said = Heard("how many places speak of syncing while the train is in a tunnel", surface: .cli)
        for try await event in talk.dialogue.take(said) {
            if case .doing(let what) = event { doing.append(what) }
        }
        #expect(doing == ["Searching for offline sync.", "Looking through the tasks."])
        try await talk.end()
    }

    @Test func theModelSeesTheRulesThePlanAndWhatWasSaid() async throws {
        let talk = try await AgentConversation(Model.says("Noted."), Model.says("Yes."))
        try await talk.say("add task write the migration")
        try await talk.say("it should feel instant everywhere")
        try await talk.say("did you get that idea of mine")
        let messages = try #require(try talk.lastAsked?["messages"]?.array)
        let texts = messages.compactMap { $0["content"]?.string }
        #expect(messages.first?["role"] == "system")
        #expect(texts[1].contains("Open project: website."))
        #expect(texts[1].contains("offline sync, base_version 0"))
        #expect(texts[2].contains("still misses of its template"))
        #expect(texts[2].contains("- Overview: What is"))
        #expect(texts[2].contains("1. write the migration (todo, medium)"))
        #expect(texts[2].contains("## Requirements"))
        #expect(texts.suffix(3) == ["it should feel instant everywhere", "Noted.", "did you get that idea of mine"])
        #expect(messages.filter { $0["content"] == "did you get that idea of mine" }.count == 1)
        let tools = try #require(try talk.lastAsked?["tools"]?.array)
        #expect(tools.compactMap { $0["function"]?["name"]?.string } == ToolList.all.map(\.name))
        try await talk.end()
    }

    @Test func toolsWriteInTheModelsNameAndTheirResultsGoBack() async throws {
        let talk = try await AgentConversation(
            try Model.calls(
                ("revise_plan", #"{"base_version":0,"sections":[{"heading":"Design","text":"A queue."}]}"#),
                ("add_tasks", #"{"tasks":[{"title":"Build the queue","priority":"high","estimate_minutes":90}]}"#),
                saying: "One moment."), Model.says("Done."))
        let (reply, _, _) = try await talk.say("use a queue and plan the work for it")
        #expect(reply.text == "One moment. Done.")
        let plan = try await talk.plan
        let draft = try #require(try await talk.store.draft(of: plan.id))
        #expect(draft.content.contains("## Design\n\nA queue."))
        #expect(draft.content.contains("## Testing"))
        let task = try #require(try await talk.store.tasks(of: plan.id).first)
        #expect(task.title == "Build the queue")
        #expect(task.priority == .high)
        let audit = try await talk.store.audit()
        #expect(Set(audit.filter { $0.entity == "planTask" }.map(\.actor)) == ["planner-1"])
        let history = try #require(try talk.lastAsked?["messages"]?.array?.suffix(3))
        #expect(history.map { $0["role"]?.string } == ["assistant", "tool", "tool"])
        #expect(history.compactMap { $0["tool_call_id"]?.string } == ["c0", "c1"])
        #expect(history.last?["content"] == #"{"ok":true,"plan":1,"tasks":[1]}"#)
        #expect(try await talk.say("save this plan").reply.text == "Saved offline sync as version 1.")
        #expect(try await talk.say("undo").reply.text.hasPrefix("Took back"))
        try await talk.end()
    }

    @Test func aPlanIsMadeAndSavedWhenAsked() async throws {
        let talk = try await AgentConversation(
            try Model.calls(
                ("create_plan", ##"{"title":"Dark mode","content":"# Dark mode\n\n## Overview\n\nNight."}"##)),
            try Model.calls(
                (
                    "revise_plan",
                    #"{"base_version":0,"sections":[{"heading":"Overview","text":"Late."}],"save":true}"#
                )),
            Model.says("Saved."))
        try await talk.say("something for the night owls would be lovely")
        let plan = try #require(try await talk.store.plans().first { $0.title == "Dark mode" })
        #expect(plan.latestVersion == 1)
        let version = try #require(try await talk.store.version(1, of: plan.id))
        #expect(version.content == "# Dark mode\n\n## Overview\n\nLate.\n")
        #expect(version.author == "planner-1")
        #expect(try await talk.say("add task choose colours").reply.text == "Added task 1: choose colours.")
        #expect(try await talk.store.tasks(of: plan.id).count == 1)
        try await talk.end()
    }

    @Test func whatAToolRefusesIsToldToTheModel() async throws {
        let talk = try await AgentConversation(Model.says("Hello."))
        let before = try await talk.store.lastChange()
        for (name, arguments, said) in [
            ("revise_plan", #"{"base_version":7,"sections":[{"heading":"Design","text":"x"}]}"#, "at version 0, not 7"),
            ("revise_plan", #"{"base_version":0,"sections":[]}"#, "sections is empty"),
            ("revise_plan", #"{"base_version":0,"sections":[{"heading":"a\nb","text":"x"}]}"#, "several lines"),
            ("add_tasks", #"{"tasks":[{"title":"x","depends_on":[9]}]}"#, "no task 9"),
            ("add_tasks", #"{"tasks":[{"title":"x","priority":"soon"}]}"#, "tasks[0].priority: must be one of low"),
            ("add_tasks", #"{"tasks":[{"title":5}]}"#, "tasks[0].title: must be one line of"),
            ("add_tasks", #"{"tasks":[{"titel":"x"}]}"#, "tasks[0].titel: is not known; there is title"),
            ("add_tasks", #"{"tasks":[{"titel":"x"}]}"#, "tasks[0].title: is missing"),
            ("add_tasks", #"{"tasks":[{"title":"x","estimate_minutes":0}]}"#, "a whole number from 1 to"),
            ("add_tasks", #"{"tasks":[{"title":"x"#, "not a JSON object"),
            ("add_tasks", #"{"tasks":[{"title":"a","after":[2]},{"title":"b","after":[1]}]}"#, "in a circle"),
            ("add_tasks", #"{"tasks":[{"title":"a"},{"title":"b","depends_on":[7]}]}"#, "no task 7"),
            ("create_plan", "{}", "title: is missing"),
            ("create_plan", #"{"title":"x","template":"nothing"}"#, "no template nothing"),
            ("show_plan", #"{"section":"Nowhere"}"#, #""sections":["Overview""#),
            ("show_plan", #"{"plan":99}"#, "no plan 99"),
            ("update_task", #"{"task":1}"#, "say what of the task is to change"),
            ("finish_task", #"{"task":1}"#, "evidence: is missing"),
            ("set_plan_status", #"{"status":"archived"}"#, "must be one of draft"),
            ("set_decision", #"{"decision":3,"status":"accepted"}"#, "no decision 3"),
            ("create_plan", ##"{"title":"offline sync","content":"# x"}"##, "exists already"),
            ("delete_everything", "{}", "no tool delete_everything"),
            ("search", "{}", "query: is missing"),
        ] {
            talk.server.play(
                AgentConversation.path, try Model.calls((name, arguments)), Model.says("I could not."))
            try await talk.say("please do that strange thing")
            let result = try talk.lastAsked?["messages"]?.array?.last?["content"]?.string ?? ""
            #expect(result.contains(said), "\(name) \(arguments): \(result)")
            #expect(try await talk.store.lastChange() == before)
        }
        try await talk.end()
    }

    @Test func searchFindsPlansByTheirWords() async throws {
        let talk = try await AgentConversation(
            try Model.calls(("search", #"{"query":"the offline requirements"}"#)), Model.says("Found it."))
        try await talk.say("where did we write about being without a network")
        let result = try talk.lastAsked?["messages"]?.array?.last?["content"]?.string ?? ""
        #expect(result.contains(#""plan":1"#) && result.contains(#""title":"offline sync""#), "\(result)")
        try await talk.end()
    }

    @Test func aModelThatRepeatsItselfChangesNothingTwiceAndIsStopped() async throws {
        let talk = try await AgentConversation(try Model.calls(("add_tasks", #"{"tasks":[{"title":"x"}]}"#)))
        let (reply, _, _) = try await talk.say("do the thing we spoke of")
        #expect(try await talk.store.tasks(of: talk.plan.id).count == 1)
        #expect(try talk.asked.count == 6)
        #expect(reply.text.contains("too many steps"))
        try await talk.end()
    }
}
