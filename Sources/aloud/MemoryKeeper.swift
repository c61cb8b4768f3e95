import Logging
import Memory
import Server
import ServiceLifecycle
import Storage

/// Keeps the memory up with what changes, in the background. What it misses is read at the next change, or by the next
/// search. Passages get their vectors beside that, a bounded round after the other: an embedder that is slow or away holds
/// nothing up.
struct MemoryKeeper: Service {
    let memory: Memory
    let hub: EventHub
    private let log = Logger(label: "aloud.memory")

    /// How long the vectors stay in memory when nobody searches.
    private static let idle = Duration.seconds(600)
    /// How often it is looked whether something waits, when nothing was told.
    private static let interval = Duration.seconds(60)
    /// The first pause after an embedder failed; each further failure doubles it.
    private static let firstPause = Duration.seconds(5)
    private static let longestPause = Duration.seconds(300)

    init(memory: Memory, hub: EventHub) {
        self.memory = memory
        self.hub = hub
    }

    func run() async throws {
        let (read, told) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await untilShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await keepWords { told.yield() } }
                group.addTask { await keepVectors(read) }
                group.addTask {
                    while (try? await Task.sleep(for: MemoryKeeper.interval)) != nil {
                        await memory.rest(after: MemoryKeeper.idle)
                        told.yield()
                    }
                }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func keepWords(_ tell: @Sendable () -> Void) async {
        let events = hub.events()
        await catchUp()
        tell()
        // Events that pile up while it reads are all read by the first of them.
        for await event in events where event.event == "changed" || event.event == "reply" {
            await catchUp()
            tell()
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

    private func keepVectors(_ read: AsyncStream<Void>) async {
        var pause = MemoryKeeper.firstPause
        for await _ in read {
            do {
                while try await memory.embed().isBehind { pause = MemoryKeeper.firstPause }
            } catch is CancellationError {
                return
            } catch {
                log.warning("not everything has its vector yet", metadata: ["reason": "\(error)"])
                guard (try? await Task.sleep(for: pause)) != nil else { return }
                pause = min(MemoryKeeper.longestPause, pause * 2)
            }
        }
    }
}
