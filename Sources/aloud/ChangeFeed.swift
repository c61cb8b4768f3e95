import Planning
import Server
import ServiceLifecycle
import Storage
import Support

/// Makes events of every change in the store, of this process or of another.
struct ChangeFeed: Service {
    let store: Store
    let hub: EventHub

    /// How often the store is asked whether another process wrote.
    static let interval = Duration.milliseconds(250)

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            var seq = try await store.lastChange()
            while !Task.isCancelled {
                let newest = try await store.lastChange()
                for row in newest > seq ? try await store.audit(after: seq) : [] {
                    seq = row.seq
                    hub.publish(
                        HouseEvent(
                            "changed",
                            [
                                "seq": .number(Double(row.seq)), "entity": .string(row.entity),
                                "entity_id": .string(row.entityId), "surface": .string(row.surface.rawValue),
                            ]))
                }
                do { try await Task.sleep(for: ChangeFeed.interval) } catch { return }
            }
        }
    }
}
