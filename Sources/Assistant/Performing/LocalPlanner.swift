import Planning
import Storage
import Support

/// Plans without a language model: asks for what the open plan's template misses, and keeps everything else as notes.
package struct LocalPlanner: Planner {
    private let store: Store
    /// Why nobody thinks along, as a sentence; nil when no language model is configured.
    private let reason: String?

    package init(store: Store, because reason: String? = nil) {
        self.store = store
        self.reason = reason
    }

    package var asksForParts: Bool { true }

    package func answer(_ text: String, _ scene: Scene, _ tell: @Sendable (PlannerEvent) -> Void) async throws
        -> PlannerAnswer
    {
        let aside = Aside(text)
        guard let plan = scene.plan else {
            return PlannerAnswer(aside == nil ? try await keepWithoutPlan(text, scene) : answer(nil))
        }
        let draft = try await store.draft(of: plan.id)
        let document = try await store.text(of: plan).map { Outline(markdown: $0) }
        let template = scene.templates.template(of: plan, text: document ?? Outline(sections: []))
        let asked = draft?.askedSection.flatMap(template.gap)
        if aside == .hint, let asked { return PlannerAnswer(hint(asked)) }
        if aside == .goOn, let reply = try await goOn(template, document, draft, plan, scene) {
            return PlannerAnswer(reply)
        }
        guard aside == nil else { return PlannerAnswer(answer(asked)) }
        if let draft, let asked = draft.askedSection {
            return PlannerAnswer(try await fill(asked, with: text, template, draft, plan, scene))
        }
        try await note(text, plan.id, scene)
        return PlannerAnswer(
            Reply(
                "Noted for \(plan.title): \(Said.excerpt(text)) "
                    + (reason ?? "To work it into the plan I would need a language model.")))
    }

    /// What cannot be answered or done here is said, and what was asked stays asked. It is no note: the turn keeps it.
    private func answer(_ asked: PlanTemplate.Gap?) -> Reply {
        let reason = reason ?? "That takes a language model, or other words; say help to hear what I can do."
        guard let asked else { return Reply(reason) }
        return .asking("\(reason) I had asked: \(asked.question)")
    }

    private func hint(_ asked: PlanTemplate.Gap) -> Reply {
        .asking("\(asked.hint ?? "Answer in your own words, or say skip.") \(asked.question)")
    }

    /// Asks again what is open, or begins to ask again.
    private func goOn(
        _ template: PlanTemplate, _ document: Outline?, _ draft: PlanDraft?, _ plan: Plan, _ scene: Scene
    ) async throws -> Reply? {
        let document = document ?? template.skeleton(title: plan.title, values: scene.templateValues)
        guard let gap = draft?.askedSection.flatMap(template.gap) ?? template.firstGap(in: document) else { return nil }
        if draft?.askedSection == nil {
            let asking = PlanDraft(
                planId: plan.id, content: document.markdown, baseVersion: draft?.baseVersion ?? plan.latestVersion,
                askedSection: gap.key)
            try await store.change(scene.origin, "asking for \(gap.name)") { try $0.putDraft(asking) }
        }
        return .asking(gap.question)
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

    /// Puts the answer where it was asked for and asks for what is open next.
    private func fill(
        _ asked: String, with text: String, _ template: PlanTemplate, _ draft: PlanDraft, _ plan: Plan, _ scene: Scene
    ) async throws -> Reply {
        let gap = template.gap(asked)
        let isSkipped = LocalPlanner.skips.contains(SpokenWords(text).plain.joined(separator: " "))
        let answer =
            if case .variable = gap {
                isSkipped ? "TBD" : CleanText.line(SpokenWords(text).name)
            } else {
                isSkipped ? "Open." : Said.sentence(text)
            }
        let outline = template.answered(asked, with: answer, in: Outline(markdown: draft.content))
        let next = template.firstGap(in: outline)
        let filled = PlanDraft(
            planId: plan.id, content: outline.markdown, baseVersion: draft.baseVersion, askedSection: next?.key)
        let place = gap?.name ?? asked
        try await store.change(scene.origin, "the answer for \(place)") { try $0.putDraft(filled) }
        let kept = reason.map { "\($0) I kept that under \(place). " } ?? ""
        guard let next else {
            return Reply("\(kept)That completes the draft of \(plan.title). Say save this plan to keep it.")
        }
        return .asking(kept + next.question)
    }

    private static let skips: Set<String> = [
        "skip", "skip it", "skip that", "next", "i don't know", "not sure", "later",
    ]
}

extension PlanTemplate.Gap {
    /// As it is called in a sentence.
    var name: String {
        switch self {
        case .variable(let variable): variable.name.replacing("_", with: " ")
        case .part(let part): part.heading
        }
    }
}
