import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    private static let description = JSONShape.Field("description", .text(atMost: 5000), "What it is about.")
    private static let tags = JSONShape.Field(
        "tags", .list(.line(atMost: 60), atMost: 30), "All of them, in place of those before.")
    private static let repository = JSONShape.Field(
        "repository", .line(atMost: 1000), "The folder of its code, from the root: /home/…")

    static let projects: [Tool] = [
        Tool(
            "list_projects", .reads, "Lists the projects, the most recently changed first.",
            [
                ToolField.choice("status", Project.Status.self, "Only those; without it all but the archived ones."),
                ToolField.limit, ToolField.offset,
            ]
        ) { session, arguments in
            let status = arguments.choice("status", Project.Status.self)
            let all = try await session.store.projects(status: status)
            return ToolPage(arguments).json("projects", all) { project in
                .present([
                    "name": .string(project.name), "status": .string(project.status.rawValue),
                    "description": project.description.isEmpty
                        ? .null : .string(String(project.description.prefix(200))),
                ])
            }
        },
        Tool("show_project", .reads, "Shows a project with its plans.", [ToolField.project]) { session, arguments in
            let project = try await session.findProject(arguments)
            let plans = try await session.store.plans(of: project.id)
            return .present([
                "name": .string(project.name), "status": .string(project.status.rawValue),
                "description": .string(String(project.description.prefix(3000))),
                "tags": .array(project.tags.map(JSONValue.string)), "repository": JSONValue(project.repositoryPath),
                "plans": .array(plans.prefix(30).map(\.line)), "plan_count": JSONValue(plans.count),
            ])
        },
        Tool(
            "create_project", .changes, "Creates a project and opens it. Only when the user wants a new one.",
            [
                JSONShape.Field("name", .line(atMost: ToolSession.longestTitle), "Short and unique.", required: true),
                description, tags, repository,
            ]
        ) { try await $0.createProject($1) },
        Tool(
            "update_project", .changes, "Changes what is said of a project. What is left out stays.",
            [
                ToolField.project, description, tags, repository,
                JSONShape.Field("status", .choice(["active", "paused", "completed"])),
            ]
        ) { try await $0.updateProject($1) },
        Tool(
            "archive_project", "Puts a project away with everything in it. The user is asked first.",
            [ToolField.project],
            asking: { session, arguments in
                let project = try await session.findProject(arguments)
                guard project.status != .archived else { throw ToolError("\(project.name) is archived already") }
                let plans = try await session.store.plans(of: project.id).count
                return "Archive project \(project.name), with \(Said.count(plans, "plan"))? Say yes or no."
            }
        ) { try await $0.archiveProject($1) },
    ]
}

extension ToolSession {
    fileprivate func createProject(_ arguments: ToolArguments) async throws -> JSONValue {
        let name = try arguments.need("name")
        let repository = try Self.repository(arguments)
        let description = arguments.text("description") ?? ""
        let tags = arguments.texts("tags") ?? []
        let made = try await change("creating project \(name)") { change in
            let project = try change.createProject(
                name: name, description: description, tags: tags, repositoryPath: repository)
            try change.setFocus(project: project.id, plan: nil)
            return project
        }
        project = made
        plan = nil
        did("created project \(made.name)")
        return ["ok": true, "project": .string(made.name)]
    }

    fileprivate func updateProject(_ arguments: ToolArguments) async throws -> JSONValue {
        let found = try await findProject(arguments)
        guard ["description", "tags", "repository", "status"].contains(where: { arguments.value[$0] != nil }) else {
            throw ToolError("say what is to change: description, tags, repository or status")
        }
        let repository = try Self.repository(arguments)
        let status = arguments.choice("status", Project.Status.self)
        let changed = try await change("changing project \(found.name)") { change in
            try change.updateProject(found.id) { project in
                if let description = arguments.given("description") { project.description = description }
                if let tags = arguments.texts("tags") { project.tags = tags }
                if let repository { project.repositoryPath = repository }
                if let status { project.status = status }
            }
        }
        if project?.id == changed.id { project = changed }
        did("changed project \(changed.name)")
        return ["ok": true, "project": .string(changed.name), "status": .string(changed.status.rawValue)]
    }

    fileprivate func archiveProject(_ arguments: ToolArguments) async throws -> JSONValue {
        let found = try await findProject(arguments)
        let isOpen = project?.id == found.id
        try await change("archiving project \(found.name)") { change in
            try change.updateProject(found.id) { $0.status = .archived }
            if isOpen { try change.setFocus(project: nil, plan: nil) }
        }
        if isOpen { (project, plan) = (nil, nil) }
        did("archived project \(found.name)")
        return ["ok": true, "project": .string(found.name), "status": "archived"]
    }

    private static func repository(_ arguments: ToolArguments) throws -> String? {
        guard let path = arguments.text("repository") else { return nil }
        guard path.hasPrefix("/") else { throw ToolError("repository is a folder, written from the root: /home/…") }
        return path
    }
}

extension Plan {
    /// A plan in a list.
    var line: JSONValue {
        [
            "plan": JSONValue(number), "title": .string(title), "status": .string(status.rawValue),
            "version": JSONValue(latestVersion),
        ]
    }
}
