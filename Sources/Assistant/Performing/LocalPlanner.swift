import Planning
import Storage

/// Plans without a language model: asks for what the open plan's template misses, and keeps everything else as notes.
package struct LocalPlanner: Planner {
    private let store: Store
    private let template = PlanTemplate.feature
    /// Why nobody thinks along, as a sentence; nil when no language model is configured.
    private let reason: String?

    package init(store: Store, because reason: String? = nil) {
        self.store = store
        self.reason = reason
    }

    package var asksForParts: Bool { true }

    package func answer(_ text: String, _ scene: Scene, _ delta: @Sendable (String) -> Void) async throws
        -> PlannerAnswer
    {
        let aside = Aside(text)
        guard let plan = scene.plan else {
            return PlannerAnswer(aside == nil ? try await keepWithoutPlan(text, scene) : answer(nil))
        }
        let draft = try await store.draft(of: plan.id)
        if aside == .goOn, let reply = try await goOn(draft, plan, scene) { return PlannerAnswer(reply) }
        guard aside == nil else { return PlannerAnswer(answer(draft?.askedSection)) }
        if let draft, let asked = draft.askedSection {
            return PlannerAnswer(try await fill(asked, with: text, draft, plan, scene))
        }
        try await note(text, plan.id, scene)
        return PlannerAnswer(
            Reply(
                "Noted for \(plan.title): \(Said.excerpt(text)) "
                    + (reason ?? "To work it into the plan I would need a language model.")))
    }

    /// What cannot be answered or done here is said, and what was asked stays asked. It is no note: the turn keeps it.
    private func answer(_ asked: String?) -> Reply {
        let reason = reason ?? "That takes a language model, or other words; say help to hear what I can do."
        guard let question = asked.flatMap({ template.part($0)?.question }) else { return Reply(reason) }
        return .asking("\(reason) I had asked: \(question)")
    }

    /// Asks again what is open, or begins to ask again.
    private func goOn(_ draft: PlanDraft?, _ plan: Plan, _ scene: Scene) async throws -> Reply? {
        let text = try await store.text(of: plan) ?? template.skeleton(title: plan.title).markdown
        guard let part = draft?.askedSection.flatMap(template.part) ?? template.firstGap(in: Outline(markdown: text))
        else { return nil }
        if draft?.askedSection == nil {
            let asking = PlanDraft(
                planId: plan.id, content: text, baseVersion: draft?.baseVersion ?? plan.latestVersion,
                askedSection: part.heading)
            try await store.change(scene.origin, "asking for \(part.heading)") { try $0.putDraft(asking) }
        }
        return .asking(part.question)
    }

    private func note(_ text: String, _ plan: Plan.ID?, _ scene: Scene) async throws {
        try await store.change(scene.origin, "the note \(Said.excerpt(text))") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: plan)
        }
    }

    private func keepWithoutPlan(_ text: String, _ scene: Scene) async throws -> Reply {
        guard let project = scene.project else {
            return Reply(
                "I kept what you said, but no project is open"
                    + (reason.map { ". \($0) " } ?? ", and thinking along needs a language model. ")
                    + "Say: create new project, and a name.")
        }
        try await note(text, nil, scene)
        return Reply(
            "Noted for \(project.name): \(Said.excerpt(text)) "
                + (reason ?? "Say create devplan, and a title, to make it a plan."))
    }

    /// Puts the answer into the section that was asked for and asks for the next one.
    private func fill(
        _ asked: String, with text: String, _ draft: PlanDraft, _ plan: Plan, _ scene: Scene
    ) async throws -> Reply {
        var outline = Outline(markdown: draft.content)
        let isSkipped = LocalPlanner.skips.contains(SpokenWords(text).plain.joined(separator: " "))
        var section = outline[asked] ?? Section(level: 2, heading: asked, text: "")
        section.text = isSkipped ? "Open." : Said.sentence(text)
        outline[asked] = section
        let next = template.firstGap(in: outline)
        let filled = PlanDraft(
            planId: plan.id, content: outline.markdown, baseVersion: draft.baseVersion, askedSection: next?.heading)
        try await store.change(scene.origin, "the answer for \(asked)") { try $0.putDraft(filled) }
        let kept = reason.map { "\($0) I kept that under \(asked). " } ?? ""
        guard let next else {
            return Reply("\(kept)That completes the draft of \(plan.title). Say save this plan to keep it.")
        }
        return .asking(kept + next.question)
    }

    private static let skips: Set<String> = [
        "skip", "skip it", "skip that", "next", "i don't know", "not sure", "later",
    ]
}
