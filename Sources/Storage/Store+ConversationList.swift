import GRDB
import Planning

/// A conversation as a list shows it.
package struct ListedConversation: Equatable, Sendable, Codable {
    /// 1 is the latest.
    package let place: Int
    package let id: Conversation.ID
    package let startedAt: Timestamp
    package let lastActiveAt: Timestamp
    /// What the user said.
    package let turns: Int
    /// What was open at its end, by name.
    package let project: String?
    package let plan: String?
}

extension Store {
    /// The latest first, from `place` on.
    package func conversations(from place: Int = 1, limit: Int = 20) async throws -> [ListedConversation] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT conversation.id, startedAt, lastActiveAt, project.name AS project, plan.title AS plan,
                        (SELECT count(*) FROM turn WHERE conversationId = conversation.id AND role = 'user') AS turns
                    FROM conversation LEFT JOIN focus ON focus.conversationId = conversation.id
                    LEFT JOIN project ON project.id = focus.projectId LEFT JOIN plan ON plan.id = focus.planId
                    ORDER BY lastActiveAt DESC, conversation.rowid DESC LIMIT ? OFFSET ?
                    """, arguments: [limit, max(0, place - 1)]
            ).enumerated().map { index, row in
                ListedConversation(
                    place: place + index, id: row["id"], startedAt: row["startedAt"], lastActiveAt: row["lastActiveAt"],
                    turns: row["turns"], project: row["project"], plan: row["plan"])
            }
        }
    }

    /// Begins a new conversation, with the same open, so that the one before is over. nil when there is none, or when
    /// nothing was said in it yet.
    package func endConversation(at moment: Timestamp = .now) async throws -> Conversation? {
        try await write { database in
            guard
                let last = try Conversation.order(Column("lastActiveAt").desc, Column("rowid").desc).fetchOne(database),
                try Turn.filter(Column("conversationId") == last.id).fetchCount(database) > 0
            else { return nil }
            try Store.begin(after: last, at: moment, in: database)
            return last
        }
    }

    /// A new conversation that goes on where the last one ended.
    @discardableResult
    static func begin(
        after last: Conversation?, at moment: Timestamp, in database: Database
    ) throws -> Conversation {
        let conversation = Conversation(at: max(moment, last?.lastActiveAt ?? moment))
        try conversation.insert(database)
        if let last, let focus = try Focus.filter(Column("conversationId") == last.id).fetchOne(database) {
            try Focus(conversationId: conversation.id, projectId: focus.projectId, planId: focus.planId)
                .insert(database)
        }
        return conversation
    }
}
