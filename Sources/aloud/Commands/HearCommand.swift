import ArgumentParser
import Assistant
import Audio
import Foundation
import Planning
import Server
import Speech
import Support

struct HearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hear", abstract: "Take what is said in recordings, by the microphone's own path.",
        discussion: """
            Each WAV or Ogg Opus file goes through voice activity, endpointer, recogniser and conversation, and the
            reply is spoken into --out when it is given. The open project goes on from file to file and from run to run.
            """)

    @Argument(help: "WAV or Ogg Opus files.", completion: .file(extensions: ["wav", "opus", "ogg"]))
    var files: [String]

    @Flag(help: "Show every event as a JSON line.")
    var json = false

    @Flag(help: "Take only what follows the wake phrase.")
    var wake = false

    @Option(help: "A folder for the spoken replies.", completion: .directory)
    var out: String?

    func run() async throws {
        if let out { try PrivateFolder.make(out) }
        try await Composition.run { composition in
            let hearing = RecordedHearing(
                composition: composition, needsWake: wake, mouth: out.map { .folder($0) } ?? .nowhere,
                show: json ? Narration.json : Narration.text)
            var hasFailed = false
            for file in files {
                if files.count > 1 { hearing.show(HouseEvent("file", ["path": .string(file)])) }
                do {
                    try await hear(file, with: hearing)
                } catch let failure as Failure {
                    Terminal.complain(failure.description)
                    hasFailed = true
                }
            }
            if hasFailed { throw ExitCode(ExitStatus.failed.rawValue) }
        }
    }

    private func hear(_ file: String, with hearing: RecordedHearing) async throws {
        let sound: PCM
        do {
            sound = try AudioFile.read(file)
        } catch {
            throw Failure("\(file): \(error)")
        }
        guard try await hearing.hear(sound) > 0 else {
            throw Failure("nothing was understood in \(file)\(wake ? "; was the wake phrase said?" : "")")
        }
    }
}

/// Recordings, taken like speech at the microphone, one utterance after the other.
struct RecordedHearing: Sendable {
    let composition: Composition
    let needsWake: Bool
    let mouth: Mouth
    let show: @Sendable (HouseEvent) -> Void
    private let transcribers: TranscriberList
    private let synthesizers: SynthesizerList

    init(
        composition: Composition, needsWake: Bool, mouth: Mouth, show: @escaping @Sendable (HouseEvent) -> Void
    ) {
        self.composition = composition
        self.needsWake = needsWake
        self.mouth = mouth
        self.show = show
        transcribers = composition.transcribers()
        synthesizers = composition.synthesizers()
    }

    /// How many utterances were understood in `sound`.
    func hear(_ sound: PCM) async throws -> Int {
        let configuration = composition.listening(hasWake: needsWake)
        let silence = composition.loaded.configuration.voice.trailingSilence + 500
        let events = Listener.events(configuration, of: try .recording(sound, silence: silence))
        let voice = Voice(composition: composition, hub: EventHub()) { event in
            // The reply's text is told as it stands; of its pieces a recording has no use.
            if case .delta = event { return }
            if case .kept = event { return }
            show(event.houseEvent)
        }
        let turn = VoiceTurn(
            transcribers: transcribers, synthesizers: synthesizers, respondent: voice.respondent, mouth: mouth
        ) { show($0.houseEvent) }
        transcribers.prepare(await voice.respondent.expected())
        var rules = VoiceLoop.Configuration()
        rules.mode = needsWake ? .wake : .open
        // What follows in a recording does not answer what was said back.
        rules.followUp = 0
        var loop = VoiceLoop(rules)
        var understood = 0
        var unspoken = 0
        for await event in events {
            switch event {
            case .began: show(VoiceEvent.speechStarted.houseEvent)
            case .woke:
                show(VoiceEvent.woke.houseEvent)
                _ = loop.on(.woke)
            case .ended(let heard):
                let actions = loop.on(.ended(hasWake: heard.hasWake, voiced: heard.voicedAfterWake))
                guard actions.contains(.take(.alone)) else { continue }
                let outcome = await turn.take(heard)
                if outcome.wasUnderstood { understood += 1 }
                if outcome.problem != nil { unspoken += 1 }
                _ = loop.on(.turnEnded(expectsAnswer: outcome.expectsAnswer, control: nil, hasSpoken: false))
            case .failed(let reason): throw Failure("the sound cannot be heard: \(reason)")
            case .dropped, .nobodySpoke, .over, .spoke, .paused, .resumed, .tick: continue
            }
        }
        guard unspoken == 0 else { throw Failure("what was said is kept, but not every reply could be spoken") }
        return understood
    }
}

/// How events are shown on the terminal.
enum Narration {
    static let json: @Sendable (HouseEvent) -> Void = { event in
        if let line = try? JSONText.line(event) { Terminal.show(line) }
    }

    static let text: @Sendable (HouseEvent) -> Void = { event in
        let facts = event.facts
        switch event.event {
        case "file": Terminal.show(Terminal.dim("file    \(facts["path"]?.string ?? "")"))
        case "transcript": Terminal.show(Terminal.dim("heard   ") + (facts["text"]?.string ?? ""))
        case "routed":
            let command = facts["command"]?.string ?? "free speech"
            let slots = facts["slots"].flatMap { try? JSONText.line($0) } ?? "{}"
            Terminal.show(
                Terminal.dim("decided ") + command + (slots == "{}" ? "" : " " + slots)
                    + Terminal.dim("  (\(facts["tier"]?.string ?? ""))"))
        case "reply": Terminal.show(Terminal.dim("said    ") + Terminal.bold(facts["text"]?.string ?? ""))
        case "spoken":
            let seconds = ((facts["duration_ms"]?.number ?? 0) / 1000).inTenths
            let path = facts["path"]?.string.map { ", in \(($0 as NSString).lastPathComponent)" } ?? ""
            Terminal.show(Terminal.dim("spoken  \(seconds) s\(path)"))
        case "nothing_heard": Terminal.show(Terminal.dim("nothing heard: \(facts["reason"]?.string ?? "")"))
        case "engine_failed":
            Terminal.complain("\(facts["engine"]?.string ?? "an engine") failed: \(facts["reason"]?.string ?? "")")
        default: break
        }
    }
}
