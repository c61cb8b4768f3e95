import Foundation
import Planning
import Support

extension BacklogTasks {
    /// Whether a text is a task's file.
    static func isTask(_ lines: [Substring]) -> Bool {
        guard let end = FrontMatterText.end(in: lines) else { return false }
        return lines[..<end].contains { $0.hasPrefix("id:") } && lines[..<end].contains { $0.hasPrefix("title:") }
    }

    /// A folder, with or without its `backlog` at the top, or one file of a task.
    static func read(_ source: ImportSource) throws -> Imported {
        var imported = Imported(plan: PlanFile(title: source.name))
        var seen: [String: String] = [:]
        for file in source.files.sorted(by: { $0.name < $1.name })
        where source.files.count == 1 || file.name.lowercased().hasSuffix(".md") {
            let folders = file.name.split(separator: "/").dropLast().map(String.init)
            if folders.last == "docs" {
                try readDocument(file, into: &imported)
                continue
            }
            guard source.files.count == 1 || folders.isEmpty || wanted.contains(folders.last ?? "") else {
                imported.notes.append("\(file.name) was passed over: it is in no folder of tasks")
                continue
            }
            let text = try SourceText(file)
            guard isTask(text.lines) else {
                guard source.files.count > 1 else {
                    throw InterchangeError(file.name, line: 1, "a task begins with YAML that has id and title")
                }
                imported.notes.append("\(file.name) was passed over: it is no task")
                continue
            }
            let (item, marker) = try item(text, isArchived: folders.contains("archive"))
            if let other = seen.updateValue(file.name, forKey: item.key) {
                throw InterchangeError(file.name, "its id \(item.key) is that of \(other) too")
            }
            imported.plan.key = imported.plan.key ?? marker?.plan
            imported.markers[item.key] = marker
            imported.plan.items.append(item)
        }
        guard !imported.plan.items.isEmpty || imported.plan.key != nil else {
            throw InterchangeError(source.name, "there is no task in it, such as “backlog/tasks/task-1 - Title.md”")
        }
        return imported
    }

    private static let wanted = ["tasks", "completed", "drafts"]

    /// Only our own document is the plan; others are no part of it.
    private static func readDocument(_ file: ExchangedFile, into imported: inout Imported) throws {
        let text = try SourceText(file)
        guard text.text.utf8.starts(with: "---\n".utf8), FrontMatterText.end(in: text.lines) != nil else { return }
        let front = try FrontMatterText(text)
        let (marker, content) = Marker.split(front.body.asBlock)
        guard let marker, marker.task == nil else { return }
        imported.marker = marker
        imported.plan.key = marker.plan
        imported.plan.content = content.asBlock
        imported.plan.title = try front.text("title") ?? imported.plan.title
    }

    private static func item(_ text: SourceText, isArchived: Bool) throws(InterchangeError) -> (PlanFile.Item, Marker?)
    {
        let front = try FrontMatterText(text)
        guard let id = try front.text("id"), !id.isEmpty else {
            throw front.wrong("id", "the id of the task, such as TASK-1")
        }
        let prefix = id.lowercased().prefix { $0 != "-" }
        guard !reservedPrefixes.filter({ $0 != "draft" }).contains(String(prefix)) else {
            throw front.wrong("id", "that of a task and not of a \(prefix)")
        }
        var item = PlanFile.Item(key: id.uppercased(), title: try front.text("title") ?? "")
        item.number = number(id)
        item.status = try status(front, isArchived)
        item.priority = try priority(front)
        item.assignee = try front.list("assignee").first
        item.labels = try front.list("labels")
        item.milestone = try front.text("milestone")
        item.dependsOn = try front.list("dependencies").map { $0.uppercased() }
        item.parent = try front.text("parent_task_id").map { $0.uppercased() }
        if let created = try front.text("created_date") {
            guard let moment = moment(created) else {
                throw front.wrong("created_date", "a time such as 2027-03-01 09:30")
            }
            item.createdAt = moment
        }
        let parts = BacklogBody(front.body)
        item.acceptance = parts.checks(.acceptance)
        item.evidence = parts.text(.summary)
        let (marker, body) = Marker.split(parts.text(.description) ?? "")
        // What we have no field for stands in the text.
        var texts = [body]
        for section in [BacklogTasks.Section.done, .plan, .notes] {
            if let text = parts.text(section) { texts.append("## \(section.heading)\n\n\(text)") }
        }
        if !parts.rest.isEmpty { texts.append(parts.rest) }
        item.body = texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
        return (item, marker)
    }

