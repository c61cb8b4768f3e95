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
    package var labels: [String] = []
    /// What must hold before it counts as done.
    package var acceptance: [CheckItem] = []
    package var milestone: String?
    package var dueOn: Day?
    /// How long it really took.
    package var actualMinutes: Int?
    /// The number of the task that this one is a part of.
    package var parent: Int?
    /// Tasks that have to do with this one without standing in its way.
    package var links: [Link] = []
    package var startedAt: Timestamp?
    package var completedAt: Timestamp?
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

    package struct CheckItem: Equatable, Sendable, Codable {
        package var text: String
        package var isDone: Bool

        package init(_ text: String, isDone: Bool = false) {
            self.text = text
            self.isDone = isDone
        }
    }

    package struct Link: Hashable, Sendable, Codable {
        package var kind: Kind
        package var task: Int

        package enum Kind: String, Codable, Sendable, CaseIterable {
            case related
            /// Work on that task showed that this one is needed.
            case discoveredFrom = "discovered_from"
        }

        package init(_ kind: Kind, _ task: Int) {
            self.kind = kind
            self.task = task
        }
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
        self.turnId = turnId
        createdAt = moment
        updatedAt = moment
    }
}

extension PlanTask {
    /// Sets the status and the times that go with it.
    package mutating func become(_ new: Status, at moment: Timestamp) {
        guard new != status else { return }
        status = new
        if new == .inProgress { startedAt = startedAt ?? moment }
        completedAt = new == .done ? moment : nil
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
