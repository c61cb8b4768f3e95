import Planning
import Support

extension TaskmasterTasks {
    static func read(_ source: ImportSource) throws -> Imported {
        let json = try JSONSource(source.single(.taskmaster))
        var notes: [String] = []
        let file = try tagged(json, &notes)
        var plan = PlanFile(title: source.name)
        if let title = file.metadata?.description, !title.isBlank { plan.title = title }
        let origin = (file.metadata?.aloud?.marker).flatMap { Marker($0) }
        plan.key = origin?.plan
        var markers: [String: Marker] = [:]
        func add(_ item: PlanFile.Item, _ task: Task) {
            markers[item.key] = (task.aloud?.marker).flatMap { Marker($0) }
            plan.items.append(item)
        }
        let known = Set(
            file.tasks.flatMap { task in [task.id.text] + (task.subtasks ?? []).map { "\(task.id.text).\($0.id.text)" }
            })
        for (index, task) in file.tasks.enumerated() {
            add(try item(task, nil, json.file, "tasks[\(index)]", known), task)
            for (place, part) in (task.subtasks ?? []).enumerated() {
                add(try item(part, task, json.file, "tasks[\(index)].subtasks[\(place)]", known), part)
                guard (part.subtasks ?? []).isEmpty else {
                    throw InterchangeError(
                        json.file, "tasks[\(index)].subtasks[\(place)] has subtasks; only tasks have them")
                }
            }
        }
        return Imported(plan: plan, notes: notes, marker: origin, markers: markers)
    }

    /// The tasks of the tag `master`, of the only tag, or of a file from before there were tags.
    private static func tagged(_ json: JSONSource, _ notes: inout [String]) throws -> File {
        struct Old: Decodable { let tasks: JSONPresence? }
        if try json.decode(Old.self).tasks != nil { return try json.decode(File.self) }
        let found = try json.decode([String: Tag].self).filter { $0.value.hasTasks }.keys.sorted()
        guard let tag = found.contains("master") ? "master" : found.first else {
            throw InterchangeError(json.file, "there are no tasks in it: {\"master\": {\"tasks\": […]}} is expected")
        }
        guard found.count == 1 || tag == "master" else {
            let names = found.prefix(10).joined(separator: ", ")
            throw InterchangeError(json.file, "it has the tags \(names) and no “master”; leave one of them in the file")
        }
        for other in found where other != tag { notes.append("the tag “\(other.prefix(60))” was passed over") }
        return try json.decode([String: TaggedFile].self)[tag]?.file ?? File(tasks: [])
    }

    private static func item(
        _ task: Task, _ parent: Task?, _ file: String, _ place: String, _ known: Set<String>
    ) throws(InterchangeError) -> PlanFile.Item {
        let prefix = parent.map { $0.id.text + "." } ?? ""
        guard !task.title.isBlank else { throw InterchangeError(file, "\(place).title is empty") }
        var item = PlanFile.Item(key: prefix + task.id.text, title: task.title)
        item.number = task.aloud?.number ?? (parent == nil ? Int(task.id.text) : nil)
        item.parent = parent?.id.text
        let texts = [task.description, task.details].compactMap(\.self).map(\.withLineFeeds).filter { !$0.isEmpty }
        item.body = texts.joined(separator: "\n\n")
        item.acceptance = CheckLines.read(task.testStrategy ?? "")
        item.status = try status(task.status, file, place)
        item.priority = try priority(task.priority, file, place)
        item.dependsOn = (task.dependencies ?? []).map { reference in
            guard let parent else { return reference.text }
            let sibling = "\(parent.id.text).\(reference.text)"
            // Among parts, what is written as their ids are is one of them first.
            let isLikeIds = reference.isText == task.id.isText
            let order = isLikeIds ? [sibling, reference.text] : [reference.text, sibling]
            return order.first { known.contains($0) } ?? reference.text
        }
        return item
    }

    private static func status(_ text: String?, _ file: String, _ place: String) throws(InterchangeError)
        -> PlanTask.Status
    {
        switch text {
        case nil, "pending", "deferred", "todo": .todo
        case "in-progress", "in_progress", "review": .inProgress
        case "blocked": .blocked
        case "done", "completed": .done
        case "cancelled", "canceled": .cancelled
        default:
            throw InterchangeError(
                file, "\(place).status must be one of pending, in-progress, review, blocked, deferred, done, cancelled")
        }
    }

    private static func priority(_ text: String?, _ file: String, _ place: String) throws(InterchangeError) -> Priority
    {
        guard let text else { return .medium }
        guard let priority = Priority(rawValue: text) else {
            throw InterchangeError(file, "\(place).priority must be one of critical, high, medium, low")
        }
        return priority
    }
}

/// That there is something, whatever it is.
private struct JSONPresence: Decodable {
    init(from decoder: any Decoder) throws {}
}

/// Whether a member of the file is a tag.
private struct Tag: Decodable {
    let hasTasks: Bool

    private enum Key: CodingKey { case tasks }

    init(from decoder: any Decoder) throws {
        hasTasks = (try? decoder.container(keyedBy: Key.self))?.contains(.tasks) ?? false
    }
}

/// A tag's tasks; nil for a member that is none.
private struct TaggedFile: Decodable {
    let file: TaskmasterTasks.File?

    init(from decoder: any Decoder) throws {
        file = try Tag(from: decoder).hasTasks ? TaskmasterTasks.File(from: decoder) : nil
    }
}
