import Planning

/// What happens in the voice loop, for whoever watches.
package enum VoiceEvent: Equatable, Sendable {
    case woke
    case speechStarted
    case speechEnded(milliseconds: Int)
    /// What is understood so far of an utterance; more of it, or something else, follows.
    case partial(text: String)
    case transcript(text: String, engine: String, milliseconds: Double)
    /// Nothing was understood, or nobody spoke.
    case nothingHeard(reason: String)
    /// An engine failed and the next one was used.
    /// `kind` is one word for logs; `reason` may hold what a server said.
    case engineFailed(engine: String, kind: String, reason: String)
    case spoken(milliseconds: Int, path: String?)
    case timings([StageTiming])
    case state(VoiceState)
}

/// What the voice loop is doing.
package enum VoiceState: String, Codable, Sendable {
    /// Waiting for the wake phrase.
    case waiting
    case listening, thinking, speaking, muted
}
