import Foundation
import Planning
import Storage

extension Dialogue {
    /// What is to be forgotten is fixed when it is asked about: what is said afterwards is not it.
    func askToForget(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        if let name = understanding.text(.project) {
            guard let project = try await store.project(named: name) else { return Outcome(Dialogue.noProject) }
            let plans = try await store.plans(of: project.id).count
            return Outcome(
                .asking(
                    "Forget project \(project.name) with \(Said.count(plans, "plan")) and what was said about it? "
                        + "It cannot be brought back. Say yes or no."), question: .forget(.project(project.id)))
        }
        let scope = understanding.text(.scope) ?? ""
        guard let span = try await span(of: scope, scene) else { return Outcome("There is nothing to forget.") }
        let count = try await store.turnCount(in: span)
        guard count > 0 else { return Outcome("There is nothing to forget.") }
        return Outcome(
            .asking(
                "Forget \(Dialogue.named(scope)), \(Said.count(count, "turn"))? It cannot be brought back; plans and tasks "
                    + "stay. Say yes or no."),
            question: .forget(.said(from: span.lowerBound, until: span.upperBound)))
    }

    func forget(_ what: Forgetting) async throws -> Outcome {
        let forgotten = try await store.forget(what)
        do {
            try alsoForget()
        } catch {
            return Outcome("It is forgotten, but some sound could not be removed: \(error).")
        }
        return Outcome(
            "Forgotten: \(Said.count(forgotten.turns, "turn"))"
                + (forgotten.plans > 0 ? " and \(Said.count(forgotten.plans, "plan"))." : "."))
    }

    /// From when to when. The question itself stays: it says nothing.
    private func span(of scope: String, _ scene: Scene) async throws -> Range<Timestamp>? {
        guard let conversation = scene.conversation else { return nil }
        let end = scene.askedAt
        let calendar = Calendar(identifier: .gregorian)
        let today = calendar.startOfDay(for: end.date)
        switch scope {
        case "last_turn":
            let turns = try await store.turns(of: conversation.id, last: 20)
            // What was said to forget, or not to, is none of it.
            let said = turns.last {
                $0.role == .user && $0.id != scene.origin.turnId && $0.command != Intent.forget.rawValue
            }
            return said.map { $0.createdAt..<max($0.createdAt, end) }
        case "conversation": return min(conversation.startedAt, end)..<end
        case "today": return min(Timestamp(today), end)..<end
        case "yesterday":
            return calendar.date(byAdding: .day, value: -1, to: today).map { Timestamp($0)..<Timestamp(today) }
        case "all": return Timestamp(milliseconds: 0)..<end
        default: return nil
        }
    }

    private static func named(_ scope: String) -> String {
        switch scope {
        case "last_turn": "the last thing you said, and my reply"
        case "conversation": "this conversation"
        case "today": "everything that was said today"
        case "yesterday": "everything that was said yesterday"
        default: "everything that was ever said"
        }
    }
}
