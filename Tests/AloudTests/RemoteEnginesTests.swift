import AloudProcess
import Audio
import Foundation
import ScriptedServer
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
