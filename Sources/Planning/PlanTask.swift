/// A numbered piece of work of a plan.
package struct PlanTask: Identifiable, Equatable, Sendable, Codable {
    package typealias ID = Identifier<PlanTask>

    package let id: ID
    package let planId: Plan.ID
    /// For people; counted in the plan, from 1, and never used twice.
    package let number: Int
    package var title: String
    package var description: String
    package var status: Status
    package var priority: Priority
    package var estimateMinutes: Int?
    /// The numbers of the tasks that must be done before this one.
    package var dependsOn: [Int]
    package var assignee: String?
    package var evidence: String?
    /// The turn that caused it.
    package let turnId: Turn.ID?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum Status: String, Codable, Sendable, CaseIterable {
        case todo
        case inProgress = "in_progress"
        case blocked, done, cancelled

        package var isOpen: Bool { self != .done && self != .cancelled }
    }

    package init(
        id: ID = .make(), planId: Plan.ID, number: Int, title: String, description: String = "",
        priority: Priority = .medium, estimateMinutes: Int? = nil, dependsOn: [Int] = [], assignee: String? = nil,
        turnId: Turn.ID? = nil, at moment: Timestamp = .now
    ) {
        self.id = id
        self.planId = planId
        self.number = number
        self.title = title
        self.description = description
        status = .todo
        self.priority = priority
        self.estimateMinutes = estimateMinutes
        self.dependsOn = dependsOn
        self.assignee = assignee
        evidence = nil
        self.turnId = turnId
        createdAt = moment
        updatedAt = moment
    }
}

extension [PlanTask] {
    /// What can be begun now, the most pressing first: in progress, then by priority, then by number.
    package var ready: [PlanTask] {
        let done = Set(filter { !$0.status.isOpen }.map(\.number))
        return filter { $0.status == .inProgress || ($0.status == .todo && done.isSuperset(of: $0.dependsOn)) }
            .sorted { ($0.urgency, $0.number) < ($1.urgency, $1.number) }
    }
}

extension PlanTask {
    /// Lower is sooner.
    var urgency: Int {
        if status == .inProgress { return 0 }
        return switch priority {
        case .critical: 1
        case .high: 2
        case .medium: 3
        case .low: 4
        }
    }
}
