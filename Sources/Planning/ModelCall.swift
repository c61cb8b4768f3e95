/// What a language model was asked and what it answered, beside the engine call that it was.
package struct ModelCall: Equatable, Sendable, Codable {
    package let callId: EngineCall.ID
    /// What it was for, such as `talk` or `breakdown`.
    package let purpose: String
    package let model: String
    /// JSON: every message and the names of the tools; empty when its time was over or it was forgotten.
    package var prompt: String
    /// The text and the tool calls, as the model wrote them; empty as `prompt`.
    package var response: String
    /// SHA-256 of the prompt before it was cut to its bound.
    package let promptHash: String
    /// What the prompt was thought to take before it was sent.
    package let estimatedTokens: Int
    /// As the server told; nil when it did not.
    package let promptTokens: Int?
    package let completionTokens: Int?
    /// Millionths of the currency that the prices are in; nil without prices or without usage.
    package let costMicros: Int?
    package let createdAt: Timestamp

    /// Bytes of a prompt or a response that are kept.
    package static let longest = 256 << 10

    package init(
        callId: EngineCall.ID, purpose: String, model: String, prompt: String, response: String, promptHash: String,
        estimatedTokens: Int, promptTokens: Int? = nil, completionTokens: Int? = nil, costMicros: Int? = nil,
        at moment: Timestamp = .now
    ) {
        self.callId = callId
        self.purpose = purpose
        self.model = model
        self.prompt = ModelCall.bounded(prompt)
        self.response = ModelCall.bounded(response)
        self.promptHash = promptHash
        self.estimatedTokens = estimatedTokens
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.costMicros = costMicros
        createdAt = moment
    }

    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "\n[cut: \(text.utf8.count) bytes in all]"
    }
}

/// Something that an answer was made with, so that it can be asked for afterwards.
package struct TurnSource: Equatable, Sendable, Codable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case plan, section, tasks, turns, decisions, notes, passage, summary
    }

    package let kind: Kind
    /// The id of what it is taken from, or of the first of several.
    package let source: String
    package let projectId: Project.ID?
    /// What it is, in words.
    package let title: String
    /// As estimated.
    package let tokens: Int
    /// Whether only a part of it fitted.
    package let isCut: Bool

    package init(
        _ kind: Kind, source: String, project: Project.ID?, title: String, tokens: Int, isCut: Bool = false
    ) {
        self.kind = kind
        self.source = source
        projectId = project
        self.title = title
        self.tokens = tokens
        self.isCut = isCut
    }
}

/// What a conversation came to, written when it was over.
package struct ConversationSummary: Equatable, Sendable, Codable {
    package let conversationId: Conversation.ID
    package let text: String
    package let model: String
    package let createdAt: Timestamp

    package init(conversationId: Conversation.ID, text: String, model: String, at moment: Timestamp = .now) {
        self.conversationId = conversationId
        self.text = text
        self.model = model
        createdAt = moment
    }
}
