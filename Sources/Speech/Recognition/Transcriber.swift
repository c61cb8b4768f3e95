import Endpoints
import Planning

/// Something that turns utterances into text.
package struct Transcriber: Sendable {
    package var name: String
    /// The host that hears what is said; nil on this machine.
    package var host: String?
    /// What is known of its server; nil on this machine.
    package var watch: EndpointWatch?
    /// Gets what it needs ready, such as a model, because speech is about to come.
    package var prepare: @Sendable (ExpectedSpeech) -> Void
    package var transcribe: @Sendable (Utterance, ExpectedSpeech, ContinuousClock.Instant) async throws -> Transcript
    /// The same, telling what is understood so far; nil when it tells all at once.
    package var follow: Follow?
    /// Finds out what its server can do, when there is time.
    package var learn: @Sendable () async -> Void = {}

    package typealias Partial = @Sendable (String) -> Void
    package typealias Follow =
        @Sendable (Utterance, ExpectedSpeech, ContinuousClock.Instant, @escaping Partial) async throws -> Transcript

    package init(
        name: String, host: String? = nil, prepare: @escaping @Sendable (ExpectedSpeech) -> Void = { _ in },
        transcribe: @escaping @Sendable (Utterance, ExpectedSpeech, ContinuousClock.Instant) async throws -> Transcript
    ) {
        self.name = name
        self.host = host
        self.prepare = prepare
        self.transcribe = transcribe
    }
}

extension Transcriber {
    /// The recogniser on this machine.
    package static func local(_ recognizer: LocalRecognizer) -> Transcriber {
        Transcriber(
            name: "local",
            prepare: { recognizer.prepare($0) },
            transcribe: { try await recognizer.transcribe($0, expecting: $1, until: $2) })
    }
}
