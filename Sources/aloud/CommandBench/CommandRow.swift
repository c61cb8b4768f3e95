import Planning
import Support

/// An utterance with what it asks for, and what was alive when it was said.
struct CommandRow: Decodable {
    let id: String
    let text: String
    let intent: String
    let slots: [String: JSONValue]
    /// nil: asking first is as right as just doing it.
    let needsConfirmation: Bool?
    let state: CommandState
    /// Other intents that are right too.
    let otherIntents: [String]

    enum CodingKeys: String, CodingKey {
        case id, text, intent, slots, state
        case needsConfirmation = "needs_confirmation"
        case otherIntents = "intents_ok"
    }

    init(
        id: String, text: String, intent: String, slots: [String: JSONValue] = [:], needsConfirmation: Bool? = nil,
        state: CommandState = CommandState(), otherIntents: [String] = []
    ) {
        self.id = id
        self.text = text
        self.intent = intent
        self.slots = slots
        self.needsConfirmation = needsConfirmation
        self.state = state
        self.otherIntents = otherIntents
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        text = try container.decode(String.self, forKey: .text)
        intent = try container.decode(String.self, forKey: .intent)
        slots = try container.decodeIfPresent([String: JSONValue].self, forKey: .slots) ?? [:]
        needsConfirmation = try container.decodeIfPresent(Bool.self, forKey: .needsConfirmation)
        state = try container.decodeIfPresent(CommandState.self, forKey: .state) ?? CommandState()
        otherIntents = try container.decodeIfPresent([String].self, forKey: .otherIntents) ?? []
    }

    static func read(_ path: String) throws -> [CommandRow] {
        var rows: [CommandRow] = []
        var known: Set<String> = []
        try JSONLines(path: path).read(CommandRow.self) { row throws(JSONLines.Wrong) in
            guard known.insert(row.id).inserted else { throw JSONLines.Wrong("the id “\(row.id)” is there already") }
            guard row.text.utf8.count <= 10_000 else { throw JSONLines.Wrong("“text” takes at most 10000 bytes") }
            rows.append(row)
        }
        guard !rows.isEmpty else { throw Failure("\(path) holds no utterances") }
        return rows
    }
}

/// Another way that a row was said or heard.
struct CommandVariant: Decodable {
    let id: String
    let variant: String
    let text: String

    static func read(_ path: String, of rows: Set<String>) throws -> [CommandVariant] {
        var variants: [CommandVariant] = []
        try JSONLines(path: path).read(CommandVariant.self) { line throws(JSONLines.Wrong) in
            guard rows.contains(line.id) else {
                throw JSONLines.Wrong("“id” names “\(line.id)”, which is no utterance")
            }
            guard line.text.utf8.count <= 10_000 else { throw JSONLines.Wrong("“text” takes at most 10000 bytes") }
            variants.append(line)
        }
        guard !variants.isEmpty else { throw Failure("\(path) holds no variants") }
        return variants
    }
}

/// What stands in place of the database: the names that are alive, and what is open.
struct CommandState: Decodable {
    var projects: [String] = []
    var plans: [String] = []
    var tasks: [Int: String] = [:]
    /// Full paths, as `Design / Data Model`.
    var sections: [String] = []
    var versions = 0
    var openProject: String?
    var openPlan: String?

    init() {}

    private enum CodingKeys: String, CodingKey {
        case projects, plans, tasks, sections, versions
        case openProject = "open_project"
        case openPlan = "open_plan"
    }

    /// Names are texts, or objects with a `name` or `title`; a task's number is its `number` or `id`, or else its place.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func values(_ key: CodingKeys) throws -> [JSONValue] {
            let value = try container.decodeIfPresent(JSONValue.self, forKey: key) ?? .array([])
            return value.array ?? value.object?.sorted { $0.key < $1.key }.map {
                .object(["id": .string($0), "name": $1])
            }
                ?? []
        }
        projects = try values(.projects).compactMap(\.named)
        plans = try values(.plans).compactMap(\.named)
        sections = try values(.sections).compactMap(\.named)
        for (index, task) in try values(.tasks).enumerated() {
            guard let title = task.named else { continue }
            let number = (task["number"] ?? task["id"] ?? task["n"]).flatMap {
                $0.number.map(Int.init) ?? Int($0.string ?? "")
            }
            tasks[number ?? index + 1] = title
        }
        let said = try container.decodeIfPresent(JSONValue.self, forKey: .versions)
        versions =
            said?.number.map { Int($0) } ?? said?.array.map {
                $0.compactMap { $0.number.map(Int.init) }.max() ?? $0.count
            }
            ?? 0
        openProject = try container.decodeIfPresent(JSONValue.self, forKey: .openProject)?.named
        openPlan = try container.decodeIfPresent(JSONValue.self, forKey: .openPlan)?.named
    }

    var names: LiveNames {
        LiveNames(
            projects: projects, plans: plans, tasks: tasks, versions: versions, sections: sections,
            templates: TemplateSet.builtIn.names, openProject: openProject, openPlan: openPlan)
    }
}

extension JSONValue {
    fileprivate var named: String? { string ?? self["name"]?.named ?? self["title"]?.named ?? self["path"]?.named }
}
