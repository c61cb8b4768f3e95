import Endpoints
import LanguageModel
import ScriptedServer
import Support
import Testing

/// A language model behind a real connection.
@Suite struct ChatModelTests {
    private static let path = "/v1/chat/completions"

    private func model(
        _ server: ScriptedServer, maximumTokens: Int? = nil, stall: Duration = .seconds(10)
    ) -> ChatModel {
        var configuration = OpenAIEndpoint.Configuration(
            baseURL: server.url + "/v1", key: SecretString("sk"), model: "m")
        configuration.stallDeadline = stall
        let time = EndpointTime(now: { .now }, pause: { _ in })
        return .openai(
            OpenAIEndpoint(configuration, client: HTTPClient(), time: time), temperature: 0.4,
            maximumTokens: maximumTokens)
    }

    private func events(_ script: Script, stall: Duration = .seconds(10)) async throws
        -> (events: [ChatEvent], failure: ChatFailure?)
    {
        let server = try await ScriptedServer.start([Self.path: [script]])
        var events: [ChatEvent] = []
        var failure: ChatFailure?
        do {
            let reply = model(server, stall: stall).reply(ChatRequest([.user("hi")]))
            for try await event in reply { events.append(event) }
        } catch {
            failure = error as? ChatFailure
        }
        try await server.stop()
        return (events, failure)
    }

    private static func text(_ text: String) -> String { #"{"choices":[{"delta":{"content":"\#(text)"}}]}"# }
    private static let stop = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#

    @Test func theRequestIsWhatTheAPIWants() async throws {
        let server = try await ScriptedServer.start([Self.path: [.events([Self.text("ok"), Self.stop, "[DONE]"])]])
        let call = ToolCall(id: "c1", name: "add_task", text: #"{"title":"x"}"#)
        let request = ChatRequest(
            [
                .system("rules"), .user("hi"), .assistant("", calls: [call]), .tool(callId: "c1", result: "done"),
            ], tools: [ToolDefinition("add_task", "Adds one.", parameters: ["type": "object"])])
        for try await _ in model(server, maximumTokens: 50).reply(request) {}
        let body = try JSONValue(parsing: try #require(server.requests.first).text)
        #expect(body["model"] == "m")
        #expect(body["stream"] == true)
        #expect(body["max_tokens"] == 50)
        #expect(body["temperature"] == 0.4)
        #expect(body["messages"]?.array?.count == 4)
        #expect(body["messages"]?.array?[2]["tool_calls"]?.array?.first?["function"]?["name"] == "add_task")
        #expect(body["messages"]?.array?[3] == ["role": "tool", "tool_call_id": "c1", "content": "done"])
        #expect(body["tools"]?.array?.first?["function"]?["parameters"] == ["type": "object"])
        try await server.stop()
    }

    @Test func everyWayToEndAStreamIsUnderstood() async throws {
        let hello: [ChatEvent] = [.text("Hello")]
        let stream = Script.chunked(type: "text/event-stream")
        for (script, expected) in [
            (.events([Self.text("Hello"), Self.stop, "[DONE]"]), hello + [.end(.stop)]),
            (.events([Self.text("Hello"), "[DONE] "]), hello + [.end(.stop)]),
            // OpenRouter's comments, Windows line ends, no [DONE], no last blank line.
            (
                stream + .chunk(": OPENROUTER PROCESSING\r\n\r\ndata: \(Self.text("Hello"))\r\n\r\ndata: \(Self.stop)")
                    + .lastChunk, hello + [.end(.stop)]
            ),
            // Neither reason nor [DONE].
            (.events([Self.text("Hello")]), hello + [.end(.truncated)]),
            // A server that does not stream, and one that names its stream wrongly.
            (.answer(#"{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}"#), hello + [.end(.stop)]),
            (.events([Self.text("Hello"), Self.stop], type: "application/json"), hello + [.end(.stop)]),
        ] as [(Script, [ChatEvent])] {
            let (events, failure) = try await events(script)
            #expect(events == expected)
            #expect(failure == nil)
        }
    }

    @Test func bytesMayBeCutAnywhere() async throws {
        let body = "data: \(Self.text("Größe 😀"))\n\ndata: \(Self.stop)\n\n"
        let script =
            Script.chunked(type: "text/event-stream")
            + Array(body.utf8).reduce(Script([])) { $0 + .chunk([$1]) } + .lastChunk
        #expect(try await events(script).events == [.text("Größe 😀"), .end(.stop)])
    }

    @Test func everyFailureHasItsKind() async throws {
        for (script, kind, said) in [
            (.answer("{}", status: 401), .key, 0), (.answer("{}", status: 404), .missing, 0),
            (.answer(#"{"error":{"code":402,"message":"no credits"}}"#, status: 402), .quota, 0),
            (.answer("{}", status: 429, headers: ["Retry-After": "3600"]), .busy, 0),
            (.answer("{}", status: 500), .broken, 0), (.answer("{}", status: 400), .refused, 0),
            (.answer("<html>Welcome</html>", type: "text/html"), .garbled, 0),
            (.answer("not json"), .garbled, 0),
            (.close, .unreachable, 0),
            (.events([Self.text("He"), #"{"error":{"code":502,"message":"upstream"}}"#]), .broken, 1),
            (.events([Self.text("He"), "{half"]), .garbled, 1),
            (.chunked(type: "text/event-stream") + .chunk("data: \(Self.text("He"))\n\n") + .close, .unreachable, 1),
            (.chunked(type: "text/event-stream") + .chunk("data: \(Self.text("He"))\n\n") + .silence, .slow, 1),
        ] as [(Script, ChatFailure.Kind, Int)] {
            let (events, failure) = try await events(script, stall: kind == .slow ? .milliseconds(100) : .seconds(10))
            #expect(failure?.kind == kind, "\(kind)")
            #expect(events.count == said, "\(kind)")
        }
    }

    @Test func aFieldThatIsRefusedIsLeftOutFromThenOn() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(
                    #"{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'."}}"#,
                    status: 400),
                .answer(#"{"error":{"message":"'temperature' does not support 0.4"}}"#, status: 400),
                .events([Self.text("ok"), Self.stop]),
            ]
        ])
        let model = model(server, maximumTokens: 50)
        for _ in 0..<2 { for try await _ in model.reply(ChatRequest([.user("hi")])) {} }
        #expect(server.requests.count == 4)
        let body = try JSONValue(parsing: try #require(server.requests.last).text)
        #expect(body["max_tokens"] == nil)
        #expect(body["max_completion_tokens"] == 50)
        #expect(body["temperature"] == nil)
        try await server.stop()
    }

    @Test func piecesComeAsTheyAreWrittenAndLettingGoStopsTheModel() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .chunked(type: "text/event-stream") + .chunk("data: \(Self.text("He"))\n\n") + .silence
            ]
        ])
        for try await event in model(server).reply(ChatRequest([.user("hi")])) {
            #expect(event == .text("He"))
            break
        }
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }
}
