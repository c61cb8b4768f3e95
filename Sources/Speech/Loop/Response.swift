import Planning

/// A piece of an answer to what was heard, as whoever answers gives it.
package enum Response: Sendable {
    /// Text to be spoken, as it is written.
    case delta(String)
    /// The whole answer; `id` names it when it is told what of it was really spoken.
    case whole(text: String, expectsAnswer: Bool, control: Control?, id: String)

    package enum Control: Sendable {
        /// Close the microphone, open it again, stop speaking.
        case mute, wake, stop
    }
}

/// Who the voice loop talks with: it knows neither the conversation nor a language model.
package struct Respondent: Sendable {
    /// What may be said now.
    package var expected: @Sendable () async -> ExpectedSpeech
    package var respond: @Sendable (HeardText) -> AsyncThrowingStream<Response, any Error>
    /// What was really heard by the user of the answer `id`.
    package var spoken: Spoken
    /// Keeps an utterance that no engine could turn into text.
    package var lost: @Sendable (Utterance, [EngineCall]) async -> Void

    package typealias Spoken =
        @Sendable (_ id: String, _ text: String, _ timings: [StageTiming], _ calls: [EngineCall]) async -> Void

    package init(
        expected: @escaping @Sendable () async -> ExpectedSpeech,
        respond: @escaping @Sendable (HeardText) -> AsyncThrowingStream<Response, any Error>,
        spoken: @escaping Spoken, lost: @escaping @Sendable (Utterance, [EngineCall]) async -> Void
    ) {
        self.expected = expected
        self.respond = respond
        self.spoken = spoken
        self.lost = lost
    }
}

/// An utterance as text, with its sound and what it took to understand it.
package struct HeardText: Sendable {
    package let text: String
    package let utterance: Utterance
    package let timings: [StageTiming]
    package let calls: [EngineCall]
}
