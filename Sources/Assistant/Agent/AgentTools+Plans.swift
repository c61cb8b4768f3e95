import Planning
import Storage
import Support

extension AgentTools {
    func createPlan(_ arguments: ToolArguments) async throws -> JSONValue {
        guard let project else { throw ToolError("no project is open; the user opens or creates one by saying so") }
        let title = try arguments.text("title", atMost: Self.longestTitle)
        let content = try arguments.text("content", atMost: Self.longestText)
        let created = try await store.change(origin, "creating plan \(title)") { change in
            let plan = try change.createPlan(in: project.id, title: title)
            try change.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: 0))
            try change.setFocus(project: project.id, plan: plan.id)
            return plan
        }
        plan = created
        did("created plan \(created.number), \(title)")
        return ["ok": true, "plan": .number(Double(created.number)), "base_version": 0, "state": "draft"]
    }

    func revisePlan(_ arguments: ToolArguments) async throws -> JSONValue {
        guard let plan = try await openPlan() else { throw ToolError("no plan is open; create one first") }
        let base = try arguments.optionalNumber("base_version") ?? plan.latestVersion
        guard base == plan.latestVersion else {
            throw ToolError("the plan is at version \(plan.latestVersion), not \(base); work from that one")
        }
        let isSaving = arguments.flag("save")
        var outline = try await revised(plan, try arguments.list("sections"))
        if isSaving { outline.takeIn(try await store.waitingNotes(of: plan.id)) }
        let summary = try arguments.optionalText("summary", atMost: 500) ?? "edited"
        let content = outline.markdown
        guard content.count <= Self.longestText else { throw ToolError("the plan would be too long") }
        let author = origin.actor
        let version = try await store.change(origin, "the change to \(plan.title)") { change -> Int? in
            // Read again inside the change: another process may have saved meanwhile.
            guard try change.plan(plan.id).latestVersion == base else {
                throw StoreError.stale(base: base, latest: try change.plan(plan.id).latestVersion)
            }
            guard isSaving else {
                try change.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: base))
                return nil
            }
            return try change.saveVersion(
                of: plan.id, content: content, base: base, summary: summary, author: author, taking: .draftAndNotes
            ).number
        }
        self.plan = try await store.plan(plan.id)
        guard let version else {
            did("changed the draft of \(plan.title)")
            return ["ok": true, "state": "draft", "base_version": .number(Double(base))]
        }
        did("saved \(plan.title) as version \(version)")
        return ["ok": true, "state": "saved", "base_version": .number(Double(version))]
    }

    /// The plan's text, its draft before its last version, with the sections that changed.
    private func revised(_ plan: Plan, _ sections: [JSONValue]) async throws -> Outline {
        guard !sections.isEmpty else { throw ToolError("sections is empty") }
        var outline = Outline(markdown: try await store.text(of: plan) ?? "# \(plan.title)\n")
        for section in sections {
            let arguments = ToolArguments(section)
            let heading = try arguments.text("heading", atMost: Self.longestTitle)
                .drop { $0 == "#" || $0.isWhitespace }
            guard !heading.contains("\n"), !heading.isEmpty else { throw ToolError("a heading is one line") }
            let text = try arguments.optionalText("text", atMost: Self.longestText)
            outline[String(heading)] = text.map { text in
                Section(level: outline[String(heading)]?.level ?? 2, heading: String(heading), text: text)
            }
        }
        return outline
    }

    func addTask(_ arguments: ToolArguments) async throws -> JSONValue {
        guard let plan = try await openPlan() else { throw ToolError("no plan is open; create one first") }
        let title = try arguments.text("title", atMost: Self.longestTitle)
        let description = try arguments.optionalText("description", atMost: 10_000) ?? ""
        let named = try arguments.optionalText("priority", atMost: 20)
        guard let priority = named.map({ Priority(rawValue: $0.lowercased()) }) ?? .medium else {
            throw ToolError("priority is one of low, medium, high, critical")
        }
        let estimate = try arguments.optionalNumber("estimate_minutes")
        guard estimate.map({ 1...100_000 ~= $0 }) ?? true else {
            throw ToolError("estimate_minutes is from 1 to 100000")
        }
        let before = try arguments.list("depends_on").map { value in
            guard let number = value.number.flatMap({ Int(exactly: $0) }) else {
                throw ToolError("depends_on holds task numbers")
            }
            return number
        }
        let labels = try arguments.texts("labels", atMost: 100)
        let acceptance = try arguments.texts("acceptance", atMost: 1000)
        let milestone = try arguments.optionalText("milestone", atMost: 200)
        let parent = try arguments.optionalNumber("parent")
        let due = try arguments.optionalText("due", atMost: 40).map { text in
            guard let day = Day(text) else { throw ToolError("due is a day that there is, such as 2027-03-01") }
            return day
        }
        let task = try await store.change(origin, "adding task \(title)") { change in
            try change.addTask(to: plan.id, title: title) { task in
                task.description = description
                task.priority = priority
                task.estimateMinutes = estimate
                task.dependsOn = before
                task.labels = labels
                task.acceptance = acceptance.map { PlanTask.CheckItem($0) }
                task.dueOn = due
                task.parent = parent
                task.milestone = milestone
            }
        }
        did("added task \(task.number), \(title)")
        return ["ok": true, "task": .number(Double(task.number))]
    }

    /// As it is now: another call of this turn, or another process, may have changed it.
    private func openPlan() async throws -> Plan? {
        guard let plan else { return nil }
        return try await store.plan(plan.id)
    }
}
