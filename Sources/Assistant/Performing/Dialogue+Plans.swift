import Planning
import Storage

extension Dialogue {
    func createPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else { return Outcome(Dialogue.noProject) }
        guard let title = understanding.text(.title) else {
            return Outcome(.asking("What should the plan be called?"), question: .fill(understanding, .title))
        }
        let template = PlanTemplate.feature
        let skeleton = template.skeleton(title: title).markdown
        let asked = planner.asksForParts ? template.parts.first : nil
        let number = try await store.change(scene.origin, "creating plan \(title)") { change in
            let plan = try change.createPlan(in: project.id, title: title)
            try change.putDraft(
                PlanDraft(planId: plan.id, content: skeleton, baseVersion: 0, askedSection: asked?.heading))
            try change.setFocus(project: project.id, plan: plan.id)
            return plan.number
        }
        let created = "Created plan \(number), \(title)."
        guard let asked else { return Outcome("\(created) Tell me about it.") }
        return Outcome(.asking("\(created) \(asked.question)"))
    }

    func savePlan(_ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let text = try await unsaved(plan) else {
            return Outcome(
                plan.latestVersion > 0
                    ? "Nothing has changed since version \(plan.latestVersion)." : "There is nothing to save yet.")
        }
        let version = try await store.change(scene.origin, "saving plan \(plan.title)") { change in
            try change.saveVersion(
                of: plan.id, content: text.content, base: plan.latestVersion, summary: text.summary,
                author: scene.origin.actor)
        }
        return Outcome("Saved \(plan.title) as version \(version.number).")
    }

    /// What a version made now would hold; nil when that is the last one.
    private func unsaved(_ plan: Plan) async throws -> (content: String, summary: String)? {
        let draft = try await store.draft(of: plan.id)
        let notes = try await store.waitingNotes(of: plan.id)
        let saved = try await store.version(plan.latestVersion, of: plan.id)
        guard draft != nil || !notes.isEmpty else { return nil }
        var outline = Outline(markdown: draft?.content ?? saved?.content ?? "# \(plan.title)\n")
        outline.takeIn(notes)
        let content = outline.markdown
        guard content != saved?.content else { return nil }
        let summary =
            plan.latestVersion == 0
            ? "first version"
            : Said.list(
                [draft != nil ? "edited" : nil, notes.isEmpty ? nil : Said.count(notes.count, "note")].compactMap(
                    \.self))
        return (content, summary)
    }

    func versionHistory(_ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        let versions = try await store.versions(of: plan.id)
        guard !versions.isEmpty else {
            return Outcome("\(plan.title) has no saved version yet. Say save this plan to make the first.")
        }
        let told = versions.reversed().prefix(3).map {
            "version \($0.number), \(Said.ago($0.createdAt)): \($0.changeSummary)"
        }
        return Outcome(
            "\(plan.title) has \(Said.count(versions.count, "version")). "
                + told.map(Said.sentence).joined(separator: " "))
    }

    func readPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        guard let content = try await store.text(of: plan) else {
            return Outcome("\(plan.title) is still empty.")
        }
        let notes = try await store.waitingNotes(of: plan.id).map { "- \($0.text)" }
        let more = notes.isEmpty ? "" : "\n## Unsaved notes\n\n" + notes.joined(separator: "\n") + "\n"
        let filled = Outline(markdown: content).sections.filter { $0.level == 1 || !$0.text.isEmpty }
        return Outcome(Outline(sections: filled).markdown + more)
    }

    private func plan(_ understanding: Understanding, _ scene: Scene) async throws -> Plan? {
        if let number = understanding.number(.plan) { return try await store.plan(number: number) }
        guard let title = understanding.text(.plan), let project = scene.project else { return scene.plan }
        return try await store.plans(of: project.id).first { $0.title.lowercased() == title.lowercased() }
    }

    func note(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let text = understanding.text(.text) else {
            return Outcome(.asking("What should I note?"), question: .fill(understanding, .text))
        }
        try await store.change(scene.origin, "that note") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: scene.plan?.id)
        }
        return Outcome("Noted: \(text).")
    }
}
