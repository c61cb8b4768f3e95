import Planning

/// The files of Backlog.md: one Markdown file with YAML front matter for each task, `backlog/tasks/task-12 - Title.md`.
/// The plan's own text is a document beside them, `backlog/docs/doc-1 - Title.md`.
///
/// Carries the plan's title and text, and of tasks number, title, text, what must hold, status (blocked is To Do there, and
/// cancelled the archive), priority (critical is high there), labels, assignee, what it waits for, its parent, milestone,
/// evidence as the final summary, and when it was made, to the minute.
enum BacklogTasks {
    static let document = "backlog/docs/doc-1 - "

    /// Names that a task's id cannot begin with.
    static let reservedPrefixes = ["draft", "doc", "decision"]

    enum Section: String, CaseIterable {
        case description = "SECTION:DESCRIPTION"
        case plan = "SECTION:PLAN"
        case notes = "SECTION:NOTES"
        case summary = "SECTION:FINAL_SUMMARY"
        case acceptance = "AC"
        case done = "DOD"

        var heading: String {
            switch self {
            case .description: "Description"
            case .plan: "Implementation Plan"
            case .notes: "Implementation Notes"
            case .summary: "Final Summary"
            case .acceptance: "Acceptance Criteria"
            case .done: "Definition of Done"
            }
        }

        var begin: String { "<!-- \(rawValue):BEGIN -->" }
        var end: String { "<!-- \(rawValue):END -->" }
    }

    /// What a marker goes on with past `<!-- `.
    static let guardedWords = Section.allCases.map { $0.rawValue + ":" } + ["COMMENT"]

    static func narrow(_ plan: inout PlanFile) {
        plan.content = plan.content.asBlock
        plan.numberItems()
        for index in plan.items.indices {
            var item = plan.items[index]
            item.body = item.body.asBlock
            item.evidence = item.evidence.map(\.asBlock).flatMap { $0.isEmpty ? nil : $0 }
            if item.status == .blocked { item.status = .todo }
            if item.priority == .critical { item.priority = .high }
            item.createdAt = item.createdAt.map { moment in
                let minute: Int64 = 60_000
                let past = (moment.milliseconds % minute + minute) % minute
                return Timestamp(milliseconds: moment.milliseconds - past)
            }
            plan.items[index] = item
        }
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let markers = try ExchangeFormat.backlog.markers(of: plan)
        let carried = ExchangeFormat.backlog.carried(plan)
        let ids = Dictionary(
            carried.items.map { ($0.key, "TASK-\($0.number ?? 0)") }, uniquingKeysWith: { first, _ in first })
        var files: [ExchangedFile] = []
        let created = plan.createdAt.map { date($0) }
        var about = FrontMatter()
        about.add("id", "doc-1")
        about.add("title", plan.title)
        about.add("type", "other")
        if let created { about.add("created_date", created, quoted: true) }
        let text = ExchangeFormat.backlog.marked(carried.content, try ExchangeFormat.backlog.marker(of: plan))
        files.append(ExchangedFile(document + "\(fileTitle(plan.title)).md", about.text + "\n" + text + "\n"))
        for (index, item) in carried.items.enumerated() {
            let folder = item.status == .cancelled ? "backlog/archive/tasks" : "backlog/tasks"
            files.append(
                ExchangedFile(
                    "\(folder)/task-\(item.number ?? 0) - \(fileTitle(item.title)).md",
                    self.text(item, ids, markers[item.key], ordinal: (index + 1) * 1000)))
        }
        return Exported(files)
    }

    private static func text(_ item: PlanFile.Item, _ ids: [String: String], _ marker: Marker?, ordinal: Int) -> String
    {
        var front = FrontMatter()
        front.add("id", ids[item.key] ?? "")
        front.add("title", item.title)
        front.add("status", status(item.status))
        front.add("assignee", item.assignee.map { [$0] } ?? [])
        if let created = item.createdAt { front.add("created_date", date(created), quoted: true) }
        front.add("labels", item.labels)
        if let milestone = item.milestone { front.add("milestone", milestone) }
        front.add("dependencies", item.dependsOn.compactMap { ids[$0] })
        if let parent = item.parent.flatMap({ ids[$0] }) { front.add("parent_task_id", parent) }
        front.add("priority", item.priority.rawValue)
        front.add("ordinal", String(ordinal))
        var text = front.text
        func add(_ section: Section, _ lines: String, isSpaced: Bool) {
            text += "\n## \(section.heading)\n\(isSpaced ? "\n" : "")\(section.begin)\n"
            text += (lines.isEmpty ? "" : lines + "\n") + section.end + "\n"
        }
        func guarded(_ text: String) -> String { Guarded.inner(text, after: "<!-- ", guardedWords) }
        add(.description, ExchangeFormat.backlog.marked(guarded(item.body), marker), isSpaced: true)
        if !item.acceptance.isEmpty {
            let lines = item.acceptance.enumerated().map { index, check in
                "- [\(check.isDone ? "x" : " ")] #\(index + 1) \(guarded(check.text))"
            }
            add(.acceptance, lines.joined(separator: "\n"), isSpaced: false)
        }
        if let evidence = item.evidence { add(.summary, guarded(evidence), isSpaced: true) }
        return text
    }

    private static func status(_ status: PlanTask.Status) -> String {
        switch status {
        case .todo, .blocked, .cancelled: "To Do"
        case .inProgress: "In Progress"
        case .done: "Done"
        }
    }

    /// `2027-03-01 09:30`, in UTC.
    private static func date(_ moment: Timestamp) -> String {
        let text = moment.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    /// As much of a title as every file system takes: no path, no sign of a shell, at most 60 bytes.
    private static func fileTitle(_ title: String) -> String {
        var name = ""
        for scalar in title.unicodeScalars {
            let isKept = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
            if isKept, name.utf8.count + String(scalar).utf8.count <= 60 {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, !name.hasSuffix(" "), name.utf8.count < 60 {
                name += " "
            }
        }
        let words = name.split(separator: " ").joined(separator: " ")
        return words.isEmpty ? "untitled" : words
    }
}
