import Foundation
import Memory
import Planning
import SeededRandom
import Storage

/// Fills stores with the rows that the product makes, many in one transaction. Seeded: the same every time.
struct Filling {
    let store: Store
    private let origin = Origin(surface: .cli)

    init(_ store: Store) { self.store = store }

    private static let words = """
        account batch cache cursor delta event filter graph header import journal key layout metric node order page query
        record schema shard signal state stream table ticket trace user value view window offline editing merge conflict
        release migration review invoice payment locomotive timetable battery sensor upload thumbnail template export
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    private func sentence(_ random: inout SeededRandom, _ count: Int) -> String {
        (0..<count).map { _ in Filling.words.randomElement(using: &random) ?? "" }.joined(separator: " ")
    }

    /// Projects with ten plans each, a version and three tasks in every plan.
    func plans(_ count: Int) async throws {
        for first in stride(from: 0, to: count, by: 100) {
            let random = SeededRandom(UInt64(first))
            try await store.change(origin, "fill") { change in
                var random = random
                for number in first..<min(count, first + 100) {
                    guard number % 10 == 0 else { continue }
                    let project = try change.createProject(name: "project \(number / 10)")
                    for plan in number..<min(count, number + 10) {
                        try self.plan(plan, of: project, change, &random)
                    }
                }
            }
        }
        try await Memory(store: store).catchUp()
    }

    private func plan(_ number: Int, of project: Project, _ change: Change, _ random: inout SeededRandom) throws {
        let plan = try change.createPlan(in: project.id, title: "plan \(number)")
        let parts = ["Overview", "Design", "Risks", "Testing"].map { name in
            "## \(name)\n\n\(sentence(&random, 40)) Part\(number)\(name)\n"
        }
        _ = try change.saveVersion(
            of: plan.id, content: "# plan \(number)\n\n" + parts.joined(separator: "\n"), base: 0, summary: "first",
            author: "user")
        for _ in 0..<3 { _ = try change.addTask(to: plan.id, title: sentence(&random, 5)) }
    }

    /// Conversations of a hundred turns each: what was said and what was answered, two of five said freely.
    func turns(_ count: Int) async throws {
        try await plans(100)
        var random = SeededRandom(7)
        let start = Timestamp.now.milliseconds - Int64(count) * 30_000
        var batch: [(turn: Turn, timings: [StageTiming])] = []
        var conversation = Conversation()
        for number in 0..<count {
            let moment = Timestamp(milliseconds: start + Int64(number) * 30_000)
            if number % 5000 == 0 {
                try await store.record(batch)
                batch = []
            }
            if number % 100 == 0 {
                conversation = Conversation(at: moment)
                try await store.record(conversation)
            }
            var turn = Turn(
                conversationId: conversation.id, role: number % 2 == 0 ? .user : .assistant, modality: .text,
                surface: .socket, heard: sentence(&random, 12) + " number\(number)", at: moment)
            var timings: [StageTiming] = []
            if turn.role == .user {
                turn.tier = number % 5 < 2 ? .agent : .exact
                turn.command = turn.tier == .exact ? "show_projects" : nil
                timings = [
                    StageTiming(stage: "route", milliseconds: 0.7), StageTiming(stage: "respond", milliseconds: 2.1),
                ]
            }
            batch.append((turn, timings))
        }
        try await store.record(batch)
        try await Memory(store: store).catchUp()
    }
}
