import AloudProcess
import Audio
import Foundation
import Planning
import Server
import Storage
import Support
import Testing
import VirtualSound

enum DemoSounds {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "audio-fixtures/demo")
}

/// A microphone made of recordings, with pauses between them.
enum Sound {
    static func recording(_ name: String) throws -> [Int16] {
        try AudioFile.read(DemoSounds.folder.appending(path: name).path).samples
    }

    /// The loudest tenth of a second in a file of raw samples, 0 … 1.
    static func loudness(of path: String) throws -> Double {
        let samples = try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes {
            Array($0.bindMemory(to: Int16.self))
        }
        return stride(from: 0, to: samples.count, by: 1600).map { start in
            let part = samples[start..<min(start + 1600, samples.count)]
            return (part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(part.count)).squareRoot() / 32768
        }.max() ?? 0
    }

    /// A room in which nobody speaks: noise some 60 dB below full scale, the same each time.
    static func room(seconds: Double) -> [Int16] {
        var seed: UInt64 = 88_172_645_463_325_252
        return (0..<Int(seconds * 16_000)).map { _ in
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            return Int16(truncatingIfNeeded: Int(seed % 61) - 30)
        }
    }

    static func write(_ samples: [Int16], to path: String) throws {
        try samples.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
    }

    static func read(_ path: String) throws -> PCM {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let samples = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 2).map { bytes.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self) }
        }
        return PCM(samples: samples, rate: 16_000)
    }
}

/// The daemon with a virtual microphone and speaker, and what its subscribers heard.
final class Listening: Sendable {
    let home = AloudHome()
    let daemon: RunningProcess
    private let events = Shared<[JSONValue]>([])
    private let subscription: Task<Void, any Error>

    var input: String { home.folder + "/in.raw" }
    var output: String { home.folder + "/out.raw" }
    var gone: String { home.folder + "/gone" }

    init(_ sound: [Int16], flags: [String] = [], configuration: String? = nil) async throws {
        if let configuration {
            try FileManager.default.createDirectory(
                atPath: home.folder + "/config", withIntermediateDirectories: true)
            try Data(configuration.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
        }
        try Sound.write(sound, to: home.folder + "/in.raw")
        let device = VirtualDevice(
            input: home.folder + "/in.raw", output: home.folder + "/out.raw", gone: home.folder + "/gone")
        let devices = try VirtualSound(["default": device])
        daemon = try RunningProcess(
            AloudHome.binary, ["serve"] + flags, environment: home.environment(devices.environment))
        let (home, daemon) = (home, daemon)
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        let events = events
        let socket = home.socket
        subscription = Task {
            try await LocalSocketClient(path: socket).request(
                ["method": "subscribe"], deadline: .seconds(120), isLast: { _ in false }
            ) { line in events.update { $0.append(line) } }
        }
    }

    var heard: [JSONValue] { events.value }

    func happened(_ event: String, _ isIt: @escaping @Sendable (JSONValue) -> Bool = { _ in true }) async throws -> Bool
    {
        try await eventually(within: .seconds(60)) { [self] in
            heard.contains { $0["event"]?.string == event && isIt($0) }
        }
    }

    func end() async throws -> AloudHome.Ended {
        daemon.signal(SIGTERM)
        let ended = await daemon.ended()
        subscription.cancel()
        return ended
    }
}

@Suite(.serialized) struct VoiceTests {
    @Test func aTypedTurnIsAnsweredAloud() async throws {
        let home = AloudHome()
        let devices = try VirtualSound(["default": VirtualDevice(output: home.folder + "/alone.raw")])
        let alone = try await home.run(
            "say", "--aloud", "--json", "create new project voice notes", environment: devices.environment)
        #expect(alone.status == 0, "\(alone.errors)")
        #expect(alone.output.contains(#""event":"spoken""#))
        #expect(try Sound.loudness(of: home.folder + "/alone.raw") > 0.02)

        let listening = try await Listening(Sound.room(seconds: 20))
        let together = try await listening.home.run("say", "--aloud", "create new project voice notes")
        #expect(together.output == "Created project voice notes.\n")
        #expect(try Sound.loudness(of: listening.output) > 0.02)
        // It does not hear itself.
        #expect(!listening.heard.contains { $0["event"] == "transcript" })
        let ended = try await listening.end()
        #expect(ended.status == 0, "\(ended.errors)")
    }

