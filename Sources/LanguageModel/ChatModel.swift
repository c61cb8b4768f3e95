/// A language model.
package struct ChatModel: Sendable {
    /// The kind of engine, as configured.
    package var engine: String
    /// Its own name, for whoever reads what it did.
    package var model: String
    /// The host that is told what is said; nil on this machine.
    package var host: String?
    /// Tokens that a prompt and its reply may have together.
    package var contextTokens = 16_000
    /// The longest reply; nil leaves it to the server.
    package var maximumTokens: Int?
    package var price: ModelPrice?
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

/// What a model costs, for a million tokens; in whatever currency the caps are in.
package struct ModelPrice: Equatable, Sendable {
    package let prompt: Double
    package let completion: Double

    package init(prompt: Double, completion: Double) {
        self.prompt = prompt
        self.completion = completion
    }

    /// Millionths of the currency: tokens × price for a million of them.
    package func micros(prompt promptTokens: Int, completion completionTokens: Int) -> Int {
        Int((Double(promptTokens) * prompt + Double(completionTokens) * completion).rounded(.up))
    }
}

/// Why a model gave no reply, in a form that can be said.
package struct ChatFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case unreachable, slow, key, quota, busy, missing, garbled, refused, broken
        /// It failed a short while ago and was not asked again.
        case resting
        /// Not asked: the day's cap is reached, or it was asked too often within a minute.
        case capped, paced
        /// Not asked: there is more to send than it takes.
        case tooLong = "too_long"
    }

    package let kind: Kind
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
