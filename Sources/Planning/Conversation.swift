/// The door by which something reached Aloud.
package enum Surface: String, Codable, Sendable, CaseIterable {
    case voice, socket, cli, http, web, mcp
}

/// A session of exchange. What is open in it is its focus.
package struct Conversation: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Conversation>

    package let id: ID
    package let startedAt: Timestamp
    package var lastActiveAt: Timestamp

    package init(id: ID = .make(), at moment: Timestamp = .now) {
        self.id = id
        startedAt = moment
        lastActiveAt = moment
    }
}

/// What a conversation is about right now.
package struct Focus: Equatable, Sendable, Codable {
    package let conversationId: Conversation.ID
    package var projectId: Project.ID?
    package var planId: Plan.ID?

    package init(conversationId: Conversation.ID, projectId: Project.ID? = nil, planId: Plan.ID? = nil) {
        self.conversationId = conversationId
        self.projectId = projectId
        self.planId = planId
    }
}

/// One user utterance or one reply.
package struct Turn: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Turn>

    package let id: ID
    package let conversationId: Conversation.ID
    package let role: Role
    package let modality: Modality
    package let surface: Surface
    /// For a user's turn what the recogniser gave or what was typed, for a reply its whole text.
    package let heard: String
    /// What was acted on, after repair.
    package var used: String
    /// What was really spoken of a reply; nil when it was not to be spoken.
    package var spoken: String?
    package var tier: Tier?
    /// The public name of the command.
    package var command: String?
    /// JSON object of the command's slots.
    package var slots: String?
    package let createdAt: Timestamp

    package enum Role: String, Codable, Sendable { case user, assistant }
    package enum Modality: String, Codable, Sendable { case voice, text }
    /// How a user's turn was understood.
    package enum Tier: String, Codable, Sendable { case exact, fuzzy, agent, answer }

    package init(
        id: ID = .make(), conversationId: Conversation.ID, role: Role, modality: Modality, surface: Surface,
        heard: String, used: String? = nil, at moment: Timestamp = .now
    ) {
        self.id = id
        self.conversationId = conversationId
        self.role = role
        self.modality = modality
        self.surface = surface
        self.heard = heard
        self.used = used ?? heard
        createdAt = moment
    }
}

/// How long each stage of a turn took, in milliseconds.
package struct StageTiming: Equatable, Sendable, Codable {
    package let stage: String
    package let milliseconds: Double

    package init(stage: String, milliseconds: Double) {
        self.stage = stage
        self.milliseconds = milliseconds
    }
}

/// One use of an engine: what was asked of whom, and how it ended.
package struct EngineCall: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<EngineCall>

    package let id: ID
    package private(set) var turnId: Turn.ID?
    package let kind: Kind
    /// As configured, such as `local` or `openai`.
    package let engine: String
    /// The host that was spoken to; nil in process.
    package let host: String?
    package let startedAt: Timestamp
    package let milliseconds: Double
    /// `ok`, `cached`, `overtaken`, or the kind of the failure.
    package let outcome: String
    package let detail: String?

    package enum Kind: String, Codable, Sendable { case transcribe, synthesize, chat, embed, wake }

    package init(
        id: ID = .make(), turnId: Turn.ID?, kind: Kind, engine: String, host: String? = nil, startedAt: Timestamp,
        milliseconds: Double, outcome: String = "ok", detail: String? = nil
    ) {
        self.id = id
        self.turnId = turnId
        self.kind = kind
        self.engine = engine
        self.host = host
        self.startedAt = startedAt
        self.milliseconds = milliseconds
        self.outcome = outcome
        self.detail = detail
    }
}

extension EngineCall {
    /// What was wanted had been made before, and nobody was asked.
    package static let cached = "cached"
    /// Another engine was quicker, and this one was told to stop.
    package static let overtaken = "overtaken"

    /// The same call, as part of a turn.
    package func of(_ turn: Turn.ID) -> EngineCall {
        var call = self
        call.turnId = turn
        return call
    }
}

/// The sound of one spoken turn.
package struct Recording: Equatable, Sendable {
    package let turnId: Turn.ID
    /// Ogg Opus.
    package let opus: [UInt8]
    package let milliseconds: Int
    package let createdAt: Timestamp

    package init(turnId: Turn.ID, opus: [UInt8], milliseconds: Int, at moment: Timestamp = .now) {
        self.turnId = turnId
        self.opus = opus
        self.milliseconds = milliseconds
        createdAt = moment
    }
}
