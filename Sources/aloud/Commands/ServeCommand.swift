import ArgumentParser
import Assistant
import Foundation
import Logging
import Server
import ServiceLifecycle
import Support

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Listen and answer: the daemon.",
        discussion: "SIGTERM ends it within two seconds with nothing lost; SIGHUP reads the configuration again.")

    @Option(help: "The ALSA device to hear with.")
    var input: String?

    @Option(help: "The ALSA device to speak with.")
    var output: String?

    @Flag(help: "Use neither microphone nor speaker; answer on the socket only.")
    var noAudio = false

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        var flags: [(key: String, value: String)] = []
        if let input { flags.append(("audio.input", input)) }
        if let output { flags.append(("audio.output", output)) }
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current, flags: flags)
        LogSetup.install(loaded.configuration.log.level, environment: loaded.environment)
        try await Composition.run(flags: flags) { try await Daemon($0, hasAudio: !noAudio).run() }
    }
}
