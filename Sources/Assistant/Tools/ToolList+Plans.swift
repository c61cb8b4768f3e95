import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    static let plans: [Tool] = [
        Tool(
            "list_plans", .reads, "Lists the plans of a project.",
            [ToolField.project, ToolField.choice("status", Plan.Status.self), ToolField.limit, ToolField.offset]
        ) { session, arguments in
            let project = try await session.findProject(arguments)
            let status = arguments.choice("status", Plan.Status.self)
            let all = try await session.store.plans(of: project.id).filter { status == nil || $0.status == status }
            return ToolPage(arguments).json("plans", all, \.line)
        },
        Tool(
            "show_plan", .reads,
            "Shows what a plan says now, its draft before its newest version: all of it, or one section with those below.",
            [
                ToolField.plan,
                JSONShape.Field("section", .line(atMost: 500), "A heading, or the path to it: Roadmap / Phase 1."),
                JSONShape.Field("offset", .whole(0...1_000_000), "Characters to pass over, to go on reading."),
            ]
        ) { try await $0.showPlan($1) },
        Tool(
            "create_plan", .changes,
            """
            Creates a plan in a project and opens it. Its text is a draft until it is saved: from content when given, else \
            from a template.
            """,
            [
                JSONShape.Field(
                    "title", .line(atMost: ToolSession.longestTitle), "A few words; unique in the project.",
                    required: true),
                ToolField.project,
                JSONShape.Field("template", .line(atMost: 200), "The name of a template; list_templates knows them."),
                JSONShape.Field(
                    "content", .text(atMost: ToolSession.longestText),
                    "The whole plan in Markdown, beginning with # and the title."),
            ]
        ) { try await $0.createPlan($1) },
        Tool(
            "set_plan_status", .changes, "Sets the status of a plan. Approved only when the user says so.",
            [
                ToolField.plan,
                JSONShape.Field("status", .choice(["draft", "approved", "in_progress", "completed"]), required: true),
            ]
        ) { try await $0.setPlanStatus($1) },
        Tool(
            "archive_plan", "Puts a plan away. The user is asked first.", [ToolField.plan],
            asking: { session, arguments in
                let plan = try await session.findPlan(arguments)
                let open = try await session.store.tasks(of: plan.id).count(where: \.status.isOpen)
                return
                    "Archive plan \(plan.number), \(plan.title), with \(Said.count(open, "open task"))? Say yes or no."
            }
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            try await session.change("archiving plan \(plan.title)") { change in
                try change.updatePlan(plan.id) { $0.status = .archived }
            }
            await session.did("archived plan \(plan.number), \(plan.title)")
            return ["ok": true, "plan": JSONValue(plan.number), "status": "archived"]
        },
    ]
}

extension ToolSession {
    /// Characters of a plan that are shown at once.
    private static let page = 12_000

    fileprivate func showPlan(_ arguments: ToolArguments) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let hasDraft = try await store.draft(of: plan.id) != nil
        let outline = Outline(markdown: try await store.text(of: plan) ?? "")
        var text = outline.markdown
        if let section = arguments.text("section") { text = outline.whole(at: try outline.needPlace(of: section)) }
        let offset = arguments.number("offset") ?? 0
        let shown = String(text.dropFirst(offset).prefix(Self.page))
        let next = offset + shown.count
        return .present([
            "plan": JSONValue(plan.number), "title": .string(plan.title), "status": .string(plan.status.rawValue),
            "base_version": JSONValue(plan.latestVersion), "state": hasDraft ? "draft" : "saved",
            "text": .string(shown), "next_offset": next < text.count ? JSONValue(next) : .null,
        ])
    }

    fileprivate func createPlan(_ arguments: ToolArguments) async throws -> JSONValue {
        let project = try await findProject(arguments)
        let title = try arguments.need("title")
        var template: PlanTemplate?
        if let name = arguments.text("template") {
            guard let found = templates[name] else {
                throw ToolError(
                    "there is no template \(name)", ["templates": .array(templates.names.map(JSONValue.string))])
            }
            template = found
        }
        let values = PlanTemplate.commonValues(project: project.name, planner: origin.actor)
        let content =
            arguments.text("content") ?? (template ?? templates.usual).skeleton(title: title, values: values).markdown
        let made = try await change("creating plan \(title)") { [template] change in
            let plan = try change.createPlan(in: project.id, title: title, template: template?.name)
            try change.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: 0))
            try change.setFocus(project: project.id, plan: plan.id)
            return plan
        }
        plan = made
        self.project = project
        did("created plan \(made.number), \(title)")
        return ["ok": true, "plan": JSONValue(made.number), "base_version": 0, "state": "draft"]
    }

    fileprivate func setPlanStatus(_ arguments: ToolArguments) async throws -> JSONValue {
        let found = try await findPlan(arguments)
        guard let status = arguments.choice("status", Plan.Status.self) else { throw ToolError("status is missing") }
        let changed = try await change("setting the status of \(found.title)") { change in
            try change.updatePlan(found.id) { $0.status = status }
        }
        did("set \(changed.title) to \(status.rawValue.replacing("_", with: " "))")
        return ["ok": true, "plan": JSONValue(changed.number), "status": .string(status.rawValue)]
    }
}
