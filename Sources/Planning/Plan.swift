/// A living Markdown document of a project. Its text is in its versions and, until saved, in its draft.
package struct Plan: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Plan>

    package let id: ID
    /// For people; counted over the whole store and never used twice.
    package let number: Int
    package let projectId: Project.ID
    package var title: String
    package var description: String
    package var status: Status
    package var metadata: Metadata
    /// The name of the template it is made from; nil for none, and for plans older than the choice.
    package let template: String?
    /// The number of the newest version, 0 while there is only a draft.
    package var latestVersion: Int
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum Status: String, Codable, Sendable, CaseIterable {
        case draft, approved
        case inProgress = "in_progress"
        case completed, archived
    }

    package struct Metadata: Equatable, Sendable, Codable {
        package var estimateMinutes: Int?
        package var priority: Priority?
        package var dependencies: [String] = []
        package var milestones: [String] = []
        package var owner: String?
        package var dueOn: Day?

        package init() {}

        /// What an older version, or another program, left out is empty.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            estimateMinutes = try container.decodeIfPresent(Int.self, forKey: .estimateMinutes)
            priority = try container.decodeIfPresent(Priority.self, forKey: .priority)
            dependencies = try container.decodeIfPresent([String].self, forKey: .dependencies) ?? []
            milestones = try container.decodeIfPresent([String].self, forKey: .milestones) ?? []
            owner = try container.decodeIfPresent(String.self, forKey: .owner)
            dueOn = try container.decodeIfPresent(Day.self, forKey: .dueOn)
        }
    }

    package init(
        id: ID = .make(), number: Int, projectId: Project.ID, title: String, description: String = "",
        template: String? = nil, at moment: Timestamp = .now
    ) {
        self.id = id
        self.number = number
        self.template = template
        self.projectId = projectId
        self.title = title
        self.description = description
        status = .draft
        metadata = Metadata()
        latestVersion = 0
        createdAt = moment
        updatedAt = moment
    }
}

package enum Priority: String, Codable, Sendable, CaseIterable {
    case low, medium, high, critical
}

/// One immutable state of a plan.
package struct PlanVersion: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<PlanVersion>

    package let id: ID
    package let planId: Plan.ID
    /// From 1, without gaps.
    package let number: Int
    /// Markdown.
    package let content: String
    package let changeSummary: String
    package let author: String
    package let surface: Surface
    package let conversationId: Conversation.ID?
    package let createdAt: Timestamp

    package init(
        id: ID = .make(), planId: Plan.ID, number: Int, content: String, changeSummary: String, author: String,
        surface: Surface, conversationId: Conversation.ID?, at moment: Timestamp = .now
    ) {
        self.id = id
        self.planId = planId
        self.number = number
        self.content = content
        self.changeSummary = changeSummary
        self.author = author
        self.surface = surface
        self.conversationId = conversationId
        createdAt = moment
    }
}

/// The unsaved text of a plan: at most one for each plan.
package struct PlanDraft: Equatable, Sendable, Codable {
    package let planId: Plan.ID
    /// Markdown.
    package var content: String
    /// The version the draft began from, 0 for none.
    package var baseVersion: Int
    /// The heading of the section whose question was asked last and has no answer yet.
    package var askedSection: String?
    package var updatedAt: Timestamp

    package init(
        planId: Plan.ID, content: String, baseVersion: Int, askedSection: String? = nil, at moment: Timestamp = .now
    ) {
        self.planId = planId
        self.content = content
        self.baseVersion = baseVersion
        self.askedSection = askedSection
        updatedAt = moment
    }
}

/// A thought kept beside a plan until the next version takes it in.
package struct Note: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Note>

    package let id: ID
    package let projectId: Project.ID?
    package let planId: Plan.ID?
    package let turnId: Turn.ID?
    package let text: String
    /// The version that took it in, 0 while it waits.
    package var foldedInto: Int
    package let createdAt: Timestamp

    package init(
        id: ID = .make(), projectId: Project.ID?, planId: Plan.ID?, turnId: Turn.ID?, text: String,
        at moment: Timestamp = .now
    ) {
        self.id = id
        self.projectId = projectId
        self.planId = planId
        self.turnId = turnId
        self.text = text
        foldedInto = 0
        createdAt = moment
    }
}
