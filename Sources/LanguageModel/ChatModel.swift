/// A language model.
package struct ChatModel: Sendable {
    /// The kind of engine, as configured.
    package var engine: String
    /// Its own name, for whoever reads what it did.
    package var model: String
    /// The host that is told what is said; nil on this machine.
    package var host: String?
    /// The reply as it is written. Ending the iteration early stops the model.
    package var reply: @Sendable (ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>

    package init(
        engine: String, model: String, host: String? = nil,
        reply: @escaping @Sendable (ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>
    ) {
        self.engine = engine
        self.model = model
        self.host = host
        self.reply = reply
    }
}

/// Why a model gave no reply, in a form that can be said.
package struct ChatFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case unreachable, slow, key, quota, busy, missing, garbled, refused, broken
        /// It failed a short while ago and was not asked again.
        case resting
    }

    package let kind: Kind
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
