import Audio
import Endpoints
import Foundation
import Planning
import ScriptedServer
import Support
import Testing

@testable import Speech

/// A recogniser behind a real connection: what it is sent, and what is made of its answers.
@Suite struct RemoteTranscriberTests {
    private static let path = "/v1/audio/transcriptions"

    private func transcriber(_ server: ScriptedServer, languages: SpokenLanguages = SpokenLanguages(codes: ["en"]))
        -> Transcriber
    {
        let configuration = OpenAIEndpoint.Configuration(
            baseURL: server.url + "/v1", key: SecretString("sk"), model: "whisper-1")
        let time = EndpointTime(now: { .now }, pause: { _ in })
        return .openai(
            OpenAIEndpoint(configuration, client: HTTPClient(), time: time), languages: languages,
            wakePhrase: "okay planner")
    }

    private func transcribe(
        _ utterance: Utterance, _ script: Script, _ expected: ExpectedSpeech = ExpectedSpeech()
    ) async throws -> (transcript: Transcript, requests: [ReceivedRequest]) {
        let server = try await ScriptedServer.start([Self.path: [script]])
        let transcript = try await transcriber(server).transcribe(utterance, expected, .now + .seconds(20))
        let requests = server.requests
        try await server.stop()
        return (transcript, requests)
    }

