import GRDB
import Planning
import Support

/// What the calls of a stretch of time took.
package struct ModelSpending: Equatable, Sendable {
    package let calls: Int
    package let tokens: Int
    /// Millionths of the currency; what has no price counts for nothing.
    package let costMicros: Int
}

/// What one model was used for altogether.
package struct ModelUse: Equatable, Sendable, Codable {
    package let model: String
    package let calls: Int
    package let promptTokens: Int
    package let completionTokens: Int
    /// In the currency of the prices; nil when no call has a price.
    package let cost: Double?

    static func all(in database: Database) throws -> [ModelUse] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT model, count(*) AS calls, coalesce(sum(promptTokens), 0) AS prompt,
                    coalesce(sum(completionTokens), 0) AS completion, sum(costMicros) AS cost
                FROM modelCall GROUP BY model ORDER BY model
                """
        ).map { row in
            ModelUse(
                model: row["model"], calls: row["calls"], promptTokens: row["prompt"],
                completionTokens: row["completion"], cost: (row["cost"] as Int?).map { Double($0) / 1e6 })
        }
    }
}

extension Store {
    /// Keeps a call and what was said in it, in one step.
    package func record(_ call: EngineCall, _ words: ModelCall) async throws {
        try await write { database in
            try call.insert(database)
            try words.insert(database)
        }
    }

    /// The newest first.
    package func modelCalls(last count: Int = 20) async throws -> [ModelCall] {
        try await read { try ModelCall.order(Column("rowid").desc).limit(count).fetchAll($0) }
    }

    package func modelCalls(of turn: Turn.ID) async throws -> [ModelCall] {
        try await read { database in
            try ModelCall.fetchAll(
                database,
                sql: """
                    SELECT modelCall.* FROM modelCall JOIN engineCall ON engineCall.id = callId
                    WHERE turnId = ? ORDER BY modelCall.rowid
                    """, arguments: [turn])
        }
    }

    package func modelSpending(since moment: Timestamp) async throws -> ModelSpending {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) AS calls, coalesce(sum(costMicros), 0) AS cost,
                        coalesce(sum(coalesce(promptTokens, estimatedTokens) + coalesce(completionTokens, 0)), 0) AS tokens
                    FROM modelCall WHERE createdAt >= ?
                    """, arguments: [moment])
            return ModelSpending(
                calls: row?["calls"] ?? 0, tokens: row?["tokens"] ?? 0, costMicros: row?["cost"] ?? 0)
        }
    }

    /// What the server counted over what was estimated, of the model's last calls; nil while there are fewer than three.
    package func tokenRatio(of model: String) async throws -> Double? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(*) AS calls, sum(promptTokens) AS told, sum(estimatedTokens) AS thought FROM (
                        SELECT promptTokens, estimatedTokens FROM modelCall
                        WHERE model = ? AND promptTokens > 0 AND estimatedTokens > 0 ORDER BY rowid DESC LIMIT 20)
                    """, arguments: [model])
            guard let row, row["calls"] as Int >= 3, let told: Double = row["told"],
                let thought: Double = row["thought"]
            else { return nil }
            return told / thought
        }
    }

    /// Empties the words of calls from before `moment`; the figures stay. How many there were.
    @discardableResult
    package func dropModelWords(before moment: Timestamp) async throws -> Int {
        try await write { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(
                sql: """
                    UPDATE modelCall SET prompt = '', response = ''
                    WHERE createdAt < ? AND (prompt <> '' OR response <> '')
                    """, arguments: [moment])
            return database.changesCount
        }
    }

    // MARK: What an answer was made with

    /// - Parameter found: How many passages the memory had to offer for it.
    package func record(_ sources: [TurnSource], of turn: Turn.ID, found: Int = 0) async throws {
        guard !sources.isEmpty || found > 0 else { return }
        try await write { database in
            try database.execute(
                sql: "UPDATE turn SET passagesFound = ? WHERE id = ?", arguments: [found, turn])
            try database.execute(sql: "DELETE FROM turnSource WHERE turnId = ?", arguments: [turn])
            for source in sources {
                try database.execute(
                    sql: """
                        INSERT INTO turnSource (turnId, kind, source, projectId, title, tokens, isCut)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        turn, source.kind.rawValue, source.source, source.projectId, source.title, source.tokens,
                        source.isCut,
                    ])
            }
        }
    }

    package func sources(of turn: Turn.ID) async throws -> [TurnSource] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM turnSource WHERE turnId = ? ORDER BY rowid", arguments: [turn]
            )
            .compactMap { row in
                TurnSource.Kind(rawValue: row["kind"]).map {
                    TurnSource(
                        $0, source: row["source"], project: row["projectId"], title: row["title"],
                        tokens: row["tokens"], isCut: row["isCut"])
                }
            }
        }
    }
}
