import Planning

/// The table that Linear's importer reads. It knows no parts and no blockers: the description names them. Estimate is in
/// hours, begun ones counted whole: teams that estimate in points set their own.
enum LinearCSV {
    private static let header = [
        "Id", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project", "Creator", "Assignee",
        "Labels",
        "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End", "Created", "Updated", "Started", "Completed",
        "Canceled",
        "Archived",
    ]

    static func write(_ plan: PlanFile) throws -> Exported {
        let texts = try TrackerText(plan, .linear)
        let rows = plan.items.enumerated().map { index, item in
            let completed = item.completedAt.map(\.description) ?? ""
            return [
                "ALOUD-\(plan.number ?? 0)-\(item.number ?? index + 1)", "", item.title,
                texts.text(of: item, withBoxes: true, withRelations: true), status(item.status),
                item.estimateMinutes.map { String(($0 + 59) / 60) } ?? "", priority(item.priority), plan.title, "",
                item.assignee ?? "", item.labels.joined(separator: ", "), "", "", "", "",
                item.createdAt?.description ?? "", "", item.startedAt?.description ?? "",
                item.status == .done ? completed : "", "", "",
            ]
        }
        return Exported(plan.fileName("linear.csv"), CSVText.write([header] + rows))
    }

    private static func status(_ status: PlanTask.Status) -> String {
        switch status {
        case .todo, .blocked: "Todo"
        case .inProgress: "In Progress"
        case .done: "Done"
        case .cancelled: "Canceled"
        }
    }

    private static func priority(_ priority: Priority) -> String {
        switch priority {
        case .critical: "Urgent"
        case .high: "High"
        case .medium: "Medium"
        case .low: "Low"
        }
    }
}
