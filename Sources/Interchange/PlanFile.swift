import Planning

/// A plan as it is exchanged: whole, by itself, and in no program's form.
package struct PlanFile: Equatable, Sendable, Codable {
    /// The id of our plan; nil when it comes from another program.
    package var key: String?
    package var project: String?
    package var number: Int?
    /// One line.
    package var title: String
    package var description = ""
    package var status: Plan.Status = .draft
    package var metadata = Plan.Metadata()
    /// Markdown, without the tasks.
    package var content = ""
    package var createdAt: Timestamp?
    package var updatedAt: Timestamp?
    package var items: [Item] = []

    package init(title: String) { self.title = title }

    /// A task, whatever other programs call it.
    package struct Item: Equatable, Sendable, Codable {
        /// The id of our task, else what the other program calls it. No two items of a plan have the same.
        package var key: String
        package var number: Int?
        /// One line.
        package var title: String
        /// Markdown.
        package var body = ""
        package var acceptance: [PlanTask.CheckItem] = []
        package var status: PlanTask.Status = .todo
        package var priority: Priority = .medium
        package var estimateMinutes: Int?
        package var actualMinutes: Int?
        package var labels: [String] = []
        package var assignee: String?
        /// Keys of what must be done before it.
        package var dependsOn: [String] = []
        /// The key of what it is a part of.
        package var parent: String?
        package var links: [PlanFile.Link] = []
        package var milestone: String?
        package var dueOn: Day?
        package var createdAt: Timestamp?
        package var startedAt: Timestamp?
        package var completedAt: Timestamp?
        package var evidence: String?

        package init(key: String, title: String) {
            self.key = key
            self.title = title
        }
    }

    package struct Link: Hashable, Sendable, Codable {
        package var kind: PlanTask.Link.Kind
        package var key: String

        package init(_ kind: PlanTask.Link.Kind, _ key: String) {
            self.kind = kind
            self.key = key
        }
    }
}

extension PlanFile {
    /// What an import takes at most; a plan of more is not read by anybody.
    package static let mostItems = 10_000
    /// How deep parts may lie in parts.
    package static let deepestParts = 64

    /// Our plan, with the text and the tasks that it has now.
    package init(_ plan: Plan, project: String, content: String, tasks: [PlanTask]) {
        self.init(title: plan.title)
        key = plan.id.rawValue
        self.project = project
        number = plan.number
        description = plan.description
        status = plan.status
        metadata = plan.metadata
        self.content = content
        createdAt = plan.createdAt
        updatedAt = plan.updatedAt
        let keys = Dictionary(tasks.map { ($0.number, $0.id.rawValue) }, uniquingKeysWith: { first, _ in first })
        items = tasks.map { Item($0, keys: keys) }
    }
}

extension PlanFile.Item {
    /// Where a format keeps each kind by itself.
    mutating func sortLinks() { links = links.filter { $0.kind == .related } + links.filter { $0.kind != .related } }

    fileprivate init(_ task: PlanTask, keys: [Int: String]) {
        self.init(key: task.id.rawValue, title: task.title)
        number = task.number
        body = task.description
        acceptance = task.acceptance
        status = task.status
        priority = task.priority
        estimateMinutes = task.estimateMinutes
        actualMinutes = task.actualMinutes
        labels = task.labels
        assignee = task.assignee
        dependsOn = task.dependsOn.compactMap { keys[$0] }
        parent = task.parent.flatMap { keys[$0] }
        links = task.links.compactMap { link in keys[link.task].map { PlanFile.Link(link.kind, $0) } }
        milestone = task.milestone
        dueOn = task.dueOn
        createdAt = task.createdAt
        startedAt = task.startedAt
        completedAt = task.completedAt
        evidence = task.evidence
    }
}
