import ArgumentParser
import Assistant
import Audio
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
        // Until it is listened for: a hangup at start has nothing to read again.
        signal(SIGHUP, SIG_IGN)
        var flags: [(key: String, value: String)] = []
        if let input { flags.append(("audio.input", input)) }
        if let output { flags.append(("audio.output", output)) }
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current, flags: flags)
        if !noAudio { try await checkDevices() }
        LogSetup.install(environment: loaded.environment)
        LogSetup.set(loaded.configuration.log.level)
        let daemonFlags = flags
        try await Composition.run(flags: flags) { composition in
            try await Daemon(composition, hasAudio: !noAudio, flags: daemonFlags).run()
        }
    }

    /// A device that was named here and that ALSA does not know is a slip of the hand; one that is only away may come.
    private func checkDevices() async throws {
        for (name, direction) in [(input, AudioDevice.Direction.capture), (output, .playback)] {
            guard let name else { continue }
            if await Devices.attempt(name, direction) == .unknown {
                throw Failure("there is no sound device “\(name)”; see: aloud devices")
            }
        }
    }
}

enum Devices {
    /// Tries a device on a thread of its own.
    static func attempt(_ name: String, _ direction: AudioDevice.Direction) async -> AudioDevice.Trial {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: AudioDevice.attempt(name, direction)) }
        }
    }
}
