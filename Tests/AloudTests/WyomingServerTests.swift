import AloudProcess
import Audio
import Foundation
import SpeechFixtures
import Support
import Testing

/// The daemon as a Wyoming service, asked by the protocol's own library.
@Suite(.serialized, .enabled(if: WyomingPeer.isInstalled, "make setup installs the peer"))
struct WyomingServerTests {
    private let home = AloudHome()

    private func configure(_ text: String) throws {
        try PrivateFolder.make(home.folder + "/config")
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
    }

    private func serve(_ uri: String) async throws -> RunningProcess {
        let daemon = try home.start("serve", "--no-audio", environment: ["ALOUD_WYOMING_LISTEN": uri])
        try #require(
            try await eventually { daemon.errorsSoFar.contains("serving Wyoming clients") }, "\(daemon.errorsSoFar)")
        return daemon
    }

    private func end(_ daemon: RunningProcess) async {
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
    }

    @Test func itTellsWhatItCanDo() async throws {
        let uri = "tcp://127.0.0.1:\(WyomingPeer.freePort())"
        let daemon = try await serve(uri)
        let answers = try await WyomingPeer.ask(uri, "describe", "ping=hello")
        #expect(
            answers == [
                [
                    "describe": [
                        "asr": ["pocketsphinx"], "tts": ["rms"], "handle": [["en"]], "streams": [true],
                        "installed": true,
                    ]
                ], ["ping": "hello"],
            ])
        await end(daemon)
    }

    @Test func oneConnectionHearsSpeaksAndTalks() async throws {
        let uri = "unix://\(home.folder)/run/wyoming.sock"
        let daemon = try await serve(uri)
        let wav = home.folder + "/spoken.wav"
        let spoken = try #require(try Fixtures().files(.command).first { $0.text == "show my projects" })
        let samples = try Fixtures().samples(of: spoken)
        // Another rate than the recogniser's.
        try Data(WAVFile.write(Resampler.convert(PCM(samples: samples, rate: 16_000), to: 22_050)))
            .write(to: URL(fileURLWithPath: wav))
        let answers = try await WyomingPeer.ask(
            uri, "handle=create new project demo", "transcribe=\(wav)", "handle=show my projects",
            "speak=The plan has three open tasks.\nThe second one blocks the release.",
            "stream=The plan has three open tasks.\nThe second one blocks the release.", "speak=", "ping=x", "handle= ")
        #expect(
            answers[0]
                == ["handle": ["type": "Handled", "text": "Created project demo.", "context": ["id": 7]]])
        #expect(answers[1] == ["transcribe": "show my projects"])
        #expect(answers[2]["handle"]?["text"] == "You have one project: demo.")
        let seconds = try #require(answers[3]["speak"]?["seconds"]?.number)
        #expect(seconds > 0.8)
        // In pieces it is the same sound, a sentence at a time.
        #expect(answers[4] == ["stream": ["seconds": .number(seconds), "sounds": 2]])
        #expect(answers[5] == ["speak": ["seconds": 0, "sounds": 1]])
        #expect(answers[6] == ["ping": "x"])
        #expect(answers[7]["handle"]?["type"] == "NotHandled")
        // It is the same conversation as every other door's.
        let said = try await home.run("say", "undo")
        #expect(said.output.contains("demo"), "\(said.output)")
        await end(daemon)
        #expect(!FileManager.default.fileExists(atPath: home.folder + "/run/wyoming.sock"))
    }

    @Test func nonsenseEndsThatConnectionAlone() async throws {
        let path = home.folder + "/run/wyoming.sock"
        let daemon = try await serve("unix://\(path)")
        for nonsense in ["GET / HTTP/1.1\r\n\r\n", "{\"type\":\"ping\",\"data_length\":99999999}\n"] {
            let answer = await RawClient.exchange(path, Array(nonsense.utf8))
            #expect(answer.contains(#""code":"bad-event""#), "\(answer)")
        }
        // Half an event and no more, and what nobody knows.
        #expect(
            await RawClient.exchange(path, Array("{\"type\":\"ping\",\"data_length\":9}\n{".utf8)).contains("bad-event")
        )
        #expect(await RawClient.exchange(path, Array("{\"type\":\"timer-started\"}\n".utf8)) == "")
        let answers = try await WyomingPeer.ask("unix://\(path)", "ping=still here")
        #expect(answers == [["ping": "still here"]])
        await end(daemon)
    }

    @Test func tooMuchSoundIsRefusedAndTheConnectionGoesOn() async throws {
        let path = home.folder + "/run/wyoming.sock"
        let daemon = try await serve("unix://\(path)")
        let shape = #"{"rate":8000,"width":2,"channels":1}"#
        let second = "{\"type\":\"audio-chunk\",\"data\":\(shape),\"payload_length\":16000}\n"
        let chunk = Array(second.utf8) + [UInt8](repeating: 0, count: 16_000)
        let start = Array("{\"type\":\"audio-start\",\"data\":\(shape)}\n".utf8)
        let stop = Array("{\"type\":\"audio-stop\"}\n".utf8)
        let bytes =
            start + (0..<62).flatMap { _ in chunk } + stop + Array("{\"type\":\"ping\"}\n".utf8) + stop
        let answer = await RawClient.exchange(path, bytes)
        let types = ["audio-too-long", #""type": "pong""#, "no-audio"].map { answer.range(of: $0)?.lowerBound }
        #expect(types == types.compactMap(\.self).sorted().map(Optional.some), "\(answer)")
        #expect(answer.components(separatedBy: "audio-too-long").count == 2)
        await end(daemon)
    }

    @Test func anAddressThatIsTakenIsAClearError() async throws {
        let peer = try await WyomingPeer(serving: "asr", uri: "tcp://127.0.0.1:\(WyomingPeer.freePort())")
        let ended = try await home.run("serve", "--no-audio", environment: ["ALOUD_WYOMING_LISTEN": peer.uri])
        #expect(ended.status == 75)
        #expect(ended.errors.contains("wyoming.listen: \(peer.uri) cannot be used: address already in use"))
    }

    @Test func enginesOfTheProtocolServeTheDaemonsOwnUser() async throws {
        let ears = try await WyomingPeer(serving: "asr")
        let voice = try await WyomingPeer(serving: "tts", "streaming")
        try configure(
            """
            transcribers:
              - engine: wyoming
                uri: \(ears.uri)
            synthesizers:
              - engine: wyoming
                uri: \(voice.uri)
                voice: sky
            """)
        let spoken = try #require(try Fixtures().files(.command).first { $0.text == "show my projects" })
        let heard = try await home.run(
            "hear", Fixtures().path(of: spoken), "--out", home.folder + "/out", "--json")
        #expect(heard.output.contains(#""text":"Created project night train."#), "\(heard.errors)")
        #expect(heard.output.contains(#""engine":"wyoming""#))
        #expect(voice.told.first?["text"] == "Created project night train.")
        let doctor = try await home.run("doctor")
        #expect(doctor.output.contains("Wyoming program ears"), "\(doctor.output)")
        #expect(doctor.output.contains("Wyoming program voice"))
        await ears.kill()
        let again = try await home.run("hear", Fixtures().path(of: spoken), "--json")
        #expect(again.output.contains("engine_failed"))
        #expect(again.output.contains("list_projects"))
    }

    @Test func aSatelliteIsAnotherDoorToTheOneConversation() async throws {
        let wake = try #require(Fixtures().files(.wake).first { $0.file.hasSuffix("one-breath.rms.opus") })
        let file = home.folder + "/wake.wav"
        try Data(WAVFile.write(PCM(samples: Fixtures().samples(of: wake), rate: 16_000)))
            .write(to: URL(fileURLWithPath: file))
        let peer = try await WyomingPeer(serving: "satellite", file, "always")
        let daemon = try home.start("serve", "--no-audio", environment: ["ALOUD_WYOMING_SATELLITES": peer.uri])
        try #require(try await eventually { peer.texts("run-satellite").count == 1 }, "\(daemon.errorsSoFar)")
        let doctor = try await home.run("doctor", environment: ["ALOUD_WYOMING_SATELLITES": peer.uri])
        #expect(doctor.output.contains("hears and speaks, room, in kitchen"), "\(doctor.output)")
        peer.wake()
        #expect(
            try await eventually(within: .seconds(40)) { peer.texts("spoken").count == 1 },
            "\(peer.told) \(daemon.errorsSoFar)")
        #expect(peer.texts("detection").count == 1)
        #expect(peer.texts("transcript") == ["create new project voice notes"])
        #expect(peer.texts("synthesize") == ["Created project voice notes."])
        let said = try await home.run("say", "show my projects")
        #expect(said.output == "You have one project: voice notes.\n")
        await end(daemon)
    }

    @Test(arguments: [
        ("wyoming:\n  listen: 10600\n", "wyoming.listen takes tcp://host:port, unix:///path, or off"),
        ("wyoming:\n  satellites: [tcp://a:1, b]\n", "wyoming.satellites takes up to 32"),
        ("wyoming:\n  satellites: [tcp://a:1, [b]]\n", "wyoming.satellites takes up to 32"),
        ("transcribers:\n  - engine: wyoming\n", "a wyoming engine needs a uri"),
        ("language_models:\n  - engine: wyoming\n    uri: tcp://a:1\n", "language_models cannot be wyoming"),
        ("audio:\n  input: [a, b]\n", "audio.input takes text"),
    ])
    func aConfigurationThatCannotBeIsRefused(text: String, reason: String) async throws {
        try configure(text)
        let ended = try await home.run("config", "show")
        #expect(ended.status == 78)
        #expect(ended.errors.contains(reason), "\(ended.errors)")
    }

    @Test func satellitesAreAListAndTheOpenDoorIsToldOf() async throws {
        try configure(
            "wyoming:\n  listen: tcp://0.0.0.0:10600\n  satellites: [tcp://kitchen:10700, tcp://127.0.0.1:1]\n")
        let shown = try await home.run("config", "show")
        #expect(shown.output.contains("tcp://kitchen:10700, tcp://127.0.0.1:1"), "\(shown.output)\(shown.errors)")
        let doctor = try await home.run("doctor")
        #expect(doctor.output.contains("the protocol knows no password"))
    }
}
