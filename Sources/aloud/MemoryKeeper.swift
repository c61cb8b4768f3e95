import Logging
import Memory
import Server
import ServiceLifecycle
import Storage

/// Keeps the memory up with what changes, in the background. What it misses is read at the next change, or by the next
/// search.
struct MemoryKeeper: Service {
    let memory: Memory
    let hub: EventHub
    private let log = Logger(label: "aloud.memory")

    init(memory: Memory, hub: EventHub) {
        self.memory = memory
        self.hub = hub
    }

    func run() async throws {
        try await untilShutdown {
            let events = hub.events()
            await catchUp()
            // Events that pile up while it reads are all read by the first of them.
            for await event in events where event.event == "changed" || event.event == "reply" { await catchUp() }
        }
    }

    private func catchUp() async {
        do {
            try await memory.catchUp()
        } catch is CancellationError {
            // The next start goes on from the mark.
        } catch {
            log.warning("not everything can be found yet", metadata: ["reason": "\(error)"])
        }
    }
}