    private func text(_ text: String) -> Script { .answer(#"{"text":"\#(text)"}"#) }

    /// A tone that climbs, so that a place in it can be told.
    private func sweep(_ seconds: Double) -> [Int16] {
        let count = Int(seconds * 16_000)
        var phase = 0.0
        return (0..<count).map { index in
            phase += 2 * .pi * (300 + 900 * Double(index) / Double(count)) / 16_000
            return Int16(8000 * sin(phase))
        }
    }

    @Test func theSoundThatArrivesIsTheSoundThatWasSaid() async throws {
        let samples = try await Sound.spoken("add a task write the migration")
        let (_, requests) = try await transcribe(Utterance(samples: samples, voiced: 1500), text("x"))
        let file = try #require(requests.first?.parts["file"])
        #expect(file.file == "audio.ogg")
        let decoded = try Resampler.convert(OggOpusDecoder.decode(file.bytes), to: SpeechFormat.rate).samples
        #expect(abs(decoded.count - samples.count) < 400)
        // Opus keeps what is heard of a voice, not its wave; another sentence comes to 0.1.
        #expect(Likeness.of(decoded, samples) > 0.75)
    }

    @Test func opusThatWasMadeAsItCameIsSentAsItIs() async throws {
        let opus = try Utterance(samples: sweep(0.5)).encoded()
        let (_, requests) = try await transcribe(
            Utterance(samples: sweep(0.5), voiced: 400, opus: opus), text("x"))
        #expect(requests.first?.parts["file"]?.bytes == opus)
    }

    @Test func theWAVThatAServerWantsHoldsTheSameSamples() async throws {
        let samples = sweep(0.3)
        let server = try await ScriptedServer.start([
            Self.path: [.answer(#"{"error":"failed to read WAV file"}"#, status: 400), text("x")]
        ])
        _ = try await transcriber(server).transcribe(
            Utterance(samples: samples), ExpectedSpeech(), .now + .seconds(20))
        let file = try #require(server.requests.last?.parts["file"])
        #expect(try WAVFile.read(file.bytes) == PCM(samples: samples, rate: 16_000))
        try await server.stop()
    }

    @Test func theWakePhraseNeverLeavesTheMachine() async throws {
        let samples = sweep(2)
        let opus = try Utterance(samples: samples).encoded()
        let utterance = Utterance(
            samples: samples, start: 1600, voiced: 1800, wakeEnd: 1600 + 16_000, opus: opus)
        let (transcript, requests) = try await transcribe(utterance, text("planner, add a task."))
        #expect(transcript.text == "Add a task.")
        let sent = try #require(requests.first?.parts["file"]).bytes
        let decoded = try Resampler.convert(OggOpusDecoder.decode(sent), to: SpeechFormat.rate).samples
        #expect(abs(decoded.count - 16_000) < 400)
        #expect(Likeness.of(decoded, Array(samples[16_000...])) > 0.9)
    }

    @Test func namesAndLanguageAreSentAlong() async throws {
        var names = LiveNames(projects: ["Voice Notes", "Billing"], plans: ["Offline sync"])
        names.openProject = "Billing"
        let (_, requests) = try await transcribe(
            Utterance(samples: sweep(0.3)), text("x"), ExpectedSpeech(names: names, words: ["WebSocket"]))
        let parts = try #require(requests.first?.parts)
        #expect(parts["language"]?.text == "en")
        #expect(
            parts["prompt"]?.text
                == "Planning software: project, devplan, task. Billing, Voice Notes, Offline sync, WebSocket.")
    }

    @Test func theListOfNamesIsBounded() throws {
        let names = LiveNames(projects: (0..<400).map { "Project number \($0)" })
        let prompt = try #require(TranscriptionPrompt.text(ExpectedSpeech(names: names)))
        #expect(prompt.count <= 600)
        #expect(TranscriptionPrompt.text(ExpectedSpeech()) == nil)
    }

    @Test func wordsThatNobodySaidAreDropped() async throws {
        func answer(_ text: String, _ noSpeech: Double, _ logProbability: Double, _ ratio: Double = 1) -> Script {
            .answer(
                """
                {"text":"\(text)","segments":[{"no_speech_prob":\(noSpeech),"avg_logprob":\(logProbability),\
                "compression_ratio":\(ratio)}]}
                """)
        }
        for (script, voiced, expected) in [
            (answer("Thanks for watching!", 0.9, -0.4), 160, ""),
            (answer("Thank you.", 0.01, -0.2), 450, "Thank you."),
            (answer("Thank you.", 0.5, -0.4), 200, ""),
            (answer("Start task two.", 0.7, -0.3), 900, "Start task two."),
            (answer("So so so so so so so so", 0.2, -1.4, 3.1), 900, ""),
            (answer("I will see you in the next video", 0.2, -0.5), 250, ""),
            (answer("Yes.", 0.2, -0.3), 180, "Yes."),
            (text("Yes."), 180, "Yes."),
        ] {
            let utterance = Utterance(samples: sweep(0.4), voiced: voiced)
            let transcript = try await transcribe(utterance, script).transcript
            #expect(transcript.text == expected, "\(voiced)")
            #expect(transcript.source == .remote)
        }
    }

    @Test func wordsOfALanguageThatNobodySpeaksAreHardlyBelieved() async throws {
        func answer(_ text: String, _ language: String?, _ logProbability: Double = -0.2) -> Script {
            let said = language.map { #""language":"\#($0)","# } ?? ""
            return .answer(
                #"{\#(said)"text":"\#(text)","segments":[{"no_speech_prob":0.1,"avg_logprob":\#(logProbability)}]}"#)
        }
        let both = SpokenLanguages(codes: ["en", "de"])
        for (script, languages, voiced, expected) in [
            (answer("계속", "korean"), both, 400, ""), (answer("계속", nil), both, 400, ""),
            (answer("계속", "ko"), .any, 400, "계속"), (answer("계속", "ko"), SpokenLanguages(codes: ["ko"]), 400, "계속"),
            (answer("Continue.", "english"), both, 400, "Continue."), (answer("Weiter.", "de"), both, 400, "Weiter."),
            (answer("Avanti.", "italian"), both, 400, ""), (answer("Avanti.", "klingon"), both, 400, "Avanti."),
            (answer("Domani scriviamo il piano.", "Italian"), both, 2400, "Domani scriviamo il piano."),
            (answer("Domani scriviamo il piano.", "Italian", -0.9), both, 2400, ""),
            (answer("Start task two.", "en-US"), both, 900, "Start task two."),
        ] {
            let server = try await ScriptedServer.start([Self.path: [script]])
            let transcript = try await transcriber(server, languages: languages).transcribe(
                Utterance(samples: sweep(0.4), voiced: voiced), ExpectedSpeech(), .now + .seconds(20))
            #expect(transcript.text == expected, "\(languages.codes) \(voiced)")
            let sent = try #require(server.requests.first).parts["language"]?.text
            #expect(sent == (languages.codes.count == 1 ? languages.codes[0] : nil))
            try await server.stop()
        }
    }

    @Test func whatIsUnderstoodSoFarIsToldByAServerThatStreams() async throws {
        let deltas = ["Okay plan", "ner, add", " a task."].map {
            #"{"type":"transcript.text.delta","delta":"\#($0)"}"#
        }
        let server = try await ScriptedServer.start([
            Self.path: [.events(deltas + [#"{"type":"transcript.text.done","text":"Okay planner, add a task."}"#])]
        ])
        let endpoint = OpenAIEndpoint(
            OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "gpt-4o-mini-transcribe"),
            client: HTTPClient())
        let list = TranscriberList([.openai(endpoint, languages: .any, wakePhrase: "okay planner")])
        await list.learn()
        let partials = Shared<[String]>([])
        let utterance = Utterance(samples: sweep(0.5), voiced: 900)
        let made = await list.transcribe(utterance, expecting: ExpectedSpeech()) { text in
            partials.update { $0.append(text) }
        }
        #expect(made.transcript?.text == "Add a task.")
        #expect(partials.value == ["Okay plan", "Add", "Add a task."])
        let sent = server.requests.map { $0.parts["stream"]?.text }
        #expect(sent == ["true", "true"])
        try await server.stop()
    }

    @Test func languagesAreReadAsTheyAreWritten() {
        #expect(SpokenLanguages("auto") == .any)
        #expect(SpokenLanguages("en")?.sent == "en")
        #expect(SpokenLanguages(" EN, de fr")?.codes == ["en", "de", "fr"])
        for text in ["", "english", "e", "en, auto", "en;de", "12", "a b c d e f g h i", "привет"] {
            #expect(SpokenLanguages(text) == nil, "\(text)")
        }
    }

    @Test func thePhraseIsTakenFromTheTextInAnySpelling() {
        let phrase = WakePhrase("okay planner")
        for (text, isCut, expected) in [
            ("Okay planner, show my projects.", false, "Show my projects."),
            ("OK, Planner. Show my projects.", false, "Show my projects."),
            ("okay planer show my projects", false, "Show my projects"),
            ("Okay, show my projects.", false, "Okay, show my projects."),
            ("Planner, undo.", true, "Undo."),
            ("Planner, undo.", false, "Planner, undo."),
            ("Okay planner.", true, ""),
            ("show my projects", true, "show my projects"),
        ] {
            #expect(phrase.stripped(from: text, isCut: isCut) == expected)
        }
        #expect(WakePhrase(nil).stripped(from: "okay planner", isCut: true) == "okay planner")
    }

    @Test func theNextEngineIsAskedWhenOneFailsAndEveryCallIsKept() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [.answer(#"{"error":{"message":"bad key"}}"#, status: 401)]
        ])
        let spare = Transcriber(name: "local") { _, _, _ in
            Transcript(text: "from here", confidence: 1, source: .dictation)
        }
        let list = TranscriberList([transcriber(server), spare])
        let first = await list.transcribe(Utterance(samples: sweep(0.3)), expecting: ExpectedSpeech())
        #expect(first.transcript?.text == "from here")
        #expect(first.calls.map(\.outcome) == ["auth", "ok"])
        #expect(first.calls.map(\.host) == ["127.0.0.1", nil])
        #expect(first.calls.map(\.isFailure) == [true, false])
        let second = await list.transcribe(Utterance(samples: sweep(0.3)), expecting: ExpectedSpeech())
        #expect(second.calls.map(\.outcome) == ["skipped", "ok"])
        #expect(second.calls.map(\.isFailure) == [false, false])
        #expect(server.requests.count == 1)
        try await server.stop()
    }
}

/// How alike two sounds are, whatever small shift lies between them: the best correlation within 10 ms.
enum Likeness {
    static func of(_ left: [Int16], _ right: [Int16]) -> Double {
        (-160...160).map { correlation(left, right, shift: $0) }.max() ?? 0
    }

    private static func correlation(_ left: [Int16], _ right: [Int16], shift: Int) -> Double {
        var (both, first, second) = (0.0, 0.0, 0.0)
        for index in stride(from: max(0, -shift), to: min(left.count, right.count - shift), by: 16) {
            let (a, b) = (Double(left[index]), Double(right[index + shift]))
            both += a * b
            first += a * a
            second += b * b
        }
        return both / max(1, (first * second).squareRoot())
    }
}
