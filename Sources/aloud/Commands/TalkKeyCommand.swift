import ArgumentParser
import Planning
import Server
import Support

struct TalkKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ptt", abstract: "Press or let go the talk key of the daemon: push to talk.",
        discussion: """
            Bind it to a hotkey of the desktop: `aloud ptt down` when it goes down, `aloud ptt up` when it comes up; where a
            hotkey only tells that it was pressed, `aloud ptt toggle`. While the key is down everything is for Aloud, and
            silence ends nothing. With voice.mode: ptt nothing else is.
            """)

    @Argument(help: "down, up or toggle.")
    var key: TalkKey

    func run() async throws {
        let answer = Shared<JSONValue>(.null)
        try await LocalSocketClient(path: Locations(environment: ProcessEnvironment.current).socket).request(
            ["method": "ptt", "key": .string(key.rawValue)], deadline: .seconds(5), isLast: { _ in true }
        ) { answer.value = $0 }
        if answer.value["event"] == "error" {
            throw Failure(answer.value["message"]?.string ?? "the daemon has no talk key")
        }
    }
}

extension TalkKey: ExpressibleByArgument {}
