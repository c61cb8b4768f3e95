import Planning
import Support

/// Issues for GitHub: the facts as JSON, and a script for the program `gh` that makes them.
///
/// In progress, blocked and the priority are labels; what a task waits for is “blocked by”, a part is a sub-issue. A title
/// has at most 256 characters, a text 65,536, a label 50 and no comma.
enum GitHubIssues {
    struct File: Encodable {
        let labels: [Label]
        let milestones: [Milestone]
        let issues: [Issue]
    }

    struct Label: Encodable, Equatable {
        let name: String
        /// Six hexadecimal digits.
        let color: String
        let description: String
    }

    struct Milestone: Encodable {
        let title: String
        let state = "open"
    }

    struct Issue: Encodable {
        let key: String
        let hash: String
        let title: String
        let body: String
        let labels: [String]
        let assignees: [String]
        let milestone: String?
        let state: String
        let stateReason: String?
        /// The key of the issue that it is a sub-issue of.
        let parent: String?
        let blockedBy: [String]
    }

    private static let longestTitle = 256
    private static let longestBody = 65_536
    private static let longestLabel = 50

    static func write(_ plan: PlanFile) throws -> Exported {
        let texts = try TrackerText(plan, .github)
        let markers = try ExchangeFormat.github.markers(of: plan)
        var notes: [String] = []
        var labels: [Label] = []
        var milestones: [String] = []
        let issues = plan.items.map { item in
            let own = Self.labels(of: item)
            labels += own.filter { label in !labels.contains { $0.name == label.name } }
            if let milestone = item.milestone, !milestones.contains(milestone) { milestones.append(milestone) }
            return Issue(
                key: item.key, hash: markers[item.key]?.hash ?? "",
                title: TrackerText.cut(item.title, to: longestTitle, item.title, &notes),
                body: TrackerText.cut(texts.text(of: item, withBoxes: true), to: longestBody, item.title, &notes),
                labels: own.map(\.name), assignees: item.assignee.map { [$0] } ?? [], milestone: item.milestone,
                state: item.status.isOpen ? "open" : "closed", stateReason: reason(item.status), parent: item.parent,
                blockedBy: item.dependsOn)
        }
        let file = File(labels: labels, milestones: milestones.map { Milestone(title: $0) }, issues: issues)
        return Exported(
            [
                ExchangedFile(plan.fileName("github.json"), try JSONText.pretty(file) + "\n"),
                ExchangedFile(plan.fileName("github.sh"), GitHubScript.text(file, plan)),
            ], notes: notes)
    }

    private static func reason(_ status: PlanTask.Status) -> String? {
        switch status {
        case .done: "completed"
        case .cancelled: "not_planned"
        case .todo, .inProgress, .blocked: nil
        }
    }

    private static func labels(of item: PlanFile.Item) -> [Label] {
        var labels: [Label] = []
        switch item.status {
        case .inProgress: labels.append(Label(name: "in progress", color: "1d76db", description: "Work has begun"))
        case .blocked: labels.append(Label(name: "blocked", color: "b60205", description: "Something is in the way"))
        case .todo, .done, .cancelled: break
        }
        let color =
            switch item.priority {
            case .critical: "b60205"
            case .high: "d93f0b"
            case .medium: "fbca04"
            case .low: "c2e0c6"
            }
        labels.append(Label(name: "priority: \(item.priority.rawValue)", color: color, description: ""))
        for name in item.labels.map(labelName) where !labels.contains(where: { $0.name == name }) {
            labels.append(Label(name: name, color: "ededed", description: ""))
        }
        return labels
    }

    /// `gh` reads a list of labels as a row of CSV, in which commas and quotes would be signs.
    private static func labelName(_ label: String) -> String {
        let plain = label.unicodeScalars.map { $0 == "," ? ";" : $0 == "\"" ? "'" : $0 }
        return CleanText.line(String(String.UnicodeScalarView(plain.prefix(longestLabel))))
    }
}
