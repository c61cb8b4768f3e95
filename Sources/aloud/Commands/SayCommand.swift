import ArgumentParser
import Assistant
import Planning
import Server
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

    func validate() throws {
        guard !text.joined(separator: " ").allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say something: aloud say show my projects")
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
            if json {
                try Terminal.showJSON(event.houseEvent)
            } else if case .delta(let piece) = event {
                isStreaming = true
                Terminal.show(piece: piece)
            } else if case .reply(let reply, _) = event {
                switch reply.control {
                case .mute, .wake: Terminal.complain("no daemon runs, so there is no microphone to close or to open")
                case .stop, nil: Terminal.show(isStreaming ? "" : reply.text)
                }
            }
        }
    }

    private func askDaemon(_ said: String, _ socket: String) async throws {
        let client = LocalSocketClient(path: socket)
        let failure = Shared<String?>(nil)
        let isStreaming = Shared(false)
        let json = json
        try await client.request(["method": "say", "text": .string(said)]) { answer in
            ["reply", "error"].contains(answer["event"]?.string)
        } onLine: { answer in
            if let text = try? JSONText.line(answer), json { return Terminal.show(text) }
            switch answer["event"]?.string {
            case "delta":
                isStreaming.value = true
                Terminal.show(piece: answer["text"]?.string ?? "")
            case "reply": Terminal.show(isStreaming.value ? "" : answer["text"]?.string ?? "")
            case "error": failure.value = answer["message"]?.string ?? "the daemon failed"
            default: break
            }
        }
        if let message = failure.value { throw Failure(message) }
    }
}
