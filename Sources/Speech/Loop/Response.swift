import Planning

/// A piece of an answer to what was heard, as whoever answers gives it.
package enum Response: Sendable {
    /// Text to be spoken, as it is written.
    case delta(String)
    /// The whole answer; `id` names it when it is told what of it was really spoken.
    case whole(text: String, expectsAnswer: Bool, control: Control?, id: String)

    /// What is being done, to be said when it takes long.
    case progress(String)

    package enum Control: Equatable, Sendable {
        /// Close the microphone, open it again, stop speaking.
        case mute, wake, stop
        case mode(VoiceLoop.Mode)
        /// Wait for the wake phrase, or for the key, again.
        case sleep
        /// Begin or end taking down a long note.
        case dictate(Bool)
        /// Quiet, and listen for a good while: the user thinks.
        case wait
        /// This reply already is spoken at the new pace.
        case pace(Pace.Change)
    }
}

/// Who the voice loop talks with: it knows neither the conversation nor a language model.
package struct Respondent: Sendable {
    /// What may be said now.
    package var expected: @Sendable () async -> ExpectedSpeech
    /// Whether what was said so far is all of it.
    package var judge: @Sendable (String) async -> Completeness
    package var respond: @Sendable (HeardText) -> Answering
    /// What was really heard by the user of the answer `id`.
    package var spoken: Spoken
    /// Keeps an utterance that no engine could turn into text.
    package var lost: @Sendable (Utterance, [EngineCall]) async -> Void
    /// Keeps what shall be the same after a restart.
    package var keep: @Sendable (VoiceMemory) async -> Void

    package typealias Spoken =
        @Sendable (_ id: String, _ text: String, _ timings: [StageTiming], _ calls: [EngineCall]) async -> Void

    package init(
        expected: @escaping @Sendable () async -> ExpectedSpeech,
        judge: @escaping @Sendable (String) async -> Completeness = { _ in .open },
        respond: @escaping @Sendable (HeardText) -> Answering,
        spoken: @escaping Spoken, lost: @escaping @Sendable (Utterance, [EngineCall]) async -> Void,
        keep: @escaping @Sendable (VoiceMemory) async -> Void = { _ in }
    ) {
        self.expected = expected
        self.judge = judge
        self.keep = keep
        self.respond = respond
        self.spoken = spoken
        self.lost = lost
    }
}

/// An answer that is being made.
package struct Answering: Sendable {
    package var responses: any AsyncSequence<Response, any Error> & Sendable
    /// Nobody listens any more: what can be ended is ended, a write that began is not, and the whole answer is what there
    /// is of it.
    package var stop: @Sendable () -> Void

    package init(
        _ responses: any AsyncSequence<Response, any Error> & Sendable, stop: @escaping @Sendable () -> Void = {}
    ) {
        self.responses = responses
        self.stop = stop
    }
}

/// An utterance as text, with its sound and what it took to understand it.
package struct HeardText: Sendable {
    package let text: String
    package let utterance: Utterance
    /// It goes on with the text before, whose answer nobody has heard.
    package var continues: Bool
    package let timings: [StageTiming]
    package let calls: [EngineCall]
}
