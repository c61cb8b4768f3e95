import Assistant
import Endpoints
import Foundation
import Logging
import Planning
import Server
import ServiceLifecycle
import Speech
import Storage
import Support
import UnixSignals

/// The running daemon: its services, in the order they start.
struct Daemon {
    private let composition: Composition
    private let hasAudio: Bool
    private let flags: [(key: String, value: String)]
    private let log = Logger(label: "aloud")

    init(_ composition: Composition, hasAudio: Bool, flags: [(key: String, value: String)] = []) {
        self.composition = composition
        self.hasAudio = hasAudio
        self.flags = flags
    }

    func run() async throws {
        let environment = composition.loaded.environment
        let notifier = ServiceNotifier(environment: environment)
        let hub = EventHub()
        let recorder = hasAudio ? try makeRecorder() : nil
        let voice = hasAudio ? try await makeVoice(hub, notifier, recorder) : nil
        let house = House(dialogue: composition.dialogue, hub: hub, live: liveState(voice))
        let socket = LocalSocket(
            address: ListeningAddress(path: composition.loaded.locations.socket, environment: environment),
            house: house
        ) {
            notifier.ready()
            notifier.status(voice == nil ? "answering on the socket" : "waiting for the wake phrase")
        }
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: ChangeFeed(store: composition.store, hub: hub)),
            .init(service: MemoryKeeper(memory: composition.memory, hub: hub)),
            .init(
                service: Retention(
                    store: composition.store, days: composition.loaded.configuration.audio.retentionDays,
                    modelDays: composition.loaded.configuration.agent.retentionDays, spoken: composition.engines.spoken)
            ),
            .init(service: Watchdog(notifier: notifier)),
            .init(service: Reload(composition: composition, voice: voice, notifier: notifier, flags: flags)),
        ]
        if let summariser = composition.summariser {
            services.append(.init(service: SummaryKeeper(summariser: summariser)))
        }
        if let voice { services.append(.init(service: VoiceLoopService(voice: voice, recorder: recorder))) }
        if voice != nil || !composition.loaded.configuration.wyoming.satellites.isEmpty {
            services.append(.init(service: EngineKeeper(composition: composition)))
        }
        if let satellites = composition.satellites(hub, tell: { $0.log(to: log) }) {
            services.append(.init(service: SatelliteService(satellites: satellites)))
        }
        if let server = composition.wyomingServer(house) { services.append(.init(service: server)) }
        services.append(.init(service: socket, successTerminationBehavior: .gracefullyShutdownGroup))
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: LogSetup.lifecycle(environment: environment))
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        try await ServiceGroup(configuration: configuration).run()
        notifier.stopping()
    }

    /// nil unless debug recordings are asked for.
    private func makeRecorder() throws -> DebugRecorder? {
        let megabytes = composition.loaded.configuration.debug.recordings
        guard megabytes > 0 else { return nil }
        let folder = composition.loaded.locations.debugFolder
        log.warning("everything that is heard is recorded", metadata: ["folder": "\(folder)", "mb": "\(megabytes)"])
        return try DebugRecorder(folder: folder, limit: megabytes * 1_000_000)
    }

    private func makeVoice(
        _ hub: EventHub, _ notifier: ServiceNotifier, _ recorder: DebugRecorder?
    ) async throws -> VoiceService {
        let devices = composition.loaded.configuration.audio
        let tap = EchoTap()
        var ears = try Ears.microphone(devices.input, tap: tap)
        if let recorder { ears.frames = recorder.recorded(ears.frames) }
        let taps = [tap, recorder?.tap].compactMap { $0 }
        return VoiceService(
            try await composition.rememberedVoiceConfiguration(), composition.voiceEngines(),
            ears: ears, mouth: try .speaker(devices.output, taps: taps),
            respondent: Voice(composition: composition, hub: hub).respondent
        ) { event in
            event.log(to: log)
            hub.publish(event.houseEvent)
            recorder?.note(event.houseEvent)
            if case .state(let state) = event { notifier.status(state.rawValue) }
        }
    }

    private func liveState(_ voice: VoiceService?) -> LiveState {
        LiveState(
            status: {
                [
                    "state": .string(voice?.state.rawValue ?? "no audio"),
                    "microphone": .string(voice?.microphoneInWords ?? "not used"),
                    "pid": .number(Double(getpid())),
                    "engines": .array(composition.engines.board.watches.map { EngineReport($0).json }),
                ]
            }, setMuted: { voice?.setMuted($0) },
            talkKey: { voice?.talkKey($0) != nil },
            speak: { reply, turn in await voice?.speak(reply.response(turn)) })
    }
}

/// Runs the voice loop until the daemon shuts down.
private struct VoiceLoopService: Service {
    let voice: VoiceService
    let recorder: DebugRecorder?

    func run() async throws {
        await cancelWhenGracefulShutdown { await voice.run() }
        await recorder?.end()
    }
}

extension DebugRecorder {
    fileprivate func note(_ event: HouseEvent) {
        var facts = event.facts.object ?? [:]
        facts["event"] = .string(event.event)
        facts["at"] = .string(Timestamp.now.description)
        if let line = try? JSONText.line(JSONValue.object(facts)) { note(line) }
    }
}

extension VoiceEvent {
    /// Lengths and times, never words.
    fileprivate func log(to log: Logger) {
        switch self {
        case .engineFailed(let engine, let kind, _):
            log.warning("an engine failed", metadata: ["engine": "\(engine)", "kind": "\(kind)"])
        case .nothingHeard(let reason): log.info("nothing heard", metadata: ["reason": "\(reason)"])
        case .timings(let stages):
            let shown = stages.map { "\($0.stage)=\($0.milliseconds.inTenths)" }.joined(separator: " ")
            log.info("turn", metadata: ["ms": "\(shown)"])
        case .state(let state): log.debug("state", metadata: ["state": "\(state.rawValue)"])
        case .woke, .speechStarted, .speechEnded, .partial, .transcript, .spoken: break
        }
    }
}

/// Tells systemd that the daemon still turns.
struct Watchdog: Service {
    let notifier: ServiceNotifier

    func run() async throws {
        guard let interval = notifier.watchdogInterval else { return try await gracefulShutdown() }
        try await untilShutdown {
            while true {
                notifier.alive()
                try await Task.sleep(for: interval)
            }
        }
    }
}
