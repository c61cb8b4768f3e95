/// What was understood of an utterance.
package struct Transcript: Equatable, Sendable {
    package enum Source: String, Codable, Sendable {
        /// One of the expected phrases, with live names in their own spelling.
        case grammar
        /// Free speech, word by word.
        case dictation
        /// Another machine's recogniser.
        case remote
    }

    /// Without the wake phrase; empty when nothing was understood.
    package var text: String
    /// 0 … 1.
    package var confidence: Double
    package var source: Source
    /// Other readings, the likelier first.
    package var alternatives: [String]
    /// How far apart the two local readings sound, 0 (the same) … 1; nil when there were not two.
    package var disagreement: Double?
    /// Whether the wake phrase was heard before the text: a second opinion on what the spotter heard. nil when the
    /// recogniser cannot tell.
    package var heardWake: Bool?
    /// What another machine's recogniser said about its own certainty.
    package var evidence: RemoteEvidence?

    package init(
        text: String, confidence: Double, source: Source, alternatives: [String] = [], disagreement: Double? = nil,
        heardWake: Bool? = nil, evidence: RemoteEvidence? = nil
    ) {
        self.text = text
        self.confidence = confidence
        self.source = source
        self.alternatives = alternatives
        self.disagreement = disagreement
        self.heardWake = heardWake
        self.evidence = evidence
    }
}
