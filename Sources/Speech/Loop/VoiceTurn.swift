import Audio
import Planning
import Support

/// One turn by voice: from the utterance to the last sound of the reply.
package struct VoiceTurn: Sendable {
    let transcribers: TranscriberList
    let synthesizers: SynthesizerList
    let respondent: Respondent
    let sink: SoundSink
    let tell: @Sendable (VoiceEvent) -> Void

    package init(
        transcribers: TranscriberList, synthesizers: SynthesizerList, respondent: Respondent, sink: SoundSink,
        tell: @escaping @Sendable (VoiceEvent) -> Void
    ) {
        self.transcribers = transcribers
        self.synthesizers = synthesizers
        self.respondent = respondent
        self.sink = sink
        self.tell = tell
    }

    package struct Outcome: Equatable, Sendable {
        package var expectsAnswer = false
        package var control: Response.Control?
        /// Whether anything was understood.
        package var wasUnderstood = false
        /// How much of the reply was played; nil when nothing was.
        package var spokenMilliseconds: Int?
        /// Why the reply was not spoken to its end; nil when it was.
        package var problem: String?
    }

    /// Takes the turn. It always ends: every engine has its deadline, and nothing understood is an outcome.
    package func take(_ heard: HeardUtterance, speakingBegan: @escaping @Sendable () -> Void = {}) async -> Outcome {
        tell(.speechEnded(milliseconds: heard.utterance.pcm.milliseconds))
        let expected = await respondent.expected()
        let (transcript, engine, calls) = await transcribers.transcribe(heard.utterance, expecting: expected)
        let understood = ContinuousClock.now
        for call in calls where call.isFailure {
            tell(.engineFailed(engine: call.engine, kind: call.outcome, reason: call.detail ?? call.outcome))
        }
        let took = (understood - heard.decided).inMilliseconds
        guard let transcript else {
            await respondent.lost(heard.utterance, calls)
            tell(.nothingHeard(reason: "no recogniser answered"))
            return await sayNothingWasUnderstood()
        }
        tell(.transcript(text: transcript.text, engine: engine, milliseconds: took))
        guard !transcript.text.allSatisfy({ $0.isWhitespace || $0.isPunctuation }) else {
            // The wake phrase and a breath: the request is still to come.
            if heard.hasWake { return Outcome(expectsAnswer: true) }
            tell(.nothingHeard(reason: "no words in it"))
            _ = try? await sink.play(Tone.nothing.sound)
            return Outcome()
        }
        let text = HeardText(
            text: transcript.text, utterance: heard.utterance,
            timings: [StageTiming(stage: "transcribe", milliseconds: took)], calls: calls)
        var outcome = await deliver(
            respondent.respond(text), timings: text.timings, decided: heard.decided, understood: understood,
            speakingBegan)
        outcome.wasUnderstood = true
        return outcome
    }

    /// Speaks a reply to what was not said by voice.
    package func speak(
        _ reply: Response, speakingBegan: @escaping @Sendable () -> Void = {}
    ) async -> Outcome {
        let (replies, continuation) = AsyncThrowingStream<Response, any Error>.makeStream()
        continuation.yield(reply)
        continuation.finish()
        let now = ContinuousClock.now
        return await deliver(replies, timings: [], decided: now, understood: now, speakingBegan)
    }

    private func deliver(
        _ responses: AsyncThrowingStream<Response, any Error>, timings before: [StageTiming],
        decided: ContinuousClock.Instant, understood: ContinuousClock.Instant,
        _ speakingBegan: @escaping @Sendable () -> Void
    ) async -> Outcome {
        let reply = Shared(ReplySoFar())
        let ledger = SpokenLedger()
        var played: Played?
        var problem: String?
        do {
            played = try await sink.play { write in
                try await produce(responses, reply, ledger) { sound in
                    let isFirst = reply.update { reply in
                        defer { reply.firstSound = reply.firstSound ?? .now }
                        return reply.firstSound == nil
                    }
                    if isFirst { speakingBegan() }
                    try await write(sound)
                }
            }
        } catch {
            problem = "\(error)"
        }
        let state = reply.value
        if let problem { tell(.engineFailed(engine: "reply", kind: "failed", reason: problem)) }
        var timings = before
        if let answered = state.answered {
            timings.append(StageTiming(stage: "answer", milliseconds: (answered - understood).inMilliseconds))
        }
        if let first = state.firstSound {
            timings.append(StageTiming(stage: "first_sound", milliseconds: (first - decided).inMilliseconds))
        }
        let heardMilliseconds = played.map { Double($0.samples) * 1000 / Double($0.rate) } ?? 0
        let spoken = played.map { _ in Int(heardMilliseconds) }
        if let spoken { tell(.spoken(milliseconds: spoken, path: sink.lastPath())) }
        tell(.timings(timings))
        if let id = state.id {
            await respondent.spoken(
                id, ledger.heard(in: heardMilliseconds), Array(timings.dropFirst(before.count)), state.calls)
        }
        return Outcome(
            expectsAnswer: state.expectsAnswer, control: state.control, spokenMilliseconds: spoken, problem: problem)
    }

    private struct ReplySoFar {
        var id: String?
        var expectsAnswer = false
        var control: Response.Control?
        var answered: ContinuousClock.Instant?
        var firstSound: ContinuousClock.Instant?
        var calls: [EngineCall] = []
    }

    /// Turns the answer into sound sentence by sentence, while the rest of it is still being written.
    private func produce(
        _ responses: AsyncThrowingStream<Response, any Error>, _ reply: Shared<ReplySoFar>, _ ledger: SpokenLedger,
        _ write: @escaping SoundSink.Write
    ) async throws {
        var speech = SpeechText()
        var hasStreamed = false
        for try await response in responses {
            var sentences: [String] = []
            switch response {
            case .delta(let piece):
                hasStreamed = true
                sentences = speech.add(piece)
            case .whole(let whole, let expectsAnswer, let control, let id):
                reply.update { reply in
                    reply.id = id
                    reply.expectsAnswer = expectsAnswer
                    reply.control = control
                    reply.answered = .now
                }
                sentences = (hasStreamed ? [] : speech.add(whole)) + speech.finish()
            }
            for sentence in sentences { try await speak(sentence, reply, ledger, write) }
        }
    }

    private func speak(
        _ sentence: String, _ reply: Shared<ReplySoFar>, _ ledger: SpokenLedger, _ write: @escaping SoundSink.Write
    ) async throws {
        ledger.begin(sentence)
        let calls = try await synthesizers.speak(sentence) { sound in
            ledger.add(milliseconds: Double(sound.samples.count) * 1000 / Double(sound.rate))
            try await write(sound)
        }
        reply.update { $0.calls += calls }
    }

    private func sayNothingWasUnderstood() async -> Outcome {
        let apology = "Sorry, I could not make that out. I kept the recording."
        _ = try? await sink.play { write in _ = try await synthesizers.speak(apology, each: write) }
        return Outcome()
    }
}
