import Planning
import Support

extension ExchangeFormat {
    /// What a format may carry besides the titles of tasks and their order.
    package enum Field: String, CaseIterable, Sendable {
        // Of the plan.
        case title, description, planStatus, metadata, content
        // Of a task.
        case number, body, acceptance, status, priority, estimate, actual, labels, assignee, dependsOn, parent, links
        case milestone, due, created, started, completed, evidence
    }

    package var fields: Set<Field> {
        switch self {
        case .json: Set(Field.allCases)
        case .markdown:
            Set(Field.allCases).subtracting([.metadata, .created, .started, .completed, .evidence])
        case .csv: Set(Field.allCases).subtracting([.title, .description, .planStatus, .metadata, .content])
        case .specKit: [.title, .number, .status, .labels, .dependsOn, .milestone]
        case .openSpec: [.status, .milestone]
        case .backlog:
            [
                .title, .content, .number, .body, .acceptance, .status, .priority, .labels, .assignee, .dependsOn,
                .parent, .milestone, .created, .evidence,
            ]
        case .taskmaster: [.title, .number, .body, .acceptance, .status, .priority, .dependsOn, .parent]
        case .beads:
            [
                .number, .body, .acceptance, .status, .priority, .estimate, .labels, .assignee, .dependsOn, .parent,
                .links, .due, .created, .completed, .evidence,
            ]
        case .jira:
            [
                .number, .body, .acceptance, .status, .priority, .estimate, .labels, .dependsOn, .parent, .milestone,
                .due,
            ]
        case .trello:
            [
                .title, .description, .number, .body, .acceptance, .status, .priority, .labels, .dependsOn, .parent,
                .milestone, .due,
            ]
        case .github:
            [
                .number, .body, .acceptance, .status, .priority, .labels, .assignee, .dependsOn, .parent, .milestone,
            ]
        case .linear:
            [
                .title, .number, .body, .acceptance, .status, .priority, .estimate, .labels, .assignee, .dependsOn,
                .parent, .created, .started, .completed,
            ]
        }
    }

    /// The plan as it is after a way through this format and back: without the fields that it does not carry, and with
    /// the values that it has.
    package func carried(_ plan: PlanFile) -> PlanFile {
        var carried = plan
        switch self {
        case .specKit: SpecKitTasks.narrow(&carried)
        case .openSpec: OpenSpecTasks.narrow(&carried)
        case .backlog: BacklogTasks.narrow(&carried)
        case .taskmaster: TaskmasterTasks.narrow(&carried)
        case .beads: BeadsIssues.narrow(&carried)
        case .markdown: MarkdownPlan.narrow(&carried)
        case .csv: CSVPlan.narrow(&carried)
        case .json, .jira, .trello, .github, .linear: break
        }
        carried.keep(fields, all: self == .json)
        return carried
    }
}

extension PlanFile {
    fileprivate mutating func keep(_ fields: Set<ExchangeFormat.Field>, all: Bool) {
        guard !all else { return }
        // These tell when and where, and not what; a format that had them would change with every look at it.
        (project, number, createdAt, updatedAt) = (nil, nil, nil, nil)
        if !fields.contains(.title) { title = "" }
        if !fields.contains(.description) { description = "" }
        if !fields.contains(.planStatus) { status = .draft }
        if !fields.contains(.metadata) { metadata = Plan.Metadata() }
        if !fields.contains(.content) { content = "" }
        for index in items.indices { items[index].keep(fields) }
    }
}

extension PlanFile.Item {
    fileprivate mutating func keep(_ fields: Set<ExchangeFormat.Field>) {
        if !fields.contains(.number) { number = nil }
        if !fields.contains(.body) { body = "" }
        if !fields.contains(.acceptance) { acceptance = [] }
        if !fields.contains(.status) { status = .todo }
        if !fields.contains(.priority) { priority = .medium }
        if !fields.contains(.estimate) { estimateMinutes = nil }
        if !fields.contains(.actual) { actualMinutes = nil }
        if !fields.contains(.labels) { labels = [] }
        if !fields.contains(.assignee) { assignee = nil }
        if !fields.contains(.dependsOn) { dependsOn = [] }
        if !fields.contains(.parent) { parent = nil }
        if !fields.contains(.links) { links = [] }
        if !fields.contains(.milestone) { milestone = nil }
        if !fields.contains(.due) { dueOn = nil }
        if !fields.contains(.created) { createdAt = nil }
        if !fields.contains(.started) { startedAt = nil }
        if !fields.contains(.completed) { completedAt = nil }
        if !fields.contains(.evidence) { evidence = nil }
    }
}

// MARK: What was read

extension PlanFile {
    static let longestTitle = 200
    static let longestItemTitle = 500
    /// Minutes: four years of work.
    static let longestWork = 500_000

    /// Brings what another program wrote into the form that is kept: titles are one line of a bounded length, and what is
    /// cut off them stands above the text. Items stand in the order of their numbers when each has one.
    mutating func tidy(_ notes: inout [String]) {
        title = CleanText.line(title)
        if title.isEmpty { title = "Imported plan" }
        if let whole = Self.shorten(&title, Self.longestTitle) {
            description = description.isEmpty ? whole : whole + "\n\n" + description
            notes.append("the plan's title is too long; all of it is in the description")
        }
        description = CleanText.block(description)
        content = CleanText.block(content)
        for index in items.indices { items[index].tidy(&notes) }
        let numbers = items.compactMap(\.number)
        if numbers.count == items.count, Set(numbers).count == numbers.count {
            items.sort { ($0.number ?? 0) < ($1.number ?? 0) }
        }
    }

    /// The whole title, when it had to be cut.
    fileprivate static func shorten(_ title: inout String, _ limit: Int) -> String? {
        guard title.unicodeScalars.count > limit else { return nil }
        defer { title = CleanText.line(String(title.unicodeScalars.prefix(limit - 1))) + "…" }
        return title
    }
}

extension PlanFile.Item {
    fileprivate mutating func tidy(_ notes: inout [String]) {
        title = CleanText.line(title)
        if title.isEmpty { title = "Task \(CleanText.line(String(key.prefix(60))))" }
        if let whole = PlanFile.shorten(&title, PlanFile.longestItemTitle) {
            body = body.isEmpty ? whole : whole + "\n\n" + body
            notes.append("the title of task \(name) is too long; all of it is in the description")
        }
        body = CleanText.block(body)
        evidence = evidence.map(CleanText.block).flatMap { $0.isEmpty ? nil : $0 }
        acceptance = acceptance.map { .init(CleanText.line($0.text), isDone: $0.isDone) }.filter { !$0.text.isEmpty }
        labels = labels.map(CleanText.line).filter { !$0.isEmpty }
        assignee = assignee.map(CleanText.line).flatMap { $0.isEmpty ? nil : $0 }
        milestone = milestone.map(CleanText.line).flatMap { $0.isEmpty ? nil : $0 }
        for path in [\Self.estimateMinutes, \Self.actualMinutes] {
            guard let minutes = self[keyPath: path], !(1...PlanFile.longestWork ~= minutes) else { continue }
            self[keyPath: path] = nil
            if minutes != 0 { notes.append("the \(minutes) minutes of task \(name) are no time for work") }
        }
    }
}
