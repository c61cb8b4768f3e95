import Planning

/// What the recognisers made of an utterance.
package struct Transcription: Sendable {
    /// nil when none of them answered.
    package var transcript: Transcript?
    package var engine: String
    package var calls: [EngineCall]

    /// Whether there are words in it.
    var hasWords: Bool {
        transcript.map { !$0.text.allSatisfy { $0.isWhitespace || $0.isPunctuation } } ?? false
    }
}
