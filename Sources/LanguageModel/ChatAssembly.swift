import Support

/// Makes events of a model's answer, object by object. Calls are held back until the answer is known to be whole.
struct ChatAssembly: Equatable {
    private var calls = ToolCallAssembly()
    private var filter = ThoughtFilter()
    private var reason: String?
    private var usage: ChatUsage?
    private var isDone = false

    mutating func add(_ object: JSONValue) -> [ChatEvent] {
        if let usage = ChatUsage(object["usage"]) { self.usage = usage }
        guard let choice = object["choices"]?.array?.first else { return [] }
        if let reason = choice["finish_reason"]?.string, !reason.isEmpty { self.reason = reason }
        // A server that does not stream sends the message itself.
        guard let delta = choice["delta"] ?? choice["message"] else { return [] }
        for piece in delta["tool_calls"]?.array ?? [] { calls.add(piece) }
        let said = filter.add(ChatAssembly.text(delta["content"]) + (delta["refusal"]?.string ?? ""))
        return said.isEmpty ? [] : [.text(said)]
    }

    /// Whether there are more calls than anybody means.
    var isTooMuch: Bool { calls.isTooMuch }

    /// The server said that this is all.
    mutating func done() { isDone = true }

    /// The stream is over, whether the server said so or not.
    mutating func finish() -> [ChatEvent] {
        var events: [ChatEvent] = []
        let held = filter.finish()
        if !held.isEmpty { events.append(.text(held)) }
        let ending = ending
        if ending == .calls { events.append(.calls(calls.calls)) }
        if let usage { events.append(.usage(usage)) }
        return events + [.end(ending)]
    }

    private var ending: ChatEvent.Ending {
        switch reason {
        case "length"?: .length
        case "content_filter"?: .filtered
        case nil where !isDone: .truncated
        // Several servers say `stop` after calls too.
        default: calls.calls.isEmpty ? .stop : .calls
        }
    }

    /// Text, or the text parts of a list.
    private static func text(_ content: JSONValue?) -> String {
        content?.string ?? (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
    }
}

extension ChatUsage {
    fileprivate init?(_ value: JSONValue?) {
        guard let prompt = value?["prompt_tokens"]?.number.flatMap({ Int(exactly: $0) }) else { return nil }
        let completion = value?["completion_tokens"]?.number.flatMap { Int(exactly: $0) } ?? 0
        self.init(promptTokens: prompt, completionTokens: completion)
    }
}
