import Planning

/// The table that Jira's importers read. A task with parts is an Epic, its parts are Tasks, and theirs Sub-tasks; what lies
/// deeper is a Sub-task too. Epics stand first and sub-tasks last, and Parent holds the Issue ID of a row above.
///
/// Original Estimate is in seconds; Due Date is written as the wizard proposes it, `dd/MMM/yy h:mm a`. Labels have no
/// blanks there. Hierarchy needs the administrator's importer.
enum JiraCSV {
    private enum Kind: String, CaseIterable {
        case epic = "Epic"
        case task = "Task"
        case part = "Sub-task"
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let texts = try TrackerText(plan, .jira)
        let rows = issues(plan)
        let ids = Dictionary(
            plan.items.enumerated().map { ($1.key, String($1.number ?? $0 + 1)) },
            uniquingKeysWith: { first, _ in first })
        var blocks: [String: [String]] = [:]
        for item in plan.items {
            for key in item.dependsOn { blocks[key, default: []].append(ids[item.key] ?? "") }
        }
        let labels = Dictionary(
            plan.items.map { ($0.key, labelNames(of: $0, plan)) }, uniquingKeysWith: { first, _ in first })
        let labelColumns = max(1, labels.values.map(\.count).max() ?? 1)
        let blockColumns = max(1, blocks.values.map(\.count).max() ?? 1)
        let hasResolution = plan.items.contains { $0.status == .cancelled }
        func padded(_ cells: [String], _ count: Int) -> [String] {
            cells + [String](repeating: "", count: count - cells.count)
        }
        var header = ["Issue Type", "Issue ID", "Parent", "Summary", "Description", "Priority", "Status"]
        header += [String](repeating: "Labels", count: labelColumns)
        header += ["Due Date", "Original Estimate"]
        header += [String](repeating: "Blocks", count: blockColumns)
        header.append("Fix Version")
        if hasResolution { header.append("Resolution") }
        var table = [header]
        for (item, kind, parent) in rows {
            var row = [kind.rawValue, ids[item.key] ?? "", parent.flatMap { ids[$0] } ?? "", item.title]
            row += [texts.text(of: item), priority(item.priority), status(item.status)]
            row += padded(labels[item.key] ?? [], labelColumns)
            row += [item.dueOn.map(date) ?? "", item.estimateMinutes.map { String($0 * 60) } ?? ""]
            row += padded(blocks[item.key] ?? [], blockColumns)
            row.append(item.milestone ?? "")
            if hasResolution { row.append(item.status == .cancelled ? "Won't Do" : "") }
            table.append(row)
        }
        return Exported(plan.fileName("jira.csv"), CSVText.write(table), notes: notes(rows.map(\.1)))
    }

    private static func issues(_ plan: PlanFile) -> [(PlanFile.Item, Kind, parent: String?)] {
        let byKey = Dictionary(plan.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let withParts = Set(plan.items.compactMap(\.parent))
        let rows = plan.items.map { item -> (PlanFile.Item, Kind, parent: String?) in
            var way: [PlanFile.Item] = []
            var seen: Set<String> = [item.key]
            var above = item.parent.flatMap { byKey[$0] }
            while let parent = above, seen.insert(parent.key).inserted {
                way.append(parent)
                above = parent.parent.flatMap { byKey[$0] }
            }
            switch way.count {
            case 0: return (item, withParts.contains(item.key) ? .epic : .task, nil)
            case 1: return (item, .task, way.first?.key)
            // The one right below the epic.
            default: return (item, .part, way.dropLast().last?.key)
            }
        }
        return Kind.allCases.flatMap { kind in rows.filter { $0.1 == kind } }
    }

    private static func labelNames(of item: PlanFile.Item, _ plan: PlanFile) -> [String] {
        ["plan-\(plan.number ?? 0)"] + item.labels.map { $0.split(separator: " ").joined(separator: "-") }
    }

    private static func priority(_ priority: Priority) -> String {
        switch priority {
        case .critical: "Highest"
        case .high: "High"
        case .medium: "Medium"
        case .low: "Low"
        }
    }

    private static func status(_ status: PlanTask.Status) -> String {
        switch status {
        case .todo, .blocked: "To Do"
        case .inProgress: "In Progress"
        case .done, .cancelled: "Done"
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func date(_ day: Day) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(day.day))/\(months[day.month - 1])/\(two(day.year % 100)) 12:00 AM"
    }

    private static func notes(_ kinds: [Kind]) -> [String] {
        var notes: [String] = []
        if kinds.contains(where: { $0 != .task }) {
            notes.append("Jira takes parts of tasks only with its administrator's import (External System Import)")
        }
        if kinds.count > 250 {
            notes.append("Jira's import for everybody takes 250 issues, and these are \(kinds.count)")
        }
        return notes
    }
}
