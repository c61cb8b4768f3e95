import Foundation
import GRDB
import Planning

extension Store {
    /// A conversation rests after this long; what is said later begins a new one, with the same focus.
    package static let conversationRest: Int64 = 4 * 3600 * 1000

    /// The conversation that is going on, or a new one that goes on where the last one ended.
    package func currentConversation(at moment: Timestamp = .now) async throws -> Conversation {
        try await write { database in
            let last = try Conversation.order(Column("lastActiveAt").desc, Column("rowid").desc).fetchOne(database)
            if let last, moment.milliseconds - last.lastActiveAt.milliseconds < Store.conversationRest { return last }
            return try Store.begin(after: last, at: moment, in: database)
        }
    }

    package func focus(of conversation: Conversation.ID) async throws -> Focus {
        try await read { database in
            try Focus.first(where: "conversationId = ?", [conversation], in: database)
                ?? Focus(conversationId: conversation)
        }
    }

    private static let activity = "UPDATE conversation SET lastActiveAt = max(lastActiveAt, ?) WHERE id = ?"

    /// Keeps a turn, and the sound of it when it was spoken, before anything is done about it.
    package func record(_ turn: Turn, sound: Recording? = nil) async throws {
        try await write { database in
            try turn.insert(database)
            if let sound {
                try database.run(
                    "INSERT INTO utterance (turnId, opus, milliseconds, createdAt) VALUES (?, ?, ?, ?)",
                    [sound.turnId, Data(sound.opus), sound.milliseconds, sound.createdAt])
            }
            try database.run(Store.activity, [turn.createdAt, turn.conversationId])
        }
    }

    /// Keeps many turns with their times in one step, the oldest first.
    package func record(_ turns: [(turn: Turn, timings: [StageTiming])]) async throws {
        try await write { database in
            for (turn, timings) in turns {
                try turn.insert(database)
                try timings.insert(for: turn.id, in: database)
                try database.run(Store.activity, [turn.createdAt, turn.conversationId])
            }
        }
    }

    /// A conversation that took place at another time.
    package func record(_ conversation: Conversation) async throws {
        try await write { try conversation.insert($0) }
    }

    /// What of a reply was really spoken, and what speaking it took.
    package func spoke(
        _ turn: Turn.ID, _ text: String, timings: [StageTiming], calls: [EngineCall]
    ) async throws {
        try await write { database in
            try database.run("UPDATE turn SET spoken = ? WHERE id = ?", [text, turn])
            try timings.insert(for: turn, in: database)
            for call in calls { try call.insert(database) }
        }
    }

    package func record(_ calls: [EngineCall]) async throws {
        guard !calls.isEmpty else { return }
        try await write { database in for call in calls { try call.insert(database) } }
    }

    /// The newest turns of a conversation, the oldest of them first.
    package func turns(of conversation: Conversation.ID, last count: Int = 50) async throws -> [Turn] {
        try await read { database in
            try Turn.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT * FROM (SELECT * FROM turn WHERE conversationId = ? ORDER BY rowid DESC LIMIT ?)
                        ORDER BY rowid
                        """), arguments: [conversation, count])
        }
    }

    /// When the last thing before `moment` was said; nil when nothing was.
    package func lastTurn(before moment: Timestamp) async throws -> Timestamp? {
        try await read {
            try Timestamp.fetchOne(
                $0, sql: "SELECT createdAt FROM turn WHERE createdAt < ? ORDER BY createdAt DESC LIMIT 1",
                arguments: [moment])
        }
    }

    package func turnCount(in span: Range<Timestamp>) async throws -> Int {
        try await read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM turn WHERE createdAt >= ? AND createdAt < ?",
                arguments: [span.lowerBound, span.upperBound]) ?? 0
        }
    }

    package func timings(of turn: Turn.ID) async throws -> [StageTiming] {
        try await read {
            try Row.fetchAll(
                $0, sql: "SELECT stage, milliseconds FROM stageTiming WHERE turnId = ? ORDER BY rowid",
                arguments: [turn]
            ).map { StageTiming(stage: $0["stage"], milliseconds: $0["milliseconds"]) }
        }
    }

    package func engineCalls(of turn: Turn.ID) async throws -> [EngineCall] {
        try await read { try EngineCall.filter(Column("turnId") == turn).order(Column("rowid")).fetchAll($0) }
    }

    package func recording(of turn: Turn.ID) async throws -> Recording? {
        try await read {
            try Row.fetchOne($0, sql: "SELECT * FROM utterance WHERE turnId = ?", arguments: [turn]).map {
                let opus: Data = $0["opus"]
                return Recording(
                    turnId: turn, opus: [UInt8](opus), milliseconds: $0["milliseconds"],
                    at: $0["createdAt"])
            }
        }
    }
}

extension [StageTiming] {
    func insert(for turn: Turn.ID, in database: Database) throws {
        for timing in self {
            try database.run(
                "INSERT INTO stageTiming (turnId, stage, milliseconds) VALUES (?, ?, ?)",
                [turn, timing.stage, timing.milliseconds])
        }
    }
}
