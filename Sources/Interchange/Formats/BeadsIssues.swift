import Planning
import Support

/// The JSON lines of beads: one issue each.
///
/// Carries number, title, text, what must hold (`acceptance_criteria`), status (cancelled is closed with that reason), priority
/// (0 critical … 3 low), estimate, labels, assignee, what it waits for (`blocks`), its parent, links, the due day, evidence
/// (`notes`), when it was made and when it was done. The marker is the `external_ref`.
enum BeadsIssues {
    struct Issue: Codable {
        var id: String
        var title: String
        var description: String?
        var design: String?
        var acceptanceCriteria: String?
        var notes: String?
        var status: String?
        var priority: Int?
        var issueType: String?
        var assignee: String?
        var estimatedMinutes: Int?
        var dueAt: String?
        var externalRef: String?
        var labels: [String]?
        var dependencies: [Dependency]?
        var createdAt: String?
        var updatedAt: String?
        var closedAt: String?
        var closeReason: String?
    }

    struct Dependency: Codable {
        var issueId: String?
        var dependsOnId: String
        var type: String?
    }

    private static let prefix = "aloud-"
    private static let cancelled = "cancelled"

    static func narrow(_ plan: inout PlanFile) {
        plan.numberItems()
        for index in plan.items.indices {
            var item = plan.items[index]
            item.sortLinks()
            item.completedAt = item.status == .done ? item.completedAt : nil
            item.evidence = item.evidence.flatMap { $0.isEmpty ? nil : $0 }
            item.body = item.body.withLineFeeds
            item.evidence = item.evidence?.withLineFeeds
            plan.items[index] = item
        }
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let markers = try ExchangeFormat.beads.markers(of: plan)
        let items = ExchangeFormat.beads.carried(plan).items
        let ids = Dictionary(
            items.map { ($0.key, prefix + String($0.number ?? 0)) }, uniquingKeysWith: { first, _ in first })
        let withParts = Set(items.compactMap(\.parent))
        let lines = try items.map { item in
            func all(_ type: String, _ keys: [String]) -> [Dependency] {
                keys.compactMap { ids[$0] }.map { Dependency(issueId: ids[item.key], dependsOnId: $0, type: type) }
            }
            func linked(_ kind: PlanTask.Link.Kind) -> [String] { item.links.filter { $0.kind == kind }.map(\.key) }
            let issue = Issue(
                id: ids[item.key] ?? "", title: item.title, description: item.body,
                acceptanceCriteria: CheckLines.write(item.acceptance), notes: item.evidence ?? "",
                status: status(item.status), priority: priority(item.priority),
                issueType: withParts.contains(item.key) ? "epic" : "task", assignee: item.assignee,
                estimatedMinutes: item.estimateMinutes, dueAt: item.dueOn.map { "\($0)T00:00:00Z" },
                externalRef: markers[item.key]?.text, labels: item.labels,
                dependencies: all("blocks", item.dependsOn) + all("parent-child", item.parent.map { [$0] } ?? [])
                    + all("related", linked(.related)) + all("discovered-from", linked(.discoveredFrom)),
                createdAt: item.createdAt?.description, closedAt: item.completedAt?.description,
                closeReason: item.status == .cancelled ? cancelled : nil)
            return try JSONText.line(issue)
        }
        return Exported(plan.fileName("beads.jsonl"), lines.map { $0 + "\n" }.joined())
    }

    static func read(_ source: ImportSource) throws -> Imported {
        let text = try SourceText(source.single(.beads))
        var imported = Imported(plan: PlanFile(title: source.name))
        for (index, line) in text.lines.enumerated() where !line.isBlank {
            guard imported.plan.items.count < PlanFile.mostItems else {
                throw InterchangeError(text.file, line: index + 1, "at most \(PlanFile.mostItems) tasks are read")
            }
            let issue = try JSONSource(file: text.file, line: line).decode(Issue.self, line: index + 1)
            guard issue.status != "tombstone" else { continue }
            let item = try item(issue, text.file, index + 1, &imported.notes)
            let marker = issue.externalRef.flatMap { Marker($0) }
            imported.plan.key = imported.plan.key ?? marker?.plan
            imported.markers[item.key] = marker
            imported.plan.items.append(item)
        }
        guard !imported.plan.items.isEmpty else { throw InterchangeError(text.file, "there is no issue in it") }
        return imported
    }

