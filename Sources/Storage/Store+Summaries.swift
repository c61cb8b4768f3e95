import GRDB
import Planning

extension Change {
    /// False when the conversation has one already, and nothing was kept.
    package func keep(_ summary: ConversationSummary) throws -> Bool {
        try summary.insert(database, onConflict: .ignore)
        return database.changesCount > 0
    }
}

extension Store {
    package func keep(_ summary: ConversationSummary) async throws {
        try await write { try summary.insert($0, onConflict: .replace) }
    }

    package func summary(of conversation: Conversation.ID) async throws -> ConversationSummary? {
        try await read { try ConversationSummary.filter(Column("conversationId") == conversation).fetchOne($0) }
    }

    /// The newest first.
    package func summaries(last count: Int = 10) async throws -> [ConversationSummary] {
        try await read { try ConversationSummary.order(Column("rowid").desc).limit(count).fetchAll($0) }
    }

    /// Conversations that ended in `span`, said at least `turns` things, and have no summary yet; the oldest first.
    package func unsummarised(
        endedIn span: Range<Timestamp>, turns: Int, limit: Int
    ) async throws -> [Conversation] {
        try await read { database in
            try Conversation.fetchAll(
                database,
                sql: """
                    SELECT * FROM conversation
                    WHERE lastActiveAt >= ? AND lastActiveAt < ?
                        AND NOT EXISTS (SELECT 1 FROM conversationSummary WHERE conversationId = conversation.id)
                        AND (SELECT count(*) FROM turn WHERE conversationId = conversation.id) >= ?
                    ORDER BY rowid LIMIT ?
                    """, arguments: [span.lowerBound, span.upperBound, turns, limit])
        }
    }
}
