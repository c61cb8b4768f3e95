import Audio
import Endpoints
import Planning
import ScriptedServer
import Support
import Testing

@testable import Speech

@Suite struct EngineOrderTests {
    private struct Down: Error {}

    private let utterance = Utterance(samples: [Int16](repeating: 0, count: 16_000))

    private func transcriber(_ name: String, _ text: String?) -> Transcriber {
        Transcriber(name: name) { _, _, _ in
            guard let text else { throw Down() }
            return Transcript(text: text, confidence: 1, source: .remote)
        }
    }

    @Test func theFirstThatAnswersServesAndEveryCallIsTold() async {
        let list = TranscriberList([transcriber("a", nil), transcriber("b", "hello"), transcriber("c", "other")])
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.transcript?.text == "hello")
        #expect(made.engine == "b")
        #expect(made.calls.map(\.engine) == ["a", "b"])
        #expect(made.calls.map(\.outcome) == ["failed", "ok"])
    }

    @Test func whenNoneAnswersThatIsAnAnswerToo() async {
        let list = TranscriberList([transcriber("a", nil), transcriber("b", nil)])
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.transcript == nil)
        #expect(made.calls.count == 2)
    }

    // MARK: Who is late

    /// Waits that pass when the test says so.
    private func hedge(_ gate: Gate) -> Hedge { Hedge(pause: { _ in await gate.pass() }) }

    /// Answers when the gate opens, and is gone at once when it is cancelled.
    private func slow(
        _ name: String, _ gate: Gate, _ text: String?, asked: Gate? = nil, _ cancelled: Shared<Bool> = Shared(false)
    ) -> Transcriber {
        Transcriber(name: name) { _, _, _ in
            asked?.open()
            await withTaskCancellationHandler {
                await gate.pass()
            } onCancel: {
                cancelled.value = true
                gate.open()
            }
            try Task.checkCancellation()
            guard let text else { throw Down() }
            return Transcript(text: text, confidence: 1, source: .remote)
        }
    }

    private func local(_ source: Transcript.Source, _ confidence: Double, _ asked: Gate = Gate()) -> Transcriber {
        Transcriber(name: "local") { _, _, _ in
            asked.open()
            return Transcript(text: "local", confidence: confidence, source: source)
        }
    }

    @Test func whenTheFirstIsLateTheNextIsAskedTooAndTheFirstGoodAnswerCounts() async {
        let (late, never, isStopped) = (Gate(), Gate(), Shared(false))
        late.open()
        let list = TranscriberList(
            [slow("a", never, "too late", isStopped), transcriber("b", "hello"), transcriber("c", "other")],
            hedge: hedge(late))
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.transcript?.text == "hello")
        #expect(made.engine == "b")
        #expect(made.calls.map(\.engine) == ["b", "a"])
        #expect(made.calls.map(\.outcome) == ["ok", "overtaken"])
        #expect(made.calls.allSatisfy { !$0.isFailure })
        #expect(isStopped.value)
    }

    @Test func whoIsInTimeIsNotOvertaken() async {
        let (late, answer) = (Gate(), Gate())
        answer.open()
        let list = TranscriberList([slow("a", answer, "hello"), transcriber("b", "other")], hedge: hedge(late))
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(made.engine == "a")
        #expect(made.calls.map(\.outcome) == ["ok"])
        late.open()
    }

    @Test func withoutHedgingTheFirstIsWaitedFor() async {
        let answer = Gate()
        let list = TranscriberList([slow("a", answer, "hello"), transcriber("b", "other")])
        async let made = list.transcribe(utterance, expecting: ExpectedSpeech())
        answer.open()
        #expect(await made.engine == "a")
    }

    @Test func freeSpeechIsLeftToTheBetterEngineAsLongAsItMayAnswer() async {
        for (source, confidence, expected) in [
            (Transcript.Source.dictation, 0.9, "a"), (.grammar, 0.5, "a"), (.grammar, 0.95, "local"),
        ] {
            let (late, answer, asked) = (Gate(), Gate(), Gate())
            late.open()
            let list = TranscriberList(
                [slow("a", answer, "remote"), local(source, confidence, asked)], hedge: hedge(late))
            async let made = list.transcribe(utterance, expecting: ExpectedSpeech())
            await asked.pass()
            if expected == "a" { answer.open() }
            #expect(await made.engine == expected, "\(source) \(confidence)")
        }
    }

    @Test func aDoubtfulAnswerServesWhenTheBetterEngineFails() async {
        let (late, answer, asked) = (Gate(), Gate(), Gate())
        late.open()
        let list = TranscriberList(
            [slow("a", answer, nil), local(.dictation, 0.4, asked)], hedge: hedge(late))
        async let made = list.transcribe(utterance, expecting: ExpectedSpeech())
        await asked.pass()
        answer.open()
        let transcription = await made
        #expect(transcription.engine == "local")
        #expect(transcription.transcript?.text == "local")
        #expect(Set(transcription.calls.map(\.outcome)) == ["ok", "failed"])
    }

    @Test func letGoOfItEndsAllThatWereAsked() async {
        let (late, never, asked) = (Gate(), Gate(), Gate())
        late.open()
        let stopped = [Shared(false), Shared(false)]
        let list = TranscriberList(
            [slow("a", never, nil, stopped[0]), slow("b", Gate(), nil, asked: asked, stopped[1])], hedge: hedge(late))
        let task = Task { await list.transcribe(utterance, expecting: ExpectedSpeech()) }
        await asked.pass()
        task.cancel()
        #expect(await task.value.transcript == nil)
        #expect(stopped[0].value && stopped[1].value)
    }

    @Test func patienceIsWhatTheEngineUsuallyTakesWithinBounds() {
        let hedge = Hedge()
        let watch = EndpointWatch()
        #expect(hedge.patience(with: watch) == .milliseconds(2500))
        for _ in 0..<20 { watch.answered(in: .milliseconds(900)) }
        #expect(hedge.patience(with: watch) == .milliseconds(900))
        #expect(hedge.patience(with: watch, slack: 2) == .milliseconds(1800))
        for _ in 0..<64 { watch.answered(in: .milliseconds(20)) }
        #expect(hedge.patience(with: watch) == .milliseconds(500))
        for _ in 0..<64 { watch.answered(in: .seconds(7)) }
        #expect(hedge.patience(with: watch) == .seconds(4))
    }

    @Test func aVoiceThatIsLateIsOvertakenBeforeItsFirstSoundAndNeverAfter() async throws {
        let late = Gate()
        late.open()
        let isStopped = Shared(false)
        let silent = Synthesizer(name: "a") { _, _ in
            AsyncThrowingStream { continuation in
                continuation.onTermination = { _ in isStopped.value = true }
            }
        }
        let heard = Shared<[Int16]>([])
        let calls = try await SynthesizerList([silent, speaker("b", [1, 2])], hedge: hedge(late)).speak("Hello.") {
            sound in heard.update { $0 += sound.samples }
        }
        #expect(heard.value == [1, 2])
        #expect(calls.map(\.outcome) == ["ok", "overtaken"])
        while !isStopped.value { await Task.yield() }
        // It sounds before anybody is impatient.
        let patient = Gate()
        let (sounds, continuation) = AsyncThrowingStream<PCM, any Error>.makeStream()
        let steady = Synthesizer(name: "a") { _, _ in sounds }
        continuation.yield(PCM(samples: [7], rate: 16_000))
        let list = SynthesizerList([steady, speaker("b", [1])], hedge: hedge(patient))
        heard.value = []
        let again = try await list.speak("Hello.") { sound in
            heard.update { $0 += sound.samples }
            if heard.value == [7] {
                patient.open()
                continuation.yield(PCM(samples: [8], rate: 16_000))
                continuation.finish()
            }
        }
        #expect(heard.value == [7, 8])
        #expect(again.map(\.outcome) == ["ok"])
    }

    private func speaker(_ name: String, _ samples: [Int16]) -> Synthesizer {
        Synthesizer(name: name) { _, _ in
            AsyncThrowingStream { continuation in
                for sample in samples { continuation.yield(PCM(samples: [sample], rate: 16_000)) }
                continuation.finish()
            }
        }
    }

    @Test func theToneIsShortAndDoesNotClick() {
        for tone in Tone.allCases {
            let sound = tone.sound
            #expect((50...300).contains(sound.milliseconds))
            #expect(abs(Int(sound.samples.first ?? 99)) < 50)
            #expect(abs(Int(sound.samples.last ?? 99)) < 400)
            #expect((sound.samples.map { abs(Int($0)) }.max() ?? 0) < 16_000)
        }
    }
}