    /// 12 of `TASK-12`; that of a part, `TASK-12.1`, has no number of its own.
    private static func number(_ id: String) -> Int? {
        var cursor = LineCursor(id)
        cursor.take { $0 != UInt8(ascii: "-") }
        guard cursor.take("-"), let number = cursor.takeNumber(), cursor.isAtEnd, number > 0 else { return nil }
        return number
    }

    private static func status(_ front: FrontMatterText, _ isArchived: Bool) throws(InterchangeError) -> PlanTask.Status
    {
        let status: PlanTask.Status
        switch try front.text("status")?.lowercased() {
        case nil, "to do", "todo", "draft", "backlog": status = .todo
        case "in progress", "review", "in review": status = .inProgress
        case "blocked": status = .blocked
        case "done", "completed": status = .done
        case "cancelled", "canceled", "won't do": status = .cancelled
        default: throw front.wrong("status", "one of To Do, In Progress, Blocked, Done")
        }
        return isArchived && status != .done ? .cancelled : status
    }

    private static func priority(_ front: FrontMatterText) throws(InterchangeError) -> Priority {
        guard let text = try front.text("priority")?.lowercased() else { return .medium }
        guard let priority = Priority(rawValue: text) else { throw front.wrong("priority", "one of high, medium, low") }
        return priority
    }

    /// `2027-03-01 09:30`, or the day alone; in UTC.
    private static func moment(_ text: String) -> Timestamp? {
        let text = text.replacing(" ", with: "T")
        return Timestamp(text) ?? Timestamp(text + "Z") ?? Timestamp(text + ":00Z") ?? Timestamp(text + "T00:00:00Z")
    }
}

/// The sections of a task's text: between their marks, else below their headings.
struct BacklogBody {
    private var texts: [BacklogTasks.Section: String] = [:]
    /// What stands in no section.
    private(set) var rest = ""

    init(_ body: String) {
        var kept: [Substring] = []
        var lines = body.lines[...]
        let hasMarks = lines.contains { line in BacklogTasks.Section.allCases.contains { line == $0.begin } }
        while let line = lines.popFirst() {
            if let section = BacklogTasks.Section.allCases.first(where: { line == $0.begin }),
                let end = lines.firstIndex(where: { $0 == section.end })
            {
                texts[section] = Self.unguarded(lines[..<end].joined(separator: "\n").asBlock)
                lines = lines[(end + 1)...]
            } else if let section = Self.section(line) {
                guard !hasMarks else { continue }
                let end = lines.firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
                texts[section] = lines[..<end].joined(separator: "\n").asBlock
                lines = lines[end...]
            } else {
                kept.append(line)
            }
        }
        rest = kept.joined(separator: "\n").asBlock
    }

    func text(_ section: BacklogTasks.Section) -> String? {
        texts[section].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `- [ ] #1 rows survive a crash`
    func checks(_ section: BacklogTasks.Section) -> [PlanTask.CheckItem] {
        CheckLines.read(texts[section] ?? "").map { check in
            var cursor = LineCursor(check.text)
            guard cursor.take("#"), cursor.takeNumber() != nil, cursor.takeBlanks() > 0 else { return check }
            return .init(cursor.text, isDone: check.isDone)
        }
    }

    private static func section(_ line: Substring) -> BacklogTasks.Section? {
        BacklogTasks.Section.allCases.first { line == "## \($0.heading)" }
    }

    private static func unguarded(_ text: String) -> String {
        Guarded.unguardedInner(text, after: "<!-- ", BacklogTasks.guardedWords)
    }
}
