/// Something that was decided, or learnt, about a project: so that it is not decided again by accident.
package struct Decision: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<Decision>

    package let id: ID
    /// For people; counted over the whole store and never used twice.
    package let number: Int
    package let kind: Kind
    package var text: String
    package var status: Status
    package let projectId: Project.ID?
    package let planId: Plan.ID?
    /// The turn that it came from.
    package let turnId: Turn.ID?
    /// The number of the one that stands in its place; set exactly while it is superseded.
    package var supersededBy: Int?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum Kind: String, Codable, Sendable, CaseIterable {
        case decision
        /// What experience taught: it binds nobody, and it is worth remembering.
        case lesson
    }

    package enum Status: String, Codable, Sendable, CaseIterable {
        case proposed, accepted, rejected, superseded
    }

    package init(
        id: ID = .make(), number: Int, kind: Kind = .decision, text: String, status: Status = .accepted,
        projectId: Project.ID?, planId: Plan.ID? = nil, turnId: Turn.ID? = nil, at moment: Timestamp = .now
    ) {
        self.id = id
        self.number = number
        self.kind = kind
        self.text = text
        self.status = status
        self.projectId = projectId
        self.planId = planId
        self.turnId = turnId
        createdAt = moment
        updatedAt = moment
    }
}
