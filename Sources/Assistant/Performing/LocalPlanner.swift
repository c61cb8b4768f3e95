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
        guard let plan = scene.plan else { return PlannerAnswer(try await keepWithoutPlan(text, scene)) }
        if let draft = try await store.draft(of: plan.id), let asked = draft.askedSection {
            return PlannerAnswer(try await fill(asked, with: text, draft, plan, scene))
        }
        try await store.change(scene.origin, "that note") { change in
            _ = try change.addNote(text, project: scene.project?.id, plan: plan.id)
        }
        return PlannerAnswer(
            Reply(
                "I noted that for \(plan.title). \(reason ?? "To work it into the plan I would need a language model.")"
            )
        )
    }

    private func keepWithoutPlan(_ text: String, _ scene: Scene) async throws -> Reply {
        guard let project = scene.project else {
            return Reply(
                "I kept what you said, but no project is open"
                    + (reason.map { ". \($0) " } ?? ", and thinking along needs a language model. ")
                    + "Say: create new project, and a name.")
        }
        try await store.change(scene.origin, "that note") { change in
            _ = try change.addNote(text, project: project.id, plan: nil)
        }
        return Reply(
            "I noted that for \(project.name). "
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
        guard let next else {
            return Reply("That completes the draft of \(plan.title). Say save this plan to keep it.")
        }
        return .asking(next.question)
    }

    private static let skips: Set<String> = [
        "skip", "skip it", "skip that", "next", "i don't know", "not sure", "later",
    ]
}
