import ArgumentParser
import Assistant
import Audio
import Foundation
import Planning
import Server
import Speech
import Storage
import Support

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run a recorded turn, or a recording, through today's code on a virtual clock.",
        discussion: """
            Everything is real but the time and the place: the sound comes from the recording, what is said back goes nowhere,
            and what is done is done to a copy of the database that is thrown away. Times are seconds of the recording.
            Engines are those of the configuration. Turns are kept for audio.retention.
            """)

    @Argument(help: "A WAV or Ogg Opus file, a turn's place from the end (1 for what was spoken last), or its id.")
    var turn = "1"

    @Flag(help: "Show every event as a JSON line, with `at_ms`.")
    var json = false

    func run() async throws {
        let (sound, before) = try await source()
        let copy = NSTemporaryDirectory() + "aloud-replay-" + UUID().uuidString
        try PrivateFolder.make(copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try await Composition.run { _ = try await $0.store.backUp(to: copy + "/aloud.db") }
        try await Composition.run(flags: [("database.path", copy + "/aloud.db")]) { composition in
            let replay = Replay(composition: composition) { event, milliseconds in
                if json {
                    var facts = event.houseEvent.facts.object ?? [:]
                    facts["event"] = .string(event.houseEvent.event)
                    facts["at_ms"] = .number(Double(milliseconds))
                    if let line = try? JSONText.line(JSONValue.object(facts)) { Terminal.show(line) }
                } else if let line = event.told {
                    Terminal.show(Terminal.dim("\((Double(milliseconds) / 1000).inHundredths) s  ") + line)
                }
            }
            let replies = try await replay.run(sound)
            guard !json, let before else { return }
            let now = replies.first ?? ""
            let then = before.reply?.heard ?? ""
            Terminal.show(now == then ? "The answer is the same." : "Then the answer was: \(then)")
        }
    }

    private func source() async throws -> (PCM, Exchange?) {
        guard Int(turn) != nil || UUID(uuidString: turn) != nil else {
            do {
                return (try AudioFile.read(turn), nil)
            } catch {
                throw Failure("\(turn): \(error)")
            }
        }
        var argument = TurnArgument()
        argument.turn = turn
        let wanted = argument
        return try await Composition.run { composition in
            let exchange = try await wanted.find(in: composition.store, byVoice: true)
            guard let recording = try await composition.store.recording(of: exchange.said.id) else {
                throw Failure("the sound of that turn is not kept any more")
            }
            return (try OggOpusDecoder.decode(recording.opus), exchange)
        }
    }
}

/// A recording in a virtual room.
struct Replay: Sendable {
    let composition: Composition
    let tell: @Sendable (VoiceEvent, Int) -> Void

    /// Seconds after the recording in which an answer may still come and be spoken.
    private static let patience = 120

    /// The replies that were given.
    func run(_ sound: PCM) async throws -> [String] {
        let room = VirtualRoom()
        var configuration = composition.voiceConfiguration()
        // Whoever replays it says that it was for Aloud.
        configuration.loop.mode = .open
        let (tell, replies) = (tell, Shared<[String]>([]))
        let voice = Voice(composition: composition, hub: EventHub()) { event in
            if case .reply(let reply, _) = event { replies.update { $0.append(reply.text) } }
        }
        let service = VoiceService(
            configuration, composition.voiceEngines(), ears: room.ears, mouth: room.mouth, work: room.work,
            respondent: voice.respondent
        ) { tell($0, room.now) }
        let running = Task { await service.run() }
        await room.pass(0.3)
        await room.pass(saying: try Resampler.convert(sound, to: SpeechFormat.rate).samples)
        await room.pass(2)
        for _ in 0..<Self.patience where service.state != .waiting { await room.pass(1) }
        running.cancel()
        room.end()
        await running.value
        return replies.value
    }
}

extension VoiceEvent {
    /// As a line for people; nil for what they need not see.
    fileprivate var told: String? {
        switch self {
        case .speechStarted: "speech began"
        case .speechEnded(let milliseconds): "speech ended, \(milliseconds) ms"
        case .partial(let text): "heard so far “\(text)”"
        case .transcript(let text, let engine, _): "heard “\(text)” (\(engine))"
        case .nothingHeard(let reason): "nothing heard: \(reason)"
        case .engineFailed(let engine, _, let reason): "\(engine) failed: \(reason)"
        case .spoken(let milliseconds, _): "spoke for \(milliseconds) ms"
        case .state(let state): state.rawValue
        case .woke, .timings: nil
        }
    }
}
