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

    func readSection(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let heading = understanding.text(.section) else {
            return Outcome(.asking("Which section?"), question: .fill(understanding, .section))
        }
        guard let section = Outline(markdown: try await store.text(of: plan) ?? "")[heading] else {
            return Outcome("\(plan.title) has no section \(heading).")
        }
        return Outcome(section.text.isEmpty ? "\(section.heading) is still empty." : section.source)
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
        try await store.change(scene.origin, "that note") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: scene.plan?.id)
        }
        return Outcome("Noted: \(text).")
    }
}
