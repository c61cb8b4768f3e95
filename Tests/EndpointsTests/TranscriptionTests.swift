import ScriptedServer
import Support
import Testing

@testable import Endpoints

/// Transcription against each known server's habits.
@Suite struct TranscriptionTests {
    private static let path = "/v1/audio/transcriptions"
    private static let plain = Script.answer(#"{"text":"hello"}"#)
    private static let refused = Script.answer(#"{"error":{"message":"Invalid file format."}}"#, status: 400)

    private func endpoint(
        _ server: ScriptedServer, model: String = "whisper-1", path: String? = nil, quirks: QuirkMemory = QuirkMemory(),
        time: StoppedTime = StoppedTime()
    ) -> OpenAIEndpoint {
        var configuration = OpenAIEndpoint.Configuration(
            baseURL: server.url + "/v1", path: path, key: SecretString("sk-test"), model: model)
        configuration.firstByteDeadline = .seconds(5)
        return OpenAIEndpoint(configuration, client: HTTPClient(), quirks: quirks, time: time.time)
    }

    private func request(language: String? = "en", prompt: String? = "Names.") -> TranscriptionRequest {
        TranscriptionRequest(
            opus: { Array("OggS opus".utf8) }, wav: { Array("RIFF wav".utf8) }, language: language, prompt: prompt)
    }

    @Test func openAI_GetsOpusAndEveryField() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(
                    """
                    {"task":"transcribe","language":"english","duration":1,"text":" Add a task.",
                    "segments":[{"avg_logprob":-0.2,"compression_ratio":1.1,"no_speech_prob":0.01},
                    {"avg_logprob":-0.4,"compression_ratio":1.3,"no_speech_prob":0.3}],"usage":{"type":"duration","seconds":4}}
                    """)
            ]
        ])
        let answer = try await endpoint(server).transcribe(request())
        #expect(answer.text == "Add a task.")
        #expect(answer.noSpeech == 0.01)
        #expect(answer.compressionRatio == 1.3)
        #expect(abs((answer.averageLogProbability ?? 0) + 0.3) < 1e-9)
        let received = try #require(server.requests.first)
        #expect(received.headers["authorization"] == "Bearer sk-test")
        let file = try #require(received.parts["file"])
        #expect(file.file == "audio.ogg")
        #expect(file.type == "audio/ogg")
        #expect(file.text == "OggS opus")
        #expect(
            received.parts.filter { $0.key != "file" }.mapValues(\.text) == [
                "model": "whisper-1", "response_format": "verbose_json", "language": "en", "prompt": "Names.",
            ])
        try await server.stop()
    }

    // MARK: Piece by piece

    private static let streamed = Script.events([
        #"{"type":"transcript.text.delta","delta":"Add a"}"#, #"{"type":"transcript.text.delta","delta":" task."}"#,
        #"{"type":"transcript.text.done","text":"Add a task.","usage":{"type":"tokens"}}"#,
    ])

    private func followed(_ endpoint: OpenAIEndpoint) async throws -> (text: String, partials: [String]) {
        let partials = Shared<[String]>([])
        var wanted = request()
        wanted.partial = { text in partials.update { $0.append(text) } }
        return (try await endpoint.transcribe(wanted).text, partials.value)
    }

    @Test func aServerThatStreamsIsFollowedOnceAProbeHasShownIt() async throws {
        let server = try await ScriptedServer.start([Self.path: [Self.plain, Self.streamed]])
        let quirks = QuirkMemory()
        let endpoint = endpoint(server, model: "gpt-4o-transcribe", quirks: quirks)
        #expect(try await followed(endpoint) == ("hello", []))
        #expect(endpoint.mayStream)
        await endpoint.learnWhetherItStreams(request())
        #expect(!endpoint.mayStream)
        #expect(try await followed(endpoint) == ("Add a task.", ["Add a", "Add a task."]))
        // Whoever wants no pieces gets none.
        _ = try? await endpoint.transcribe(request())
        #expect(server.requests.map { $0.parts["stream"]?.text } == [nil, "true", "true", nil])
        // It is known from now on.
        await endpoint.learnWhetherItStreams(request())
        #expect(server.requests.count == 4)
        try await server.stop()
    }

    @Test(
        arguments: [
            (plain, false), (.answer(#"{"error":{"message":"Unknown field stream"}}"#, status: 400), false),
            (.answer("hello", type: "text/plain"), false), (.answer("{}", status: 500), nil),
            (.answer(#"{"error":{"message":"Invalid file format."}}"#, status: 415), nil), (.reset, nil),
            (streamed, true),
            (.events([#"{"type":"transcript.text.delta","delta":""}"#, #"{"type":"transcript.text.done"}"#]), true),
        ] as [(Script, Bool?)])
    func aProbeTellsOnlyWhatItShows(script: Script, expected: Bool?) async throws {
        let server = try await ScriptedServer.start([Self.path: [script]])
        let quirks = QuirkMemory()
        let endpoint = endpoint(server, model: "gpt-4o-transcribe", quirks: quirks)
        await endpoint.learnWhetherItStreams(request())
        #expect(quirks[endpoint.identity].streams == expected)
        try await server.stop()
    }

    @Test func aServerThatTellsHowSureItIsIsAskedForThatAndNotForPieces() async throws {
        let server = try await ScriptedServer.start([Self.path: [Self.streamed]])
        let endpoint = endpoint(server)
        #expect(!endpoint.mayStream)
        await endpoint.learnWhetherItStreams(request())
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func aServerThatStreamsNoLongerIsAskedAsUsualAgain() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                Self.streamed, .answer(#"{"error":{"message":"stream is not supported"}}"#, status: 400), Self.plain,
            ]
        ])
        let quirks = QuirkMemory()
        let endpoint = endpoint(server, model: "gpt-4o-transcribe", quirks: quirks)
        await endpoint.learnWhetherItStreams(request())
        #expect(try await followed(endpoint) == ("hello", []))
        #expect(try await followed(endpoint).text == "hello")
        #expect(server.requests.map { $0.parts["stream"]?.text } == ["true", "true", nil, nil])
        #expect(quirks[endpoint.identity].streams == false)
        try await server.stop()
    }

    @Test func aStreamThatAnswersWithOneObjectIsTakenAndOneThatBreaksOffIsNot() async throws {
        let half =
            Script.chunked(type: "text/event-stream")
            + .chunk(#"data: {"type":"transcript.text.delta","delta":"Delete"}\#n\#n"#)
        let server = try await ScriptedServer.start([
            Self.path: [
                Self.streamed, Self.plain, half + .lastChunk,
                .events([#"{"error":{"message":"overloaded","code":503}}"#]),
            ]
        ])
        let endpoint = endpoint(server, model: "gpt-4o-transcribe")
        await endpoint.learnWhetherItStreams(request())
        #expect(try await followed(endpoint) == ("hello", []))
        for expected in [EndpointError.Kind.network, .overload] {
            do {
                _ = try await followed(endpoint)
                Issue.record("half a transcript was taken")
            } catch let error as EndpointError {
                #expect(error.kind == expected)
            }
        }
        try await server.stop()
    }

    @Test func emptyFieldsAreNotSent() async throws {
        let server = try await ScriptedServer.start([Self.path: [Self.plain]])
        _ = try await endpoint(server).transcribe(request(language: nil, prompt: nil))
        #expect(Set(try #require(server.requests.first).parts.keys) == ["file", "model", "response_format"])
        try await server.stop()
    }

    @Test(arguments: ["gpt-4o-transcribe", "openai/gpt-4o-mini-transcribe"])
    func requesty_AndTheNewerModelsAreAskedForPlainJSON(model: String) async throws {
        let server = try await ScriptedServer.start([
            Self.path: [.answer(#"{"text":"hello","usage":{"type":"tokens","input_tokens":14}}"#)]
        ])
        #expect(try await endpoint(server, model: model).transcribe(request()).text == "hello")
        #expect(server.requests.first?.parts["response_format"]?.text == "json")
        try await server.stop()
    }

    @Test func whisperCpp_GetsWAVAtItsOwnPathAndItIsRemembered() async throws {
        let server = try await ScriptedServer.start([
            "/inference": [
                .answer(#"{"error":"failed to read WAV file"}"#, status: 400), .answer(#"{"text":" Hello\n world\n"}"#),
            ]
        ])
        let kept = Shared<[String: EndpointQuirks]>([:])
        let memory = QuirkMemory { kept.value = $0 }
        let endpoint = endpoint(server, path: "/inference", quirks: memory)
        #expect(try await endpoint.transcribe(request()).text == "Hello world")
        #expect(try await endpoint.transcribe(request()).text == "Hello world")
        #expect(server.requests.map { $0.parts["file"]?.file } == ["audio.ogg", "audio.wav", "audio.wav"])
        let again = self.endpoint(server, path: "/inference", quirks: QuirkMemory(kept.value))
        _ = try await again.transcribe(request())
        #expect(server.requests.last?.parts["file"]?.type == "audio/wav")
        try await server.stop()
    }

    @Test(arguments: [
        Script.answer(#"{"error":"FFmpeg conversion failed."}"#, status: 500),
        .answer(#"{"detail":"Failed to decode audio. The provided file is not supported"}"#, status: 415),
        .answer(#"{"error":"failed to decode audio data from memory buffer"}"#),
        .answer(#"{"error":{"message":"Invalid file format."}}"#, status: 400),
    ])
    func anyServerThatCannotReadOpusGetsWAV(complaint: Script) async throws {
        let server = try await ScriptedServer.start([Self.path: [complaint, Self.plain]])
        let time = StoppedTime()
        #expect(try await endpoint(server, time: time).transcribe(request()).text == "hello")
        #expect(server.requests.map { $0.parts["file"]?.file } == ["audio.ogg", "audio.wav"])
        #expect(time.pauses.isEmpty)
        try await server.stop()
    }

    @Test func speaches_NamesTheFieldThatItRefuses() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(
                    #"{"detail":[{"loc":["body","response_format"],"msg":"Input should be 'text' or 'json'"}]}"#,
                    status: 422), Self.plain,
            ]
        ])
        #expect(try await endpoint(server).transcribe(request()).text == "hello")
        #expect(server.requests.map { $0.parts["response_format"]?.text } == ["verbose_json", "json"])
        try await server.stop()
    }

    @Test func ollama_AndOthersThatRefuseVerboseAreAskedPlainlyFromThenOn() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                .answer(#"{"error":{"message":"response_format 'verbose_json' is not supported"}}"#, status: 400),
                Self.plain,
            ]
        ])
        let endpoint = endpoint(server)
        for _ in 0..<2 { #expect(try await endpoint.transcribe(request()).text == "hello") }
        #expect(server.requests.map { $0.parts["response_format"]?.text } == ["verbose_json", "json", "json"])
        #expect(server.requests.map { $0.parts["file"]?.file } == ["audio.ogg", "audio.ogg", "audio.ogg"])
        try await server.stop()
    }

    @Test func speaches_WithoutItsModelSaysSo() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [.answer(#"{"detail":"Model 'x' is not installed locally."}"#, status: 404)]
        ])
        await #expect(throws: EndpointError(.notFound, status: 404, "Model 'x' is not installed locally.")) {
            try await endpoint(server).transcribe(request())
        }
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func localAI_AndOtherShapesAreReadAllTheSame() async throws {
        for (script, expected) in [
            (
                Script.answer(#"{"segments":[{"id":0,"start":0,"end":3200000000,"text":" one"},{"text":"two"}]}"#),
                "one two"
            ),
            (.answer(#"{"text":"three","language":null,"segments":null,"duration":3}"#), "three"),
            (.answer("plain words\n", type: "text/plain"), "plain words"),
            (.answer("plain words", type: "application/octet-stream"), "plain words"),
            (.answer(#""quoted words""#), "quoted words"),
            (.answer(#"{"text":""}"#), ""),
            (.answer(#"{"text":"groq","x_groq":{"id":"req_1"}}"#), "groq"),
        ] {
            let server = try await ScriptedServer.start([Self.path: [script]])
            #expect(try await endpoint(server).transcribe(request()).text == expected)
            try await server.stop()
        }
    }

    @Test func openRouter_IsAskedInJSONWhenItTakesNoForm() {
        let form = TranscriptionForm(isOpus: true, isVerbose: true, isJSON: false)
        let left = TranscriptionForm.left(
            after: [form], EndpointError(.decode, status: 415, "expected JSON"), host: "openrouter.ai")
        #expect(left.first == TranscriptionForm(isOpus: true, isVerbose: true, isJSON: true))
    }

    @Test func aWebPageIsNoTranscript() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer("<html>hi</html>", type: "text/html")]])
        await #expect(throws: EndpointError.self) { try await endpoint(server).transcribe(request()) }
        try await server.stop()
    }

    @Test func aServerThatTakesNothingIsNotAskedForEver() async throws {
        let server = try await ScriptedServer.start([Self.path: [Self.refused]])
        await #expect(throws: EndpointError.self) { try await endpoint(server).transcribe(request()) }
        #expect(server.requests.count <= TranscriptionForm.most)
        try await server.stop()
    }
}
