import Planning

/// The `tasks.json` of Taskmaster: tasks below a tag, `{"master": {"tasks": […], "metadata": {…}}}`, or without one as it was
/// before.
///
/// Carries the plan's title, numbers, titles, texts (the first paragraph as `description`, the rest as `details`), what must
/// hold as `testStrategy`, status, priority (critical is high there), what a task waits for and, one level deep, what it is a
/// part of: what lies deeper is a part of the task at the top. Ids of parts begin with 1 in each task; the number that a part
/// has here, and the marker, stand in the field `aloud`, which Taskmaster keeps.
enum TaskmasterTasks {
    struct File: Codable {
        var tasks: [Task]
        var metadata: Metadata?
    }

    struct Metadata: Codable {
        var created: String?
        var updated: String?
        var description: String?
        var aloud: Mark?
    }

    struct Task: Codable {
        var id: Reference
        var title: String
        var description: String?
        var details: String?
        var testStrategy: String?
        var status: String?
        var priority: String?
        var dependencies: [Reference]?
        var subtasks: [Task]?
        var aloud: Mark?
    }

    /// What is ours, in a field of its own.
    struct Mark: Codable {
        var marker: String?
        var number: Int?
    }

    /// An id: a number, or a text such as “1.2”.
    enum Reference: Codable, Hashable {
        case number(Int)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self), !text.isEmpty, text.utf8.count <= 60 {
                self = .text(text)
            } else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "an id is a number or a text such as 1.2")
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }

        var text: String {
            switch self {
            case .number(let number): String(number)
            case .text(let text): text
            }
        }

        var isText: Bool { if case .text = self { true } else { false } }
    }

    static func narrow(_ plan: inout PlanFile) {
        let parents = Dictionary(
            plan.items.compactMap { item in item.parent.map { (item.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        plan.numberItems()
        for index in plan.items.indices {
            var item = plan.items[index]
            var seen: Set<String> = [item.key]
            while let above = item.parent.flatMap({ parents[$0] }), seen.insert(above).inserted { item.parent = above }
            item.body = item.body.asBlock
            if item.priority == .critical { item.priority = .high }
            plan.items[index] = item
        }
    }

    static func write(_ plan: PlanFile) throws -> Exported {
        let markers = try ExchangeFormat.taskmaster.markers(of: plan)
        let items = ExchangeFormat.taskmaster.carried(plan).items
        let byKey = Dictionary(items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let parts = Dictionary(grouping: items.filter { $0.parent != nil }, by: { $0.parent ?? "" })
        var places: [String: Int] = [:]
        for group in parts.values { for (index, item) in group.enumerated() { places[item.key] = index + 1 } }
        func task(_ item: PlanFile.Item) -> Task {
            let (description, details) = split(item.body)
            let isPart = item.parent != nil
            return Task(
                id: .number(isPart ? places[item.key] ?? 0 : item.number ?? 0), title: item.title,
                description: description, details: details, testStrategy: CheckLines.write(item.acceptance),
                status: status(item.status), priority: item.priority.rawValue,
                dependencies: item.dependsOn.compactMap { byKey[$0] }.map { other in
                    guard let parent = other.parent.flatMap({ byKey[$0] }) else {
                        // Among parts a number is a part: the task at the top is named by a text.
                        return isPart ? .text(String(other.number ?? 0)) : .number(other.number ?? 0)
                    }
                    let place = places[other.key] ?? 0
                    return other.parent == item.parent ? .number(place) : .text("\(parent.number ?? 0).\(place)")
                }, subtasks: isPart ? nil : (parts[item.key] ?? []).map(task),
                aloud: Mark(marker: markers[item.key]?.text, number: item.number))
        }
        let mark = try ExchangeFormat.taskmaster.marker(of: plan)?.text
        let file = File(
            tasks: items.filter { $0.parent == nil }.map(task),
            metadata: Metadata(
                created: plan.createdAt?.description, updated: plan.updatedAt?.description, description: plan.title,
                aloud: Mark(marker: mark)))
        return Exported("tasks.json", try ForeignJSON.pretty(["master": file]))
    }

    /// The first paragraph, and the rest.
    private static func split(_ body: String) -> (String, String) {
        guard let end = body.firstRange(of: "\n\n") else { return (body, "") }
        return (String(body[..<end.lowerBound]), String(body[end.upperBound...]))
    }

    private static func status(_ status: PlanTask.Status) -> String {
        switch status {
        case .todo: "pending"
        case .inProgress: "in-progress"
        case .blocked: "blocked"
        case .done: "done"
        case .cancelled: "cancelled"
        }
    }
}
