import Audio
import Planning
import Support

/// One turn by voice: from the utterance to the last sound of the reply.
package struct VoiceTurn: Sendable {
    let transcribers: TranscriberList
    let synthesizers: SynthesizerList
    let respondent: Respondent
    let mouth: Mouth
    let pace: Shared<Pace>
    let work: Work?
    let tell: @Sendable (VoiceEvent) -> Void
    /// What Aloud said last.
    private let said = Shared(SelfHearing())

    /// - Parameter work: Counts what goes on, for a clock that is not the wall's.
    package init(
        transcribers: TranscriberList, synthesizers: SynthesizerList, respondent: Respondent, mouth: Mouth,
        pace: Shared<Pace> = Shared(.normal), work: Work? = nil, tell: @escaping @Sendable (VoiceEvent) -> Void
    ) {
        self.transcribers = transcribers
        self.synthesizers = synthesizers
        self.respondent = respondent
        self.mouth = mouth
        self.pace = pace
        self.work = work
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

    /// Who wants to know how the turn goes.
    struct Observer: Sendable {
        /// Sound begins.
        var speakingBegan: @Sendable () -> Void = {}
        /// Whether what was heard is for Aloud at all; `isSelf` when it was Aloud's own voice.
        var weighed: @Sendable (_ isForUs: Bool, _ isSelf: Bool) async -> Void = { _, _ in }
        /// Waits until it is kept what was heard of replies that ended before their end.
        var settled: @Sendable () async -> Void = {}
        /// What is being done, for whoever waits.
        var progress: @Sendable (String) -> Void = { _ in }
    }

    func transcribe(
        _ utterance: Utterance, partial: @escaping Transcriber.Partial = { _ in }
    ) async -> Transcription {
        await transcribers.transcribe(utterance, expecting: await respondent.expected()) { [tell] text in
            tell(.partial(text: text))
            partial(text)
        }
    }

    /// Takes the turn by itself, as of a recording.
    package func take(_ heard: HeardUtterance) async -> Outcome {
        await take(heard, as: .alone, guess: nil, voice: ReplyVoice(work: work), Observer())
    }

    /// Takes the turn. It always ends: every engine has its deadline, and nothing understood is an outcome.
    ///
    /// - Parameter guess: What the utterance says, when that was asked for before it ended.
    func take(
        _ heard: HeardUtterance, as manner: VoiceLoop.Manner, guess: Task<Transcription, Never>?, voice: ReplyVoice,
        _ observer: Observer
    ) async -> Outcome {
        defer { voice.tell() }
        tell(.speechEnded(milliseconds: heard.utterance.pcm.milliseconds))
        let transcription = if let guess { await guess.value } else { await transcribe(heard.utterance) }
        let understood = ContinuousClock.now
        for call in transcription.calls where call.isFailure {
            tell(.engineFailed(engine: call.engine, kind: call.outcome, reason: call.detail ?? call.outcome))
        }
        let took = (understood - heard.decided).inMilliseconds
        guard let transcript = transcription.transcript else {
            await observer.weighed(false, false)
            await respondent.lost(heard.utterance, transcription.calls)
            tell(.nothingHeard(reason: "no recogniser answered"))
            if manner != .interrupting { await sayNothingWasUnderstood(voice, observer) }
            return Outcome()
        }
        tell(.transcript(text: transcript.text, engine: transcription.engine, milliseconds: took))
        if let reason = await reasonNotToAnswer(transcription, heard, manner) {
            await observer.weighed(false, reason == .self)
            return await leave(reason, heard, manner)
        }
        await observer.weighed(true, false)
        let timings = [
            StageTiming(stage: "endpoint", milliseconds: Double(heard.trailing)),
            StageTiming(stage: "transcribe", milliseconds: took),
        ]
        let text = HeardText(
            text: transcript.text, utterance: heard.utterance, continues: manner == .continuing, timings: timings,
            calls: transcription.calls)
        await observer.settled()
        var outcome = await deliver(
            respondent.respond(text), Began(timings: timings, decided: heard.decided, understood: understood), voice,
            observer)
        outcome.wasUnderstood = true
        return outcome
    }

    private enum Reason {
        case noWords, `self`, backchannel, tooShort
    }

    /// Less voice than this while Aloud speaks, in milliseconds, may be a cough in which a recogniser heard a word.
    private static let cough = 300

    private func reasonNotToAnswer(
        _ transcription: Transcription, _ heard: HeardUtterance, _ manner: VoiceLoop.Manner
    ) async -> Reason? {
        guard transcription.hasWords, let transcript = transcription.transcript else { return .noWords }
        guard manner == .interrupting else { return nil }
        if said.value.recognises(transcript.text) { return .self }
        if Backchannel.isOne(transcript.text) { return .backchannel }
        guard heard.voicedAfterWake < Self.cough, !heard.hasWake, !Stopping.isOne(transcript.text) else { return nil }
        return await respondent.judge(transcript.text) == .complete ? nil : .tooShort
    }

    private func leave(_ reason: Reason, _ heard: HeardUtterance, _ manner: VoiceLoop.Manner) async -> Outcome {
        switch reason {
        case .noWords:
            // The wake phrase and a breath: the request is still to come.
            if heard.hasWake { return Outcome(expectsAnswer: true) }
            tell(.nothingHeard(reason: "no words in it"))
            if manner != .interrupting { await mouth.play(Tone.nothing.sound) }
        case .self: tell(.nothingHeard(reason: "it was Aloud itself"))
        case .backchannel: tell(.nothingHeard(reason: "it was only a sign to go on"))
        case .tooShort: tell(.nothingHeard(reason: "it was too short for words"))
        }
        return Outcome()
    }

    /// Speaks a reply to what was not said by voice.
    package func speak(_ reply: Response) async -> Outcome {
        await speak(reply, voice: ReplyVoice(work: work), Observer())
    }

    func speak(_ reply: Response, voice: ReplyVoice, _ observer: Observer) async -> Outcome {
        defer { voice.tell() }
        let (replies, continuation) = AsyncThrowingStream<Response, any Error>.makeStream()
        continuation.yield(reply)
        continuation.finish()
        let now = ContinuousClock.now
        return await deliver(
            Answering(replies), Began(timings: [], decided: now, understood: now), voice, observer)
    }

    private func sayNothingWasUnderstood(_ voice: ReplyVoice, _ observer: Observer) async {
        await mouth.play(Tone.error.sound)
        let apology = Response.whole(
            text: FixedPhrase.lost, expectsAnswer: false, control: nil, id: "")
        _ = await speak(apology, voice: voice, observer)
    }
}

// MARK: Answering

extension VoiceTurn {
    /// What was before the answer.
    private struct Began {
        let timings: [StageTiming]
        let decided: ContinuousClock.Instant
        let understood: ContinuousClock.Instant
    }

    private struct ReplySoFar {
        var id: String?
        var expectsAnswer = false
        var control: Response.Control?
        var answered: ContinuousClock.Instant?
        var firstSound: ContinuousClock.Instant?
        var calls: [EngineCall] = []
        var problem: String?
    }

    private func deliver(
        _ answering: Answering, _ began: Began, _ voice: ReplyVoice, _ observer: Observer
    ) async -> Outcome {
        let reply = Shared(ReplySoFar())
        voice.onEnd(answering.stop)
        work?.begin()
        async let making: Void = make(answering.responses, reply, voice, observer)
        var heard: ReplyVoice.Heard?
        do {
            heard = try await voice.play(in: mouth) {
                reply.update { $0.firstSound = $0.firstSound ?? .now }
                observer.speakingBegan()
            }
        } catch {
            reply.update { $0.problem = "\(error)" }
            await voice.end()
        }
        await making
        return await finish(reply.value, heard, began)
    }

    private func finish(_ reply: ReplySoFar, _ heard: ReplyVoice.Heard?, _ began: Began) async -> Outcome {
        if let problem = reply.problem { tell(.engineFailed(engine: "reply", kind: "failed", reason: problem)) }
        var timings: [StageTiming] = []
        if let answered = reply.answered {
            timings.append(StageTiming(stage: "answer", milliseconds: (answered - began.understood).inMilliseconds))
        }
        if let first = reply.firstSound {
            timings.append(StageTiming(stage: "first_sound", milliseconds: (first - began.decided).inMilliseconds))
        }
        let spoken = reply.firstSound.flatMap { _ in heard.map { Int($0.milliseconds) } }
        if let spoken { tell(.spoken(milliseconds: spoken, path: mouth.lastPath())) }
        tell(.timings(began.timings + timings))
        if let id = reply.id, !id.isEmpty {
            await respondent.spoken(id, heard?.text ?? "", timings, reply.calls)
        }
        return Outcome(
            expectsAnswer: reply.expectsAnswer, control: reply.control, spokenMilliseconds: spoken,
            problem: reply.problem)
    }

    /// Turns the answer into sound clause by clause, while the rest of it is still being written.
    private func make(
        _ responses: any AsyncSequence<Response, any Error> & Sendable, _ reply: Shared<ReplySoFar>,
        _ voice: ReplyVoice,
        _ observer: Observer
    ) async {
        defer { work?.end() }
        do {
            try await make(each: responses, reply, voice, observer)
        } catch is CancellationError {
            // What was ended is not made.
        } catch {
            reply.update { $0.problem = "\(error)" }
        }
        voice.complete()
    }

    private func make(
        each responses: any AsyncSequence<Response, any Error> & Sendable, _ reply: Shared<ReplySoFar>,
        _ voice: ReplyVoice,
        _ observer: Observer
    ) async throws {
        var speech = SpeechText()
        var hasStreamed = false
        for try await response in responses {
            var clauses: [String] = []
            switch response {
            case .progress(let text): observer.progress(text)
            case .delta(let piece):
                hasStreamed = true
                clauses = speech.add(piece)
            case .whole(let whole, let expectsAnswer, let control, let id):
                reply.update { reply in
                    reply.id = id
                    reply.expectsAnswer = expectsAnswer
                    reply.control = control
                    reply.answered = .now
                }
                if case .pace(let change)? = control {
                    let changed = pace.update { pace in
                        pace = pace.changed(change)
                        return pace
                    }
                    await respondent.keep(.pace(changed))
                }
                clauses = (hasStreamed ? [] : speech.add(whole)) + speech.finish()
            }
            // The answer is wanted to its end even when nobody listens to it: what it did is kept with it.
            for clause in clauses where !voice.isEnded { try await speak(clause, reply, voice) }
        }
    }

    private func speak(_ clause: String, _ reply: Shared<ReplySoFar>, _ voice: ReplyVoice) async throws {
        do {
            try await voice.begin(clause)
            said.update { $0.said(clause) }
            let calls = try await synthesizers.speak(clause, at: pace.value) { try voice.add($0) }
            reply.update { $0.calls += calls }
        } catch is CancellationError where voice.isEnded {
            // It is not wanted any more; the answer itself still is.
        }
    }
}
