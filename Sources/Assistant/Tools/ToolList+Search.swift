import LanguageModel
import Memory
import Planning
import Storage
import Support

extension ToolList {
    static let search: [Tool] = [
        Tool(
            "search", .reads,
            "Finds what was planned and said, wherever it is: projects, sections, tasks, notes, turns.",
            [
                JSONShape.Field("query", .line(atMost: 500), "A few words.", required: true),
                ToolField.project,
                JSONShape.Field(
                    "kinds", .list(.choice(Passage.Kind.allCases.map(\.rawValue)), atMost: Passage.Kind.allCases.count),
                    "Only those kinds."),
                JSONShape.Field("limit", .whole(1...20), "How many at most; 8 when left out."),
            ]
        ) { session, arguments in
            var project: Project?
            if arguments.reference("project") != nil { project = try await session.findProject(arguments) }
            let memory = session.memory
            try await memory.catchUp()
            let kinds = arguments.texts("kinds").map { Set($0.compactMap(Passage.Kind.init)) }
            let found = try await memory.search(
                try arguments.need("query"), project: project?.id, kinds: kinds, limit: arguments.number("limit") ?? 8)
            return [
                "results": .array(
                    found.map { hit in
                        .present([
                            "kind": .string(hit.kind.rawValue), "project": JSONValue(hit.project),
                            "plan": JSONValue(hit.plan), "title": .string(String(hit.title.prefix(200))),
                            "excerpt": .string(String(hit.excerpt.prefix(400))), "score": .number(hit.score),
                        ])
                    })
            ]
        }
    ]

    static let templates: [Tool] = [
        Tool("list_templates", .reads, "Lists the templates that a plan can be made from.") { session, _ in
            [
                "templates": .array(
                    session.templates.entries.prefix(60).map { entry in
                        [
                            "template": .string(entry.template.name),
                            "description": .string(String(entry.template.description.prefix(200))),
                            "size": .string(entry.template.extent),
                        ]
                    })
            ]
        },
        Tool(
            "show_template", .reads, "Shows a template: its sections with their questions.",
            [JSONShape.Field("template", .line(atMost: 200), required: true)]
        ) { session, arguments in
            let name = try arguments.need("template")
            guard let template = session.templates[name] else {
                throw ToolError(
                    "there is no template \(name)", ["templates": .array(session.templates.names.map(JSONValue.string))]
                )
            }
            return [
                "template": .string(template.name), "description": .string(template.description),
                "sections": .array(
                    template.parts.prefix(80).map { part in
                        .present([
                            "heading": .string(part.path.joined(separator: " / ")),
                            "question": JSONValue(part.question),
                            "required": part.isRequired ? true : .null,
                        ])
                    }),
            ]
        },
    ]
}
