import Planning
import Storage

extension Dialogue {
    /// Adds to a section of the draft; a plan without one gets a draft of its newest version.
    func appendToSection(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let heading = understanding.text(.section) else {
            return Outcome(.asking("To which section?"), question: .fill(understanding, .section))
        }
        guard let text = understanding.text(.text) else {
            return Outcome(.asking("What shall I add to \(heading)?"), question: .fill(understanding, .text))
        }
        let draft = try await store.draft(of: plan.id)
        var outline = Outline(markdown: try await store.text(of: plan) ?? "")
        guard var section = outline[heading] else { return Outcome("\(plan.title) has no section \(heading).") }
        let before = section.text.trimmingWhitespace
        section.text = before.isEmpty ? Said.sentence(text) : before + "\n\n" + Said.sentence(text)
        outline[heading] = section
        let changed = PlanDraft(
            planId: plan.id, content: outline.markdown, baseVersion: draft?.baseVersion ?? plan.latestVersion,
            askedSection: draft?.askedSection)
        try await store.change(scene.origin, "adding to \(section.heading)") { try $0.putDraft(changed) }
        return Outcome("Added to \(section.heading): \(Said.closed(text))")
    }
}

extension String {
    fileprivate var trimmingWhitespace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
