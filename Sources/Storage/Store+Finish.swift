import GRDB
import Planning

extension Store {
    /// Ends a user's turn in one transaction: how it was understood, the reply, the times and the calls.
    package func finish(
        _ turn: Turn.ID, used: String, tier: Turn.Tier, command: String?, slots: String?, reply: Turn,
        timings: [StageTiming], calls: [EngineCall]
    ) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE turn SET used = ?, tier = ?, command = ?, slots = ? WHERE id = ?",
                arguments: [used, tier.rawValue, command, slots, turn])
            try reply.insert(database)
            try timings.insert(for: turn, in: database)
            for call in calls { try call.insert(database) }
        }
    }
}
