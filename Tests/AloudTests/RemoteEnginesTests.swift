import AloudProcess
import Audio
import Foundation
import ScriptedServer
import Speech
import Support
import Testing

/// The binary with remote engines, which are scripts.
@Suite struct RemoteEnginesTests {
    private let home = AloudHome()

    private func configure(_ text: String, key: String = "sk-file") throws {
        try PrivateFolder.make(home.folder + "/config")
        try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: home.folder + "/config/key"))
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
    }

    private func entry(_ list: String, _ url: String, _ model: String, more: String = "") -> String {
        """
        \(list):
          - engine: openai
            base_url: \(url)/v1
            model: \(model)
            api_key_file: \(home.folder)/config/key
        \(more)
        """
    }

    @Test func aRecordingIsUnderstoodAndAnsweredByRemoteEngines() async throws {
        let sound = PCM(samples: (0..<12_000).map { Int16($0 % 200 * 40 - 4000) }, rate: 24_000)
        let server = try await ScriptedServer.start([
            "/v1/models": [.answer("", status: 404)],
            "/v1/audio/transcriptions": [
                .answer(#"{"error":"failed to read WAV file"}"#, status: 400),
                .answer(#"{"text":" Create new project night train."}"#),
            ],
            "/v1/audio/speech": [.answer(Array(WAVFile.write(sound).dropFirst(44)), type: "audio/pcm")],
        ])
        try configure(
            entry("transcribers", server.url, "whisper")
                + entry("synthesizers", server.url, "kokoro", more: "    voice: sky")
        )
        let spoken = try #require(try fixture("2-show-projects.wav"))
        let heard = try await home.run("hear", spoken, "--out", home.folder + "/out", "--json")
        #expect(heard.status == 0, "\(heard.errors)")
        #expect(heard.output.contains(#""text":"Created project night train."#))
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer sk-file" })
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: home.folder + "/out").first)
        let played = try AudioFile.read(home.folder + "/out/" + file)
        #expect(played.milliseconds >= 499)
        // The next run knows already that this server wants WAV.
        _ = try await home.run("hear", spoken)
        let files = server.requests.compactMap { $0.parts["file"]?.file }
        #expect(files == ["audio.ogg", "audio.wav", "audio.wav"])
        try await server.stop()
    }

    /// A second of sound, as a voice sends it.
    private var pcm: [UInt8] {
        Array(WAVFile.write(PCM(samples: (0..<24_000).map { Int16($0 % 200 * 40 - 4000) }, rate: 24_000)).dropFirst(44))
    }

    private var kept: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: home.folder + "/cache/speech")) ?? []
    }

    @Test func whatWasSaidBeforeIsSaidWithoutACallUntilItIsForgotten() async throws {
        let server = try await ScriptedServer.start([
            "/v1/models": [.answer("", status: 404)],
            "/v1/audio/transcriptions": [.answer(#"{"text":"Show my projects."}"#)],
            "/v1/audio/speech": [.answer(pcm, type: "audio/pcm")],
        ])
        try configure(
            entry("transcribers", server.url, "whisper") + entry("synthesizers", server.url, "kokoro")
                + "\nvoice:\n  cache: 1\n")
        let spoken = try #require(try fixture("2-show-projects.wav"))
        func asked() -> Int { server.requests.count { $0.path == "/v1/audio/speech" } }
        #expect(try await home.run("hear", spoken, "--out", home.folder + "/out").status == 0)
        let first = asked()
        #expect(first > 0)
        #expect(kept.count == first)
        #expect(try await home.run("hear", spoken, "--out", home.folder + "/out").status == 0)
        #expect(asked() == first)
        let calls = try await home.run("trace", "--json")
        #expect(calls.output.contains(#""outcome":"cached""#), "\(calls.output)")
        #expect(try await home.run("forget", "--last", "--yes").status == 0)
        #expect(kept == [])
        #expect(try await home.run("hear", spoken).status == 0)
        #expect(asked() > first)
        #expect(kept.count == first)
        // By word too.
        _ = try await home.run("talk", input: "forget everything i said\nyes\n")
        #expect(kept == [])
        try await server.stop()
    }

    @Test func theDaemonGetsItsEnginesReadyAndTellsHowTheyAre() async throws {
        let server = try await ScriptedServer.start([
            "/v1/models": [.answer("", status: 404)],
            "/v1/audio/transcriptions": [.answer(#"{"text":""}"#)],
            "/v1/audio/speech": [.answer(pcm, type: "audio/pcm")],
        ])
        // Somebody hears in another room, so that engines are needed; nobody is there.
        try configure(
            entry("transcribers", server.url, "gpt-4o-transcribe") + entry("synthesizers", server.url, "kokoro")
                + "\nwyoming:\n  satellites: tcp://127.0.0.1:1\n")
        let daemon = try home.start("serve", "--no-audio")
        #expect(try await eventually { kept.count { $0.hasSuffix(".sound") } == FixedPhrase.all.count })
        let phrases = server.requests.count { $0.path == "/v1/audio/speech" }
        #expect(server.requests.first?.method == "HEAD")
        #expect(server.requests.contains { $0.parts["stream"]?.text == "true" })
        let status = try await home.run("status")
        #expect(status.output.contains("engine    transcriber \(server.url)/v1 gpt-4o-transcribe: well"))
        #expect(status.output.contains("engine    voice \(server.url)/v1 kokoro: well"), "\(status.output)")
        let json = try JSONValue(parsing: try await home.run("status", "--json").output)
        #expect(json["daemon"]?["engines"]?.array?.count == 2)
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
        // What it has said is not made again, and what the server can do is not asked again.
        let questions = server.requests.count { $0.parts["stream"]?.text == "true" }
        let again = try home.start("serve", "--no-audio")
        #expect(try await eventually { server.requests.count { $0.method == "HEAD" } >= 3 })
        again.signal(SIGTERM)
        #expect(await again.ended().status == 0)
        #expect(server.requests.count { $0.path == "/v1/audio/speech" } == phrases)
        #expect(server.requests.count { $0.parts["stream"]?.text == "true" } == questions)
        try await server.stop()
    }

    @Test func theLocalRecogniserStepsInWhenTheRemoteOneIsDown() async throws {
        try configure(entry("transcribers", "http://127.0.0.1:1", "whisper"))
        let heard = try await home.run("hear", try #require(try fixture("2-show-projects.wav")), "--json")
        #expect(heard.status == 0, "\(heard.errors)")
        #expect(heard.output.contains("engine_failed"))
        #expect(heard.output.contains("list_projects"))
    }

    @Test func freeSpeechIsAnsweredByTheModel() async throws {
        let server = try await ScriptedServer.start([
            "/v1/chat/completions": [
                .events([
                    #"{"choices":[{"delta":{"content":"Good idea."}}]}"#,
                    #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, "[DONE]",
                ])
            ]
        ])
        try configure(entry("language_models", server.url, "planner"))
        let said = try await home.run("say", "it should feel like a quiet library")
        #expect(said.output == "Good idea.\n")
        #expect(said.status == 0)
        try await server.stop()
    }

    @Test func theKeyOfOpenAIGoesToNobodyElse() async throws {
        let server = try await ScriptedServer.start(["*": [.answer("{}", status: 401)]])
        try configure("language_models:\n  - base_url: \(server.url)/v1\n    model: m\n")
        let said = try await home.run(
            "say", "it should feel like a quiet library", environment: ["OPENAI_API_KEY": "sk-secret"])
        #expect(said.output.contains("is missing or refused"))
        #expect(server.requests.map { $0.headers["authorization"] } == [nil])
        #expect(!(said.output + said.errors).contains("sk-secret"))
        try await server.stop()
    }

    @Test(arguments: ["/no/such", "/dev/null"])
    func withoutTheKeyThatWasNamedNothingIsSent(key: String) async throws {
        let server = try await ScriptedServer.start(["*": [.answer("{}")]])
        try configure(
            "language_models:\n  - base_url: \(server.url)/v1\n    model: m\n    api_key_file: \(key)\n")
        let said = try await home.run("say", "it should feel like a quiet library")
        #expect(said.status == 0)
        #expect(said.output.contains("The key of the language model at 127.0.0.1 is missing or refused."))
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func theDoctorTellsWhoHearsWhat() async throws {
        let server = try await ScriptedServer.start([
            "/v1/models": [.answer(#"{"data":[{"id":"whisper"}]}"#)]
        ])
        let locked = try await ScriptedServer.start(["*": [.answer(#"{"detail":"Invalid API key"}"#, status: 403)]])
        try configure(
            entry("transcribers", server.url, "whisper") + entry("synthesizers", locked.url, "kokoro")
                + "\nlanguage_models:\n  - base_url: http://127.0.0.1:1/v1\n    model: m\n    api_key_file: /no/such\n")
        let ended = try await home.run("doctor", "--json")
        #expect(ended.status == 2)
        let checks = try JSONText.decode([Finding].self, from: ended.output)
        func finding(_ id: String) -> Finding? { checks.first { $0.id == id } }
        #expect(finding("transcriber-1")?.status == "ok")
        #expect(finding("transcriber-1")?.detail.hasPrefix("127.0.0.1 hears what is said to Aloud") == true)
        #expect(finding("synthesizer-1")?.status == "fail")
        #expect(finding("synthesizer-1")?.detail.contains("Invalid API key") == true)
        #expect(finding("language-model-1")?.detail.contains("/no/such cannot be read") == true)
        #expect(!ended.output.contains("sk-file"))
        try await server.stop()
        try await locked.stop()
    }

    @Test func withoutRemoteEnginesTheDoctorSaysThatNothingLeaves() async throws {
        let ended = try await home.run("doctor", "--json")
        #expect(ended.output.contains("nothing leaves this machine"))
    }

    private struct Finding: Decodable {
        let id: String
        let status: String
        let detail: String
    }

    private func fixture(_ name: String) throws -> String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "audio-fixtures/demo/\(name)").path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
