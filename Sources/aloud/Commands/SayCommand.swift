import ArgumentParser
import Assistant
import Audio
import Planning
import Server
import Speech
import Storage
import Support

struct SayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say", abstract: "Take one turn, as if TEXT had been heard.",
        discussion: "With a daemon running the turn is part of its conversation; else it is taken here.")

    @Argument(help: "What to say; the words need no quotes.")
    var text: [String]

    @Flag(help: "Show every event as a JSON line.")
    var json = false

    @Flag(help: "Speak the reply too: the daemon does, or this process when none runs.")
    var aloud = false

    func validate() throws {
        guard !text.joined(separator: " ").allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say something: aloud say show my projects")
        }
        guard text.joined(separator: " ").utf8.count <= Heard.longest else {
            throw ValidationError("One turn is at most \(Heard.longest / 1024) KiB of text.")
        }
    }

    func run() async throws {
        let said = text.joined(separator: " ")
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
        if LocalSocketClient.isAlive(loaded.locations.socket) {
            try await askDaemon(said, loaded.locations.socket)
        } else {
            try await Composition.run { try await takeTurn(said, $0) }
        }
    }

    private func takeTurn(_ said: String, _ composition: Composition) async throws {
        var isStreaming = false
        for try await event in composition.dialogue.take(Heard(said, surface: .cli)) {
            if json { try Terminal.showJSON(event.houseEvent) }
            switch event {
            case .kept, .routed, .doing: continue
            case .delta(let piece):
                isStreaming = true
                if !json { Terminal.show(piece: piece) }
            case .reply(let reply, let turn):
                if !json { try show(reply, isStreaming: isStreaming) }
                if aloud { try await speak(reply, turn, composition) }
            }
        }
        if await composition.dialogue.hasOpenQuestion {
            Terminal.complain("the question ends with this process; ask it in aloud talk, or with aloud serve running")
        }
    }

    private func show(_ reply: Reply, isStreaming: Bool) throws {
        switch reply.control {
        case .mute, .wake:
            throw Failure("no daemon runs, so there is no microphone to close or to open", .noDaemon)
        case .stop, .slower, .faster, .skip, .sleep, .wait, .dictate, .endDictation, .wakeMode, .openMode,
            .pushToTalkMode, nil:
            if isStreaming || !reply.text.isEmpty { Terminal.show(isStreaming ? "" : reply.text) }
        }
    }

    private func speak(_ reply: Reply, _ turn: Turn.ID, _ composition: Composition) async throws {
        let speaker = try Speaker(device: composition.loaded.configuration.audio.output)
        let failure = Shared<String?>(nil)
        let json = json
        let voice = VoiceTurn(
            transcribers: composition.transcribers(), synthesizers: composition.synthesizers(),
            respondent: Voice(composition: composition, hub: EventHub()).respondent, mouth: .speaker(speaker)
        ) { event in
            if case .engineFailed(_, _, let reason) = event { failure.value = reason }
            if case .spoken = event, json { Narration.json(event.houseEvent) }
        }
        guard await voice.speak(reply.response(turn)).spokenMilliseconds ?? 0 > 0 else {
            throw Failure("the reply could not be spoken: \(failure.value ?? "no sound came out"); see: aloud doctor")
        }
    }

    private func askDaemon(_ said: String, _ socket: String) async throws {
        let client = LocalSocketClient(path: socket)
        let failure = Shared<Failure?>(nil)
        let isStreaming = Shared(false)
        let json = json
        let last = aloud ? "spoken" : "reply"
        try await client.request(
            ["method": "say", "text": .string(said), "aloud": .bool(aloud)],
            deadline: aloud ? .seconds(600) : .seconds(60)
        ) { answer in
            [last, "error"].contains(answer["event"]?.string)
        } onLine: { answer in
            if json, let line = try? JSONText.line(answer) { Terminal.show(line) }
            switch answer["event"]?.string {
            case "delta" where !json:
                isStreaming.value = true
                Terminal.show(piece: answer["text"]?.string ?? "")
            case "reply" where !json:
                let text = answer["text"]?.string ?? ""
                if isStreaming.value || !text.isEmpty { Terminal.show(isStreaming.value ? "" : text) }
            case "error": failure.value = Failure(answer)
            default: break
            }
        }
        if let failure = failure.value { throw failure }
    }
}

extension Failure {
    /// From the line in which the daemon says what went wrong.
    fileprivate init(_ answer: JSONValue) {
        let status: ExitStatus =
            switch answer["code"]?.string.flatMap(ErrorCode.init) {
            case .busy: .busy
            case .notAllowed: .notAllowed
            case .failed, nil: .failed
            }
        self.init(answer["message"]?.string ?? "the daemon failed", status)
    }
}