    private static func item(_ issue: Issue, _ file: String, _ line: Int, _ notes: inout [String])
        throws(InterchangeError)
        -> PlanFile.Item
    {
        guard !issue.id.isBlank else { throw InterchangeError(file, line: line, "id is empty") }
        guard !issue.title.isBlank else { throw InterchangeError(file, line: line, "title is empty") }
        var item = PlanFile.Item(key: issue.id, title: issue.title)
        if issue.externalRef.flatMap({ Marker($0) }) != nil, issue.id.hasPrefix(prefix) {
            item.number = Int(issue.id.dropFirst(prefix.count))
        }
        item.body =
            [issue.description ?? "", issue.design.map { $0.isEmpty ? "" : "## Design\n\n\($0)" } ?? ""]
            .filter { !$0.isEmpty }.joined(separator: "\n\n").withLineFeeds
        item.acceptance = CheckLines.read(issue.acceptanceCriteria ?? "")
        item.evidence = issue.notes?.withLineFeeds
        item.status = try status(issue, file, line)
        guard let priority = [.critical, .high, .medium, .low, .low].at(issue.priority ?? 2) else {
            throw InterchangeError(file, line: line, "priority must be a number from 0 to 4")
        }
        item.priority = priority
        item.estimateMinutes = issue.estimatedMinutes
        item.assignee = issue.assignee
        item.labels = issue.labels ?? []
        if let due = issue.dueAt {
            guard let day = Day(String(due.prefix(10))) else {
                throw InterchangeError(file, line: line, "due_at must be a time such as 2027-03-01T00:00:00Z")
            }
            item.dueOn = day
        }
        item.createdAt = try moment(issue.createdAt, "created_at", file, line)
        if item.status == .done { item.completedAt = try moment(issue.closedAt, "closed_at", file, line) }
        for dependency in issue.dependencies ?? [] {
            switch dependency.type ?? "blocks" {
            case "blocks": item.dependsOn.append(dependency.dependsOnId)
            case "parent-child": item.parent = dependency.dependsOnId
            case "related": item.links.append(.init(.related, dependency.dependsOnId))
            case "discovered-from": item.links.append(.init(.discoveredFrom, dependency.dependsOnId))
            case let other:
                notes.append("a dependency of \(item.name) was passed over: its type is \(other.prefix(60))")
            }
        }
        return item
    }

    private static func moment(_ text: String?, _ name: String, _ file: String, _ line: Int) throws(InterchangeError)
        -> Timestamp?
    {
        guard let text, !text.isEmpty else { return nil }
        guard let moment = Timestamp(text) else {
            throw InterchangeError(file, line: line, "\(name) must be a time such as 2027-03-01T09:30:00Z")
        }
        return moment
    }

    private static func status(_ issue: Issue, _ file: String, _ line: Int) throws(InterchangeError) -> PlanTask.Status
    {
        switch issue.status {
        case nil, "open", "deferred", "pinned": .todo
        case "in_progress", "hooked": .inProgress
        case "blocked": .blocked
        case "closed": issue.closeReason == cancelled ? .cancelled : .done
        default:
            throw InterchangeError(
                file, line: line, "status must be one of open, in_progress, blocked, deferred, closed")
        }
    }

    private static func status(_ status: PlanTask.Status) -> String {
        switch status {
        case .todo: "open"
        case .inProgress: "in_progress"
        case .blocked: "blocked"
        case .done, .cancelled: "closed"
        }
    }

    private static func priority(_ priority: Priority) -> Int {
        switch priority {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        }
    }
}

extension [Priority] {
    fileprivate func at(_ index: Int) -> Priority? { indices.contains(index) ? self[index] : nil }
}
