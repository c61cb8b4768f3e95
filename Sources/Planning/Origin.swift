/// Who makes a change, and by which way.
package struct Origin: Equatable, Sendable {
    /// `user`, or the agent's model name.
    package let actor: String
    package let surface: Surface
    package let conversationId: Conversation.ID?
    package let turnId: Turn.ID?

    package init(
        actor: String = "user", surface: Surface, conversationId: Conversation.ID? = nil, turnId: Turn.ID? = nil
    ) {
        self.actor = actor
        self.surface = surface
        self.conversationId = conversationId
        self.turnId = turnId
    }
}

/// One change as the audit keeps it; its rows share an operation.
package struct AuditRow: Equatable, Sendable, Codable {
    /// The only change feed: it grows with every change of any process.
    package let seq: Int64
    package let operationId: String
    package let actor: String
    package let surface: Surface
    package let conversationId: Conversation.ID?
    package let entity: String
    package let entityId: String
    /// JSON of the row before, nil when it was made.
    package let before: String?
    /// JSON of the row after, nil when it was removed.
    package let after: String?
    package let createdAt: Timestamp
}
