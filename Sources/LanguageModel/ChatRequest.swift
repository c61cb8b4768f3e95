import Support

/// What a language model is asked.
package struct ChatRequest: Equatable, Sendable {
    package var messages: [ChatMessage]
    package var tools: [ToolDefinition]
    /// When the whole reply must be there.
    package var deadline: ContinuousClock.Instant?
    /// The shape of the answer, when it is to be JSON. Servers that cannot hold a model to it are asked all the same.
    package var form: AnswerForm?

    package init(
        _ messages: [ChatMessage], tools: [ToolDefinition] = [], deadline: ContinuousClock.Instant? = nil,
        form: AnswerForm? = nil
    ) {
        self.messages = messages
        self.tools = tools
        self.deadline = deadline
        self.form = form
    }
}

/// What an answer in JSON looks like.
package struct AnswerForm: Equatable, Sendable {
    /// Letters, digits, `_` and `-`; at most 64.
    package let name: String
    package let shape: JSONShape

    package init(_ name: String, _ shape: JSONShape) {
        self.name = name
        self.shape = shape
    }
}

/// One entry of the history that a language model sees.
package enum ChatMessage: Equatable, Sendable {
    case system(String)
    case user(String)
    /// What the model said and which tools it called; each call needs its result in what follows.
    case assistant(String, calls: [ToolCall] = [])
    case tool(callId: String, result: String)
}

/// Something the model may have done for it.
package struct ToolDefinition: Equatable, Sendable {
    package let name: String
    package let description: String
    /// JSON Schema of its arguments.
    package let parameters: JSONValue
    /// By the rule of `TokenEstimate`; counted once, because a tool is sent again and again.
    let tokens: Int

    package init(_ name: String, _ description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
        tokens = TokenEstimate.rule(name) + TokenEstimate.rule(description) + TokenEstimate.rule(json: parameters) + 8
    }
}

/// A tool that the model wants used.
package struct ToolCall: Equatable, Sendable {
    package let id: String
    package let name: String
    /// As the model wrote them; not always JSON.
    package let text: String

    package init(id: String, name: String, text: String) {
        self.id = id
        self.name = name
        self.text = text
    }

    /// The arguments; nil when the model wrote something else than an object. Nothing is repaired.
    package var arguments: JSONValue? {
        if text.allSatisfy(\.isWhitespace) { return [:] }
        guard let value = try? JSONValue(parsing: text), value.object != nil else { return nil }
        return value
    }
}
