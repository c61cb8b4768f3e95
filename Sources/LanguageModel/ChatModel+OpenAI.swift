import Endpoints
import Support

extension ChatModel {
    /// A model behind an OpenAI-compatible API.
    package static func openai(
        _ endpoint: OpenAIEndpoint, temperature: Double? = nil, maximumTokens: Int? = nil
    ) -> ChatModel {
        var model = ChatModel(engine: "openai", model: endpoint.configuration.model, host: endpoint.host) { request in
            var body = request.body
            body["model"] = .string(endpoint.configuration.model)
            if let temperature { body["temperature"] = .number(temperature) }
            if let maximumTokens { body["max_tokens"] = .number(Double(maximumTokens)) }
            let reply = EndpointReply(endpoint, body, until: request.deadline)
            return AsyncThrowingStream { try await reply.next() }
        }
        model.maximumTokens = maximumTokens
        return model
    }
}

/// Reads one reply on demand, so that a slow reader slows the server down.
private actor EndpointReply {
    private let endpoint: OpenAIEndpoint
    private let body: [String: JSONValue]
    private let deadline: ContinuousClock.Instant?
    private var events: EndpointEvents.Iterator?
    private var assembly = ChatAssembly()
    private var waiting: [ChatEvent] = []
    private var isOver = false

    init(_ endpoint: OpenAIEndpoint, _ body: [String: JSONValue], until deadline: ContinuousClock.Instant?) {
        self.endpoint = endpoint
        self.body = body
        self.deadline = deadline
    }

    func next() async throws -> ChatEvent? {
        do {
            while waiting.isEmpty, !isOver { try await read() }
            return waiting.isEmpty ? nil : waiting.removeFirst()
        } catch let error as EndpointError {
            isOver = true
            throw ChatFailure(error)
        }
    }

    private func read() async throws {
        if events == nil {
            events = try await endpoint.stream("/chat/completions", body, until: deadline).makeAsyncIterator()
        }
        // The iterator is a value; only this actor's one reader moves it.
        guard var iterator = events else { return }
        let element = try await iterator.next()
        events = iterator
        switch element {
        case .object(let object)?:
            waiting = assembly.add(object)
            guard !assembly.isTooMuch else { throw EndpointError(.decode, "too many tool calls in one answer") }
        case .done?: assembly.done()
        case nil:
            isOver = true
            waiting = assembly.finish()
        }
    }
}

extension ChatFailure {
    init(_ error: EndpointError) {
        let kind: Kind =
            switch error.kind {
            case .auth: .key
            case .quota: .quota
            case .rate, .overload: .busy
            case .badRequest: .refused
            case .notFound: .missing
            case .decode: .garbled
            case .network: .unreachable
            case .timeout: .slow
            case .server: .broken
            case .skipped: .resting
            }
        self.init(kind, error.description)
    }
}

extension ChatRequest {
    fileprivate var body: [String: JSONValue] {
        var body: [String: JSONValue] = [
            "messages": .array(messages.map(\.json)), "stream": true, "stream_options": ["include_usage": true],
        ]
        if !tools.isEmpty { body["tools"] = .array(tools.map(\.json)) }
        if let form {
            body["response_format"] = [
                "type": "json_schema", "json_schema": ["name": .string(form.name), "schema": form.shape.schema],
            ]
        }
        return body
    }

    /// What is sent, as it is kept: every message whole, and the tools by their names.
    package var transcript: String {
        let kept: [String: JSONValue] = [
            "messages": .array(messages.map(\.json)), "tools": .array(tools.map { .string($0.name) }),
        ]
        return (try? JSONText.line(form.map { kept.merging(["form": .string($0.name)]) { $1 } } ?? kept)) ?? ""
    }
}

extension ChatMessage {
    fileprivate var json: JSONValue {
        switch self {
        case .system(let text): ["role": "system", "content": .string(text)]
        case .user(let text): ["role": "user", "content": .string(text)]
        case .assistant(let text, let calls):
            .object(
                ["role": "assistant", "content": .string(text)]
                    .merging(calls.isEmpty ? [:] : ["tool_calls": .array(calls.map(\.json))]) { $1 })
        case .tool(let callId, let result):
            ["role": "tool", "tool_call_id": .string(callId), "content": .string(result)]
        }
    }
}

extension ToolCall {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(text.isEmpty ? "{}" : text)],
        ]
    }
}

extension ToolDefinition {
    fileprivate var json: JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(name), "description": .string(description), "parameters": parameters,
            ],
        ]
    }
}
