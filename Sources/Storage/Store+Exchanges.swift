import GRDB
import Planning

/// What was said and what was answered, with everything that is known of how.
package struct Exchange: Encodable, Sendable {
    package let said: Turn
    package let reply: Turn?
    /// Of the turn and of its reply, in their order.
    package let timings: [StageTiming]
    package let calls: [EngineCall]
    /// Whether the sound of it is still kept.
    package let hasSound: Bool
}

extension Store {
    /// - Parameter place: 1 for what was said last, 2 for what was said before.
    package func exchange(at place: Int, byVoice: Bool = false) async throws -> Exchange? {
        let turn = try await read {
            try Turn.fetchOne(
                $0,
                sql: """
                    SELECT * FROM turn WHERE role = 'user' AND (modality = 'voice' OR NOT ?)
                    ORDER BY rowid DESC LIMIT 1 OFFSET ?
                    """, arguments: [byVoice, place - 1])
        }
        return if let turn { try await exchange(turn) } else { nil }
    }

    /// - Parameter id: Of the turn or of its reply.
    package func exchange(_ id: Turn.ID) async throws -> Exchange? {
        let turn = try await read {
            try Turn.fetchOne(
                $0,
                sql: """
                    SELECT said.* FROM turn JOIN turn said ON said.conversationId = turn.conversationId
                        AND said.role = 'user' AND said.rowid <= turn.rowid
                    WHERE turn.id = ? ORDER BY said.rowid DESC LIMIT 1
                    """, arguments: [id])
        }
        return if let turn { try await exchange(turn) } else { nil }
    }

    private func exchange(_ said: Turn) async throws -> Exchange {
        let reply = try await read {
            try Turn.fetchOne(
                $0,
                sql: """
                    SELECT next.* FROM turn JOIN turn next ON next.conversationId = turn.conversationId
                        AND next.rowid > turn.rowid
                    WHERE turn.id = ? ORDER BY next.rowid LIMIT 1
                    """, arguments: [said.id])
        }
        let answer = reply?.role == .assistant ? reply : nil
        var timings = try await timings(of: said.id)
        var calls = try await engineCalls(of: said.id)
        if let answer {
            timings += try await self.timings(of: answer.id)
            calls += try await engineCalls(of: answer.id)
        }
        let hasSound = try await recording(of: said.id) != nil
        return Exchange(said: said, reply: answer, timings: timings, calls: calls, hasSound: hasSound)
    }
}