    @Test func whereNothingCanBeHeardThatIsSaid() async throws {
        let home = AloudHome()
        let devices = try VirtualSound()
        let alone = try await home.run("say", "--aloud", "status", environment: devices.environment)
        #expect(alone.status == 1 && alone.output.contains("No project is open."))
        #expect(alone.errors.contains("could not be spoken"), "\(alone.errors)")
    }

    @Test func theWakePhraseACommandAndASpokenReply() async throws {
        let listening = try await Listening(
            Sound.room(seconds: 1) + Sound.recording("1-wake-create-project.wav") + Sound.room(seconds: 2))
        let wasSpoken = try await listening.happened("spoken")
        #expect(wasSpoken, "\(listening.heard) \(listening.daemon.errorsSoFar)")
        #expect(listening.heard.contains { $0["event"] == "woke" })
        #expect(listening.heard.contains { $0["text"] == "Created project voice notes." })
        let ended = try await listening.end()
        #expect(ended.status == 0, "\(ended.errors)")

        let store = try await Store.open(path: listening.home.database)
        #expect(try await store.projects().map(\.name) == ["voice notes"])
        let turns = try await store.turns(of: store.currentConversation().id)
        #expect(turns.map(\.modality) == [.voice, .voice])
        #expect(turns.last?.spoken == "Created project voice notes.")
        let kept = try #require(try await store.recording(of: turns[0].id))
        #expect(try OggOpusDecoder.decode(kept.opus).milliseconds >= 2000)
        #expect(try await store.engineCalls(of: turns[0].id).map(\.kind) == [.transcribe])
        let stages = try await store.timings(of: turns[0].id).map(\.stage)
        #expect(stages == ["endpoint", "transcribe", "route", "respond"])
        try store.close()

        // What came out of the speaker is understood by the same recogniser.
        let reply = listening.home.folder + "/reply.wav"
        try Data(WAVFile.write(Sound.read(listening.output))).write(to: URL(fileURLWithPath: reply))
        let again = try await AloudHome().run("hear", reply, "--json")
        #expect(again.output.contains("project voice notes"), "\(again.output)")
    }

    @Test func whatIsSaidWithoutTheWakePhraseIsNotForAloud() async throws {
        let listening = try await Listening(
            Sound.recording("2-show-projects.wav") + Sound.room(seconds: 1)
                + Sound.recording("1-wake-create-project.wav") + Sound.room(seconds: 2))
        let wasSpoken = try await listening.happened("spoken")
        #expect(wasSpoken, "\(listening.heard)")
        let transcripts = listening.heard.filter { $0["event"] == "transcript" }
        #expect(transcripts.count == 1)
        _ = try await listening.end()
    }

    @Test func aDeviceTornOutMidUtteranceIsListenedToAgainSoonAfterItIsBack() async throws {
        let listening = try await Listening(
            Sound.room(seconds: 0.6) + Sound.recording("2-show-projects.wav") + Sound.room(seconds: 0.5)
                + Sound.recording("1-wake-create-project.wav") + Sound.room(seconds: 2))
        let hasBegun = try await listening.happened("speech_started")
        #expect(hasBegun)
        try Data().write(to: URL(fileURLWithPath: listening.gone))
        let daemon = listening.daemon
        let wasLost = try await eventually { daemon.errorsSoFar.contains("no sound from the microphone") }
        #expect(wasLost)
        try FileManager.default.removeItem(atPath: listening.gone)
        let back = ContinuousClock.now
        let isBack = try await eventually { daemon.errorsSoFar.contains("microphone back") }
        #expect(isBack)
        #expect(ContinuousClock.now - back < .seconds(3))
        let wasSpoken = try await listening.happened("spoken")
        #expect(wasSpoken, "\(listening.heard)")
        let ended = try await listening.end()
        #expect(ended.status == 0)
        #expect(ended.errors.split(separator: "\n").count { $0.contains("no sound from the microphone") } == 1)
        #expect(ended.errors.split(separator: "\n").count { $0.contains("microphone back") } == 1)
    }

    @Test func mutedMeansThatTheDeviceIsClosed() async throws {
        let listening = try await Listening(Sound.room(seconds: 3))
        let home = listening.home
        #expect(try await home.run("mute").status == 0)
        let isMuted = try await eventually {
            try await home.run("status", "--json").output.contains(#""state":"muted""#)
        }
        #expect(isMuted)
        #expect(try await home.run("unmute").status == 0)
        let isOpen = try await eventually {
            try await home.run("status", "--json").output.contains(#""state":"waiting""#)
        }
        #expect(isOpen)
        _ = try await listening.end()
    }
}
