import AloudProcess
import Audio
import Foundation
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// The daemon with every engine remote: scripted Whisper, chat and speech servers behind real HTTP.
@Suite(.serialized) struct RemoteTests {
    private func configuration(_ server: ScriptedServer) -> String {
        """
        voice:
          mode: open
        transcribers:
          - engine: openai
            base_url: \(server.url)/v1
            model: whisper-1
        synthesizers:
          - engine: openai
            base_url: \(server.url)/v1
            model: tts-1
            voice: alloy
        language_models:
          - engine: openai
            base_url: \(server.url)/v1
            model: planner-1
        """
    }

    /// Half a second of a tone at 24 kHz, as headerless PCM.
    private var tone: [UInt8] {
        (0..<12_000).flatMap { index in
            let sample = Int16(8000 * sin(2 * Double.pi * 440 * Double(index) / 24_000))
            return [UInt8(truncatingIfNeeded: sample), UInt8(truncatingIfNeeded: sample >> 8)]
        }
    }

    private func delta(_ content: String) -> String {
        #"{"choices":[{"index":0,"delta":\#(content),"finish_reason":null}]}"#
    }

    private func end(_ reason: String) -> String {
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#
    }

    @Test func microphoneToServersToSpeakerWithNoLocalEngine() async throws {
        let server = try await ScriptedServer.start()
        server.play(
            "/v1/audio/transcriptions", .answer(#"{"text":"Create new project: Voice Notes."}"#),
            .answer(#"{"text":"Let us plan an offline mode."}"#))
        server.play("/v1/audio/speech", .answer(tone, type: "audio/pcm"))
        server.play(
            "/v1/chat/completions",
            .events([
                delta(
                    ##"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"create_plan","arguments":"{\"title\":\"Offline mode\",\"content\":\"# Offline mode\\n\\n## Overview\\n\\nWork without a network.\\n\"}"}}]}"##
                ), end("tool_calls"), "[DONE]",
            ]),
            .events([
                delta(#"{"content":"I drafted the plan "}"#), delta(#"{"content":"for offline mode."}"#), end("stop"),
                "[DONE]",
            ]))
        let first = try Sound.recording("2-show-projects.wav")
        let listening = try await Listening(
            Sound.room(seconds: 1) + first + Sound.room(seconds: 4) + Sound.recording("4-answer.wav")
                + Sound.room(seconds: 3), configuration: configuration(server))
        let both = try await eventually(within: .seconds(60)) {
            listening.heard.count { $0["event"] == "spoken" } >= 2
        }
        #expect(both, "\(listening.heard) \(listening.daemon.errorsSoFar)")
        let ended = try await listening.end()
        #expect(ended.status == 0, "\(ended.errors)")

        // What the server got is what was said.
        let upload = try #require(server.requests.first { $0.path == "/v1/audio/transcriptions" }?.parts["file"])
        #expect(upload.type == "audio/ogg")
        let decoded = try Resampler.convert(OggOpusDecoder.decode(upload.bytes), to: 16_000).samples
        // It was sent at the first pause, so the silence after it is not in it.
        let spoken = Array(first[..<(first.lastIndex { abs(Int($0)) > 500 } ?? first.endIndex)])
        #expect(Envelope.likeness(decoded, spoken) > 0.9)

        let store = try await Store.open(path: listening.home.database)
        let project = try #require(try await store.project(named: "Voice Notes"))
        let plan = try #require(try await store.plans(of: project.id).first)
        #expect(plan.title == "Offline mode")
        let draft = try await store.draft(of: plan.id)?.content
        let version = try await store.version(1, of: plan.id)?.content
        #expect((draft ?? version)?.contains("Work without a network.") == true)
        let turns = try await store.turns(of: store.currentConversation().id)
        #expect(turns.map(\.heard).contains("I drafted the plan for offline mode."))
        var calls: [EngineCall] = []
        for turn in turns { calls += try await store.engineCalls(of: turn.id) }
        #expect(calls.allSatisfy { $0.outcome == "ok" && $0.host != nil }, "\(calls)")
        #expect(calls.count { $0.kind == .transcribe } == 2)
        #expect(calls.count { $0.kind == .chat } == 2)
        #expect(calls.count { $0.kind == .synthesize } >= 2)
        #expect(try await store.recording(of: turns[0].id) != nil)
        try store.close()
        try await server.stop()
    }

    @Test(arguments: ["down", "slow", "html", "500", "401", "429", "cut"])
    func whateverTheTranscriberDoesTheTurnEndsLocally(fault: String) async throws {
        let server = try await ScriptedServer.start()
        let script: Script =
            switch fault {
            // Slower than anybody waits.
            case "slow": .silence
            case "html": .answer("<html><body>Bad gateway</body></html>", type: "text/html")
            case "500": .answer(#"{"error":{"message":"boom"}}"#, status: 500)
            case "401": .answer(#"{"error":{"message":"bad key"}}"#, status: 401)
            case "429": .answer(#"{"error":{"message":"slow down"}}"#, status: 429, headers: ["Retry-After": "30"])
            default:
                Script([.bytes(Script.head(200, type: "application/json", headers: ["Content-Length": "500"]))])
                    + .close
            }
        server.play("/v1/audio/transcriptions", script)
        if fault == "down" { try await server.stop() }
        let home = AloudHome()
        try FileManager.default.createDirectory(atPath: home.folder + "/config", withIntermediateDirectories: true)
        let configuration = """
            transcribers:
              - engine: openai
                base_url: \(server.url)/v1
                model: whisper-1
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
        let recording = DemoSounds.folder.appending(path: "1-wake-create-project.wav").path
        let began = ContinuousClock.now
        let ended = try await home.run("hear", "--wake", "--json", recording)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(ended.output.contains(#""engine":"local","event":"transcript""#), "\(ended.output)")
        #expect(ended.output.contains("Created project voice notes."))
        let store = try await Store.open(path: home.database)
        let turn = try #require(try await store.turns(of: store.currentConversation().id).first)
        #expect(try await store.recording(of: turn.id) != nil)
        // The one that was too late is told last.
        #expect(Set(try await store.engineCalls(of: turn.id).map(\.engine).prefix(2)) == ["openai", "local"])
        try store.close()
        if fault != "down" { try await server.stop() }
    }
}

/// How alike two recordings are by their loudness over time, whatever little lies before or after.
private enum Envelope {
    private static func of(_ samples: [Int16]) -> [Double] {
        stride(from: 0, to: samples.count - 160, by: 160).map { start in
            let frame = samples[start..<start + 160]
            return (frame.reduce(0.0) { $0 + Double($1) * Double($1) } / 160).squareRoot()
        }
    }

    /// The best correlation over the shifts at which the shorter fits into the longer.
    static func likeness(_ left: [Int16], _ right: [Int16]) -> Double {
        let (one, two) = (of(left), of(right))
        let (short, long) = one.count <= two.count ? (one, two) : (two, one)
        return (0...(long.count - short.count)).map { shift in
            correlation(short, Array(long[shift..<shift + short.count]))
        }.max() ?? 0
    }

    private static func correlation(_ one: [Double], _ two: [Double]) -> Double {
        let (meanOne, meanTwo) = (one.reduce(0, +) / Double(one.count), two.reduce(0, +) / Double(two.count))
        let pairs = zip(one, two).map { ($0 - meanOne, $1 - meanTwo) }
        let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
        let norm = (pairs.reduce(0) { $0 + $1.0 * $1.0 } * pairs.reduce(0) { $0 + $1.1 * $1.1 }).squareRoot()
        return norm > 0 ? product / norm : 0
    }
}
