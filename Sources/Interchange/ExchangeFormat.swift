import Planning

/// The forms that a plan is exchanged in.
package enum ExchangeFormat: String, CaseIterable, Sendable {
    case markdown, json, csv, jira, trello, github, linear
    case specKit = "spec-kit"
    case openSpec = "openspec"
    case backlog, taskmaster, beads

    /// Those that can be read.
    package static let readable: [ExchangeFormat] = [
        .markdown, .json, .csv, .specKit, .openSpec, .backlog, .taskmaster, .beads,
    ]

    package var hasSeveralFiles: Bool { self == .backlog || self == .github }

    /// The same plan gives the same bytes.
    package func write(_ plan: PlanFile) throws -> Exported {
        switch self {
        case .markdown: try MarkdownPlan.write(plan)
        case .json: try JSONPlan.write(plan)
        case .csv: try CSVPlan.write(plan)
        case .jira: try JiraCSV.write(plan)
        case .trello: try TrelloBoard.write(plan)
        case .github: try GitHubIssues.write(plan)
        case .linear: try LinearCSV.write(plan)
        case .specKit: try SpecKitTasks.write(plan)
        case .openSpec: try OpenSpecTasks.write(plan)
        case .backlog: try BacklogTasks.write(plan)
        case .taskmaster: try TaskmasterTasks.write(plan)
        case .beads: try BeadsIssues.write(plan)
        }
    }

    /// Throws `InterchangeError` for anything that is not in this form.
    package func read(_ source: ImportSource) throws -> Imported {
        var imported: Imported
        switch self {
        case .markdown: imported = try MarkdownPlan.read(source)
        case .json: imported = try JSONPlan.read(source)
        case .csv: imported = try CSVPlan.read(source)
        case .specKit: imported = try SpecKitTasks.read(source)
        case .openSpec: imported = try OpenSpecTasks.read(source)
        case .backlog: imported = try BacklogTasks.read(source)
        case .taskmaster: imported = try TaskmasterTasks.read(source)
        case .beads: imported = try BeadsIssues.read(source)
        case .jira, .trello, .github, .linear:
            throw InterchangeError(source.name, "\(rawValue) is written only and not read")
        }
        imported.plan.tidy(&imported.notes)
        return imported
    }
}

extension ImportSource {
    /// The only file. Throws `InterchangeError` when there are several, or none.
    func single(_ format: ExchangeFormat) throws(InterchangeError) -> ExchangedFile {
        guard files.count == 1, let file = files.first else {
            throw InterchangeError(name, "a plan of the form \(format.rawValue) is one file, not a folder")
        }
        return file
    }
}
