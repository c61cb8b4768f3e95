import Planning
import Storage

extension Dialogue {
    func createPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else { return Outcome(Dialogue.noProject) }
        guard let title = understanding.text(.title) else {
            return Outcome(.asking("What should the plan be called?"), question: .fill(understanding, .title))
        }
        let chosen = understanding.text(.template).flatMap { scene.templates[$0] }
        let template = chosen ?? scene.templates.usual
        let skeleton = template.skeleton(title: title, values: scene.templateValues)
        let content = skeleton.markdown
        let asked = planner.asksForParts ? template.firstGap(in: skeleton) : nil
        let made = try await store.change(scene.origin, "creating plan \(title)") { change in
            let plan = try change.createPlan(in: project.id, title: title, template: template.name)
            try change.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: 0, askedSection: asked?.key))
            try change.setFocus(project: project.id, plan: plan.id)
            return (number: plan.number, notes: try change.adoptNotes(of: project.id, by: plan.id))
        }
        let created =
            "Created plan \(made.number), \(title)\(chosen.map { ", from the template \($0.name): \($0.extent)" } ?? "")."
            + (made.notes > 0 ? " It takes in \(Said.count(made.notes, "note")) of the project." : "")
        guard let asked else { return Outcome("\(created) Tell me about it.") }
        return Outcome(.asking("\(created) \(asked.question)"))
    }

    func readPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        guard let content = try await store.text(of: plan) else {
            return Outcome("\(plan.title) is still empty.")
        }
        reading = ReadingPlace(plan: plan.id)
        let notes = try await store.waitingNotes(of: plan.id).map { "- \($0.text)" }
        let more = notes.isEmpty ? "" : "\n## Unsaved notes\n\n" + notes.joined(separator: "\n") + "\n"
        let filled = Outline(markdown: content).sections.filter { $0.level == 1 || !$0.text.isEmpty }
        return Outcome(Outline(sections: filled).markdown + more)
    }

    func openPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome("There is no such plan.") }
        try await store.change(scene.origin, "opening plan \(plan.title)") { change in
            try change.setFocus(project: plan.projectId, plan: plan.id)
        }
        let open = try await store.tasks(of: plan.id).count(where: \.status.isOpen)
        return try await asking("Opened plan \(plan.title), with \(Said.count(open, "open task")).", plan)
    }

    func listPlans(_ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else { return Outcome(Dialogue.noProject) }
        let plans = try await store.plans(of: project.id)
        guard !plans.isEmpty else { return Outcome("\(project.name) has no plan yet.") }
        let named = plans.prefix(Dialogue.spokenItems).map { "\($0.number), \($0.title)" }
        let rest = plans.count - named.count
        return Outcome(
            "\(project.name) has \(Said.count(plans.count, "plan")): \(named.joined(separator: "; "))"
                + (rest > 0 ? "; and \(rest) more." : "."))
    }

    /// What is said, and the question of the plan's draft that still waits.
    func asking(_ said: String, _ plan: Plan?) async throws -> Outcome {
        guard let plan, planner.asksForParts, let draft = try await store.draft(of: plan.id),
            let asked = draft.askedSection
        else { return Outcome(said) }
        let template = templates.read().template(of: plan, text: Outline(markdown: draft.content))
        guard let gap = template.gap(asked) else { return Outcome(said) }
        return Outcome(.asking("\(said) \(gap.question)"))
    }

    /// The question of the plan is put away; the plan stays.
    func stopAsking(_ scene: Scene) async throws -> Outcome {
        guard scene.askedSection != nil, let plan = scene.plan, var draft = try await store.draft(of: plan.id) else {
            return Outcome("Okay, never mind.")
        }
        draft.askedSection = nil
        let quiet = draft
        try await store.change(scene.origin, "not asking for \(plan.title)") { try $0.putDraft(quiet) }
        return Outcome("Okay, I stop asking. Say continue the plan to go on.")
    }

    func readSection(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let heading = understanding.text(.section) else {
            return Outcome(.asking("Which section?"), question: .fill(understanding, .section))
        }
        let sections = Outline(markdown: try await store.text(of: plan) ?? "").sections
        guard
            let index = sections.firstIndex(where: { $0.level > 1 && $0.heading.lowercased() == heading.lowercased() })
        else { return Outcome("\(plan.title) has no section \(heading).") }
        let section = sections[index]
        reading = ReadingPlace(plan: plan.id, heading: section.heading)
        let below = sections[(index + 1)...].prefix { $0.level > section.level }.filter { !$0.text.isEmpty }
        guard !section.text.isEmpty || !below.isEmpty else { return Outcome("\(section.heading) is still empty.") }
        return Outcome(Outline(sections: [section] + below).markdown)
    }

    func plan(_ understanding: Understanding, _ scene: Scene) async throws -> Plan? {
        if let number = understanding.number(.plan) { return try await store.plan(number: number) }
        guard let title = understanding.text(.plan), let project = scene.project else { return scene.plan }
        return try await store.plans(of: project.id).first { $0.title.lowercased() == title.lowercased() }
    }

    func note(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let text = understanding.text(.text) else {
            return Outcome(.asking("What should I note?"), question: .fill(understanding, .text))
        }
        try await store.change(scene.origin, "the note \(Said.excerpt(text))") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: scene.plan?.id)
        }
        return Outcome("Noted: \(Said.closed(text))")
    }
}
