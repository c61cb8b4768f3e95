import Foundation
import GRDB
import Planning
import SeededRandom
import Testing

@testable import Storage

/// When something in a plan changed last is kept beside it, and is what one would find by looking.
@Suite struct ActivityTests {
    /// Plans whose kept moment is not the newest of all that is in them.
    private func strays(_ store: Store) async throws -> Int {
        try await store.read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM plan LEFT JOIN planActivity ON planActivity.planId = plan.id
                    WHERE planActivity.projectId IS NOT plan.projectId OR changedAt IS NOT max(
                        updatedAt, coalesce((SELECT max(updatedAt) FROM planTask WHERE planId = plan.id), 0),
                        coalesce((SELECT updatedAt FROM planDraft WHERE planId = plan.id), 0),
                        coalesce((SELECT max(createdAt) FROM note WHERE planId = plan.id), 0))
                    """) ?? -1
        }
    }

    @Test(arguments: [1, 2, 3])
    func whateverIsDoneAndUndone(seed: UInt64) async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let conversation = try await store.currentConversation()
        let origin = Origin(surface: .cli, conversationId: conversation.id)
        let (project, plans) = try await store.change(origin, "make") { change in
            let project = try change.createProject(name: "p")
            return (project, try (0..<3).map { try change.createPlan(in: project.id, title: "plan \($0)") })
        }
        var random = SeededRandom(seed)
        for number in 0..<60 {
            let plan = plans[Int.random(in: 0..<3, using: &random)]
            let (kind, chosen) = (Int.random(in: 0..<7, using: &random), Int.random(in: 1...5, using: &random))
            if kind == 0 {
                _ = try await store.undo(origin)
            } else if kind == 1 {
                _ = try await store.redo(origin)
            } else {
                // What is refused changes nothing.
                _ = try? await store.change(origin, "change \(number)") { change in
                    switch kind {
                    case 2: _ = try change.addTask(to: plan.id, title: "t")
                    case 3: _ = try change.updateTask(chosen, of: plan.id) { $0.title = "u \(number)" }
                    case 4: _ = try change.addNote("n", project: project.id, plan: chosen > 3 ? nil : plan.id)
                    case 5: _ = try change.adoptNotes(of: project.id, by: plan.id)
                    default: try change.putDraft(PlanDraft(planId: plan.id, content: "# \(number)\n", baseVersion: 0))
                    }
                }
            }
            try #require(try await strays(store) == 0, "after step \(number), \(kind)")
        }
        _ = try await store.forget(.project(project.id))
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM planActivity") } == 0)
        try store.close()
    }
}
