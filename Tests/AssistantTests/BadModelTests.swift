import Assistant
import LanguageModel
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// One row for each way in which models and their servers misbehave: what the user hears, and what is left of it.
@Suite struct BadModelTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let scripts: [Script]
        /// What is in the reply.
        let heard: String
        /// What the calls ended in.
        let outcomes: [String]
        /// Whether what was said is kept as a note.
        var isNoted = true
        var tasks: [String] = []

        var testDescription: String { what }
    }

    private static let add = #"{"tasks":[{"title":"x"}]}"#
    private static let stream = Script.chunked(type: "text/event-stream")

    private static func text(_ text: String) -> String {
        let quoted = (try? JSONText.line(text)) ?? "\"\""
        return #"{"choices":[{"delta":{"content":\#(quoted)}}]}"#
    }

    private static func says(_ words: String, _ reason: String = "stop") -> Script {
        .events([text(words), Model.end(reason), "[DONE]"])
    }

    private static func call(_ name: String, _ arguments: String, index: Int = 0) -> String {
        let quoted = (try? JSONText.line(arguments)) ?? "\"\""
        return
            #"{"choices":[{"delta":{"tool_calls":[{"index":\#(index),"id":"c\#(index)","function":{"name":"\#(name)","#
            + #""arguments":\#(quoted)}}]}}]}"#
    }

    private static func calls(_ name: String, _ arguments: String) -> Script {
        .events([call(name, arguments), Model.end("tool_calls"), "[DONE]"])
    }

    private static let sorry = says("I could not do that.")

    static let rows: [Row] = [
        Row(
            what: "not JSON", scripts: [.answer("so sorry", type: "text/plain")],
            heard: "sent an answer that I cannot read", outcomes: ["garbled"]),
        Row(
            what: "half of JSON", scripts: [.events([#"{"choices":[{"delta"#])],
            heard: "sent an answer that I cannot read", outcomes: ["garbled"]),
        Row(
            what: "a web page", scripts: [.answer("<!DOCTYPE html><html></html>", type: "text/html")],
            heard: "sent an answer that I cannot read", outcomes: ["garbled"]),
        Row(
            what: "401", scripts: [.answer("{}", status: 401)],
            heard: "The key of the language model at 127.0.0.1 is missing or refused.", outcomes: ["key"]),
        Row(
            what: "429", scripts: [.answer("{}", status: 429, headers: ["Retry-After": "3600"])],
            heard: "has too much to do right now", outcomes: ["busy"]),
        Row(
            what: "500", scripts: [.answer("{}", status: 500)], heard: "The language model at 127.0.0.1 failed.",
            outcomes: ["broken"]),
        Row(
            what: "an error within the stream",
            scripts: [.events([text("I "), #"{"error":{"code":502,"message":"upstream"}}"#])],
            heard: "failed. I noted what you said.", outcomes: ["broken"]),
        Row(what: "closed before anything", scripts: [.close], heard: "cannot be reached", outcomes: ["unreachable"]),
        Row(
            what: "closed within the stream", scripts: [stream + .chunk("data: \(text("I will "))\n\n") + .close],
            heard: "I will  The language model at 127.0.0.1 cannot be reached. I noted what you said.",
            outcomes: ["unreachable"]),
        Row(
            what: "ends without saying so", scripts: [.events([text("I will")])],
            heard: "I will The answer broke off there. I noted what you said.", outcomes: ["truncated"]),
        Row(
            what: "an empty answer", scripts: [says("")], heard: "sent an answer that I cannot read",
            outcomes: ["garbled"]),
        Row(
            what: "only white space", scripts: [says(" \n ")], heard: "sent an answer that I cannot read",
            outcomes: ["garbled"]),
        Row(
            what: "only thoughts", scripts: [says("<think>hm</think>")], heard: "sent an answer that I cannot read",
            outcomes: ["garbled"]),
        Row(
            what: "length stop in words", scripts: [says("First we need", "length")],
            heard: "First we need I had to stop there, because the reply reached the longest that the model may write.",
            outcomes: ["length"], isNoted: false),
        Row(
            what: "length stop in a call",
            scripts: [
                .events([text("One moment."), call("add_tasks", #"{"tasks":[{"ti"#), Model.end("length"), "[DONE]"])
            ], heard: "One moment. I had to stop there", outcomes: ["length"], isNoted: false),
        Row(
            what: "half a call", scripts: [.events([text("One moment."), call("add_tasks", #"{"tasks":[{"ti"#)])],
            heard: "The answer broke off there. I noted what you said.", outcomes: ["truncated"]),
        Row(
            what: "half a call that claims to be whole", scripts: [calls("add_tasks", #"{"tasks":[{"ti"#), sorry],
            heard: "I could not do that.", outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "an unknown tool", scripts: [calls("delete_everything", "{}"), sorry], heard: "I could not do that.",
            outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "wrong types", scripts: [calls("add_tasks", #"{"tasks":"x"}"#), sorry], heard: "I could not do that.",
            outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "a missing field", scripts: [calls("add_tasks", "{}"), sorry], heard: "I could not do that.",
            outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "a call that is mended",
            scripts: [calls("add_tasks", "[]"), calls("add_tasks", add), says("Added.")], heard: "Added.",
            outcomes: ["ok", "ok", "ok"], isNoted: false, tasks: ["x"]),
        Row(
            what: "a call written as text once",
            scripts: [says(#"{"name":"add_tasks","arguments":\#(add)}"#), says("What exactly?")],
            heard: "What exactly?", outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "a call written as text again and again",
            scripts: [says("Sure. <tool_call>\n{\"name\":\"add_tasks\",\"arguments\":\(add)}\n</tool_call>")],
            heard: "that I cannot read. I noted what you said.", outcomes: ["ok", "ok"]),
        Row(
            what: "a code block", scripts: [says("Say ```swift\nlet x = 1\n``` and so on.")], heard: "let x = 1",
            outcomes: ["ok"], isNoted: false),
        Row(
            what: "huge arguments",
            scripts: [
                calls(
                    "append_to_section", #"{"section":"Design","text":"\#(String(repeating: "a", count: 300_000))"}"#),
                sorry,
            ], heard: "I could not do that.", outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "arguments beyond the bound",
            scripts: [calls("append_to_section", #"{"text":"\#(String(repeating: "a", count: 1_200_000))"}"#)],
            heard: "sent an answer that I cannot read", outcomes: ["garbled"]),
        Row(
            what: "arguments nested without end",
            scripts: [calls("add_tasks", String(repeating: "[", count: 5000)), sorry], heard: "I could not do that.",
            outcomes: ["ok", "ok"], isNoted: false),
        Row(
            what: "64 calls",
            scripts: [
                .events(
                    (0..<64).map { call("add_tasks", #"{"tasks":[{"title":"t\#($0)"}]}"#, index: $0) } + [
                        Model.end("tool_calls"), "[DONE]",
                    ]), says("Done."),
            ], heard: "Done.", outcomes: ["ok", "ok"], isNoted: false, tasks: (0..<16).map { "t\($0)" }),
        Row(
            what: "65 calls",
            scripts: [
                .events((0..<65).map { call("add_tasks", add, index: $0) } + [Model.end("tool_calls"), "[DONE]"])
            ], heard: "sent an answer that I cannot read", outcomes: ["garbled"]),
        Row(
            what: "held back by the server", scripts: [says("Well", "content_filter")],
            heard: "The server held back the rest.", outcomes: ["ok"], isNoted: false),
    ]

    @Test(arguments: rows) func theUserHearsTheTruthAndNothingIsLost(row: Row) async throws {
        let talk = try await AgentConversation(Model.says("x"))
        talk.server.play(AgentConversation.path, row.scripts)
        try await talk.say("save this plan")
        let (reply, deltas, turn) = try await talk.say("it must work on a train")
        #expect(reply.text.contains(row.heard), "\(reply.text)")
        #expect(!reply.text.contains("\"arguments\"") && !reply.text.contains("tool_call"), "\(reply.text)")
        #expect(deltas.isEmpty || deltas.joined() == reply.text)
        #expect(try await talk.store.engineCalls(of: turn).map(\.outcome) == row.outcomes)
        #expect(try await talk.store.modelCalls(of: turn).count == row.outcomes.count)
        let notes = try await talk.store.waitingNotes(of: talk.plan.id).map(\.text)
        #expect(notes == (row.isNoted ? ["it must work on a train"] : []))
        #expect(try await talk.store.tasks(of: talk.plan.id).map(\.title) == row.tasks)
        let turns = try await talk.store.turns(of: talk.store.currentConversation().id)
        #expect(turns.contains { $0.heard == "it must work on a train" })
        #expect(turns.last?.heard == reply.text)
        try await talk.end()
    }

    @Test func nobodyWhoWaitsStopsTheModelAndWhatItSaidIsTheReply() async throws {
        let talk = try await AgentConversation(
            Self.stream + .chunk("data: \(Self.text("Let me think about"))\n\n") + .silence)
        let events = talk.dialogue.take(Heard("it must work on a train", surface: .cli))
        let listening = Task {
            for try await event in events { if case .delta = event { break } }
        }
        try await listening.value
        // The stream was let go with the loop: the connection is closed, and the next turn is answered.
        _ = consume events
        #expect(await talk.server.nextEnd() != nil)
        let reply = try await talk.say("show version history").reply.text
        #expect(reply.contains("no saved version"), "\(reply)")
        let turns = try await talk.store.turns(of: talk.store.currentConversation().id)
        #expect(turns.contains { $0.role == .assistant && $0.heard == "Let me think about" })
        #expect(try await talk.store.modelCalls(last: 1).first?.response == "Let me think about")
        try await talk.end()
    }
}
