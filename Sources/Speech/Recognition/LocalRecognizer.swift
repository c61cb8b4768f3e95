import Audio
import Planning

/// The recogniser on this machine: pocketsphinx, on a thread of its own.
///
/// Its models (about 120 MB) are read when they are first needed, or with `prepare`, and given back after `idle`.
package final class LocalRecognizer: Sendable {
    package struct Configuration: Sendable {
        package var model = SphinxModel.debian
        /// May stand before a command; it is not part of the text.
        package var wakePhrase: String? = "okay planner"
        /// How different the two readings of a command may sound, 0 … 1.
        package var agreement = 0.45
        /// The same for the fixed words of a command that ends in free text.
        package var freeAgreement = 0.2
        /// How much the language model is about planning, 0 … 1.
        package var planningWeight = 0.3
        package var suppression = VoiceActivity.Suppression.off
        package var idle = Duration.seconds(600)

        package init() {}
    }

    /// Seconds of sound taken at once.
    package static let longest = 60

    package let pronunciation: Pronunciation
    private let thread: EngineThread<RecognitionEngine>

    /// - Parameter pronunciation: Shared with whoever else needs one: it maps the dictionary. nil for its own.
    package init(_ configuration: Configuration = Configuration(), pronunciation: Pronunciation? = nil) {
        let pronunciation = pronunciation ?? Pronunciation(configuration.model)
        self.pronunciation = pronunciation
        thread = EngineThread(
            "aloud-ears", idle: configuration.idle,
            make: { RecognitionEngine(configuration, pronunciation: pronunciation) }, rest: { $0.rest() })
    }

    /// Reads the models and learns the names in the background: speech is about to come.
    package func prepare(_ expected: ExpectedSpeech) {
        // What goes wrong here goes wrong again, and is told, when the utterance comes.
        thread.post { try? $0.prepare(expected) }
    }

    package func transcribe(
        _ utterance: Utterance, expecting expected: ExpectedSpeech, until deadline: ContinuousClock.Instant
    ) async throws -> Transcript {
        guard utterance.samples.count <= Self.longest * SpeechFormat.rate else { throw SpeechError.tooLong }
        // Once the result is on its way: decoding leaves free pieces behind that nobody else would use.
        defer { thread.post { $0.tidy() } }
        return try await thread.run(until: deadline) { engine, abort in
            try engine.transcribe(utterance, expected, abort)
        }
    }
}
