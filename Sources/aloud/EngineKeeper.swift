import Endpoints
import Logging
import Planning
import ServiceLifecycle
import Speech
import Storage

/// Gets the remote engines ready at start, before anybody speaks, and looks after those that failed.
struct EngineKeeper: Service {
    let composition: Composition
    private let log = Logger(label: "aloud.engines")

    init(composition: Composition) { self.composition = composition }

    func run() async throws {
        try await untilShutdown {
            async let probing: Void = composition.engines.board.probe()
            await composition.engines.warm()
            await composition.transcribers().learn()
            await rehearse()
            await probing
        }
    }

    /// Has the first voice say what is said again and again, when it is a remote one.
    private func rehearse() async {
        let calls = await composition.synthesizers().rehearse(at: await composition.pace)
        guard !calls.isEmpty else { return }
        log.info("fixed phrases made", metadata: ["count": "\(calls.count { $0.outcome == "ok" })"])
        // What it took is told as any other call; a database that is busy now is not waited for.
        try? await composition.store.record(calls)
    }
}
