import Planning
import SeededRandom
import Storage
import Testing

/// What a plan waits for.
@Suite struct PlanWaitingTests {
    private let origin = Origin(surface: .cli)

    private func planned(_ count: Int, _ store: Store) async throws -> [Plan] {
        try await store.change(origin, "plans") { change in
            let project = try change.createProject(name: "demo")
            return try (1...count).map { try change.createPlan(in: project.id, title: "plan \($0)") }
        }
    }

    private func wait(_ plan: Plan, _ others: [String], _ store: Store) async throws {
        try await store.change(origin, "waiting") { change in
            _ = try change.updatePlan(plan.id) { $0.metadata.dependencies = others }
        }
    }

    @Test func itselfCirclesAndUnknownPlansAreRefused() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let plans = try await planned(3, store)
        try await wait(plans[0], ["2", "2"], store)
        try await wait(plans[1], ["3"], store)
        for (plan, others, says) in [
            (plans[0], ["1"], "a plan cannot wait for itself: plan 1 waits for plan 1"),
            (
                plans[2], ["1"],
                "a plan cannot wait for itself: plan 3 waits for plan 1 waits for plan 2 waits for plan 3"
            ),
            (plans[2], ["9"], "there is no plan 9 to wait for; see: aloud plan list"),
            (plans[2], ["x"], "there is no plan x"),
        ] {
            let refusal = await #expect(throws: StoreError.self) { try await wait(plan, others, store) }
            #expect(refusal?.description == says)
        }
        #expect(try await store.plansBefore(try #require(try await store.plan(number: 1))).map(\.number) == [2])
        #expect(try await store.plan(number: 3)?.waitsFor == [])
        // What is taken away is waited for no more, until it comes back.
        try await store.change(origin, "deleting") { try $0.deletePlan(plans[1].id) }
        #expect(try await store.plan(number: 1)?.waitsFor == [])
        #expect(try await store.undo(origin) == .done("deleting"))
        #expect(try await store.plan(number: 1)?.waitsFor == [2])
        try store.close()
    }

    @Test func whateverIsAskedForNoCircleCloses() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let plans = try await planned(7, store)
        var random = SeededRandom(3)
        var refused = 0
        for _ in 0..<200 {
            let others = (0..<random.next(below: 3)).map { _ in String(1 + random.next(below: 7)) }
            do { try await wait(plans[random.next(below: 7)], others, store) } catch is StoreError { refused += 1 }
            let all = try await store.plans()
            for plan in all { #expect(all.circle(plan.number, dependingOn: plan.waitsFor) == nil) }
        }
        #expect(refused > 20 && refused < 180)
        try store.close()
    }

    @Test func anImportWaitsForNoPlanOfAnotherStore() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let first = try await planned(1, store)[0]
        var other = Plan(number: 8, projectId: first.projectId, title: "other")
        other.metadata.dependencies = ["1", "nine"]
        other.metadata.owner = "Ada"
        let wished = other
        let made = try await store.change(origin, "import") {
            try $0.importPlan(wished, into: wished.projectId, content: "", tasks: [], from: "test")
        }
        #expect(made.waitsFor == [] && made.metadata.owner == "Ada")
        try store.close()
    }
}
