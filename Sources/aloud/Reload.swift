import Logging
import ServiceLifecycle
import Speech
import Support
import UnixSignals

/// Reads the configuration again at SIGHUP: engines, voice, thresholds and log change; an invalid file keeps the old ones.
struct Reload: Service {
    let composition: Composition
    let voice: VoiceService?
    let notifier: ServiceNotifier
    let flags: [(key: String, value: String)]
    private let log = Logger(label: "aloud.configuration")

    init(
        composition: Composition, voice: VoiceService?, notifier: ServiceNotifier,
        flags: [(key: String, value: String)]
    ) {
        self.composition = composition
        self.voice = voice
        self.notifier = notifier
        self.flags = flags
    }

    func run() async throws {
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        for await _ in hangups.cancelOnGracefulShutdown() {
            notifier.reloading()
            await reload()
            notifier.ready()
        }
    }

    private func reload() async {
        do {
            let loaded = try LoadedConfiguration.load(environment: composition.loaded.environment, flags: flags)
            let new = composition.reloaded(loaded)
            LogSetup.set(loaded.configuration.log.level)
            voice?.reconfigure(new.voiceConfiguration(), new.voiceEngines())
            log.notice("configuration read again")
        } catch {
            log.error("configuration kept as it was", metadata: ["reason": "\(error)"])
        }
    }
}
