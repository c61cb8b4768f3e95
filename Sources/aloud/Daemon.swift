import Assistant
import Foundation
import Logging
import Server
import ServiceLifecycle
import Support
import UnixSignals

/// The running daemon: its services, in the order they start.
struct Daemon {
    private let composition: Composition
    private let hasAudio: Bool
    private let log = Logger(label: "aloud")

    init(_ composition: Composition, hasAudio: Bool) {
        self.composition = composition
        self.hasAudio = hasAudio
    }

    func run() async throws {
        let environment = composition.loaded.environment
        let notifier = ServiceNotifier(environment: environment)
        let hub = EventHub()
        let live = LiveState(
            status: { ["state": "no audio", "pid": .number(Double(getpid()))] }, setMuted: { _ in })
        let socket = LocalSocket(
            address: ListeningAddress(path: composition.loaded.locations.socket, environment: environment),
            house: House(dialogue: composition.dialogue, hub: hub, live: live)
        ) {
            notifier.ready()
            notifier.status("answering on the socket")
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: ChangeFeed(store: composition.store, hub: hub)),
                    .init(service: Watchdog(notifier: notifier)),
                    .init(service: socket, successTerminationBehavior: .gracefullyShutdownGroup),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
        notifier.stopping()
    }
}

/// Tells systemd that the daemon still turns.
struct Watchdog: Service {
    let notifier: ServiceNotifier

    func run() async throws {
        guard let interval = notifier.watchdogInterval else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                notifier.alive()
                try? await Task.sleep(for: interval)
            }
        }
    }
}
