import Planning
import Storage

extension Dialogue {
    private static let spokenDecisions = 5

    func decide(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let text = understanding.text(.text) else {
            return Outcome(.asking("What is decided?"), question: .fill(understanding, .text))
        }
        let made = try await store.change(scene.origin, "the decision \(Said.excerpt(text))") { change in
            try change.addDecision(Said.sentence(text), project: scene.project?.id, plan: scene.plan?.id)
        }
        return Outcome("Kept decision \(made.number): \(Said.closed(text))")
    }

    func listDecisions(_ scene: Scene) async throws -> Outcome {
        let all = try await store.decisions(of: scene.project?.id, limit: 200)
            .filter { $0.status == .accepted || $0.status == .proposed }
        let place = scene.project.map { " for \($0.name)" } ?? ""
        guard !all.isEmpty else {
            return Outcome("Nothing is decided\(place) yet. Say: note a decision, and a few words.")
        }
        let told = all.prefix(Self.spokenDecisions).map { decision in
            let kind = decision.kind == .lesson ? "Lesson" : decision.status == .proposed ? "Proposal" : "Decision"
            return "\(kind) \(decision.number): \(Said.closed(decision.text))"
        }
        let rest = all.count - told.count
        return Outcome(told.joined(separator: " ") + (rest > 0 ? " And \(rest) more." : ""))
    }
}
