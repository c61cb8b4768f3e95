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
        try await untilShutdown {
            var seq = try await store.lastChange()
            var seen: WriteStamp?
            while true {
                // Ends the daemon rather than let it go on with a file that nobody finds again.
                try store.checkFile()
                let stamp = store.writeStamp
                if stamp == nil || stamp != seen || stamp?.isSettled == false { seq = try await tell(after: seq) }
                seen = stamp
                try await Task.sleep(for: ChangeFeed.interval)
            }
        }
    }

    /// Tells what changed after `seq`; returns the `seq` of the last of it.
    private func tell(after seq: Int64) async throws -> Int64 {
        var seq = seq
        while case let rows = try await store.audit(after: seq), let last = rows.last {
            for row in rows { hub.publish(event(of: row)) }
            seq = last.seq
        }
        return seq
    }

    private func event(of row: AuditRow) -> HouseEvent {
        HouseEvent(
            "changed",
            [
                "seq": .number(Double(row.seq)), "entity": .string(row.entity), "entity_id": .string(row.entityId),
                "surface": .string(row.surface.rawValue),
            ])
    }
}
