import Planning
import Storage
import Testing

/// The states that a plan was in.
@Suite struct LookBackTests {
    private let origin = Origin(surface: .cli)

    private func states(_ store: Store, _ plan: Plan.ID, atMost: Int = 100) async throws -> [WholePlan] {
        try await store.lookBack(over: plan, [], states: atMost) { (found: inout [WholePlan], state) in
            found.append(state)
            return true
        }
    }

    @Test func everyStateComesBackAsItWas() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let project = try await store.change(origin, "project") { try $0.createProject(name: "demo") }
        let plan = try await store.change(origin, "plan") { try $0.createPlan(in: project.id, title: "sync") }
        var were = [try #require(try await store.wholePlan(number: 1))]
        func then(_ body: @Sendable @escaping (Change) throws -> Void) async throws {
            try await store.change(origin, "step", body)
            were.append(try #require(try await store.wholePlan(number: 1)))
        }
        try await then { try $0.putDraft(PlanDraft(planId: plan.id, content: "first\n", baseVersion: 0)) }
        try await then {
            _ = try $0.saveVersion(
                of: plan.id, content: "# sync\n", base: 0, summary: "s", author: "user", taking: .draft)
        }
        try await then { _ = try $0.addTask(to: plan.id, title: "one") { $0.labels = ["a"] } }
        try await then {
            _ = try $0.addTask(to: plan.id, title: "two") { $0.dependsOn = [1] }
            try $0.updateTask(1, of: plan.id) { $0.status = .inProgress }
        }
        try await then { try $0.deleteTask(1, of: plan.id) }
        #expect(try await store.undo(origin) == .done("step"))
        were.append(try #require(try await store.wholePlan(number: 1)))
        try await then { try $0.updatePlan(plan.id) { $0.metadata.owner = "me" } }
        // Other plans are no states of this one.
        try await store.change(origin, "other") { _ = try $0.createPlan(in: project.id, title: "other") }
        #expect(try await states(store, plan.id) == Array(were.reversed()))
        #expect(try await states(store, plan.id, atMost: 3) == Array(were.reversed().prefix(3)))
        try store.close()
    }

    @Test func whatWasChangedMeanwhileIsNotWrittenOver() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let project = try await store.change(origin, "project") { try $0.createProject(name: "demo") }
        let plan = try await store.change(origin, "plan") { try $0.createPlan(in: project.id, title: "sync") }
        _ = try await store.change(origin, "task") { try $0.addTask(to: plan.id, title: "one") }
        let whole = try #require(try await store.wholePlan(number: 1))
        var task = whole.tasks[0]
        task.title = "other"
        let wished = task
        try await store.change(origin, "task") { try $0.updateTask(1, of: plan.id) { $0.priority = .high } }
        await #expect(throws: StoreError.self) {
            try await store.change(origin, "import") {
                _ = try $0.updateImported(whole.plan, from: whole, content: nil, tasks: [wished], source: "x")
            }
        }
        let now = try #require(try await store.wholePlan(number: 1))
        #expect(now.tasks[0].title == "one")
        // Two tasks that wait for each other are no plan, whoever writes them.
        let second = PlanTask(planId: plan.id, number: 2, title: "two", dependsOn: [1])
        task = now.tasks[0]
        task.dependsOn = [2]
        let circle = [task, second]
        await #expect(throws: StoreError.self) {
            try await store.change(origin, "import") {
                _ = try $0.updateImported(now.plan, from: now, content: nil, tasks: circle, source: "x")
            }
        }
        try await store.change(origin, "import") {
            _ = try $0.updateImported(now.plan, from: now, content: "# new\n", tasks: [second], source: "x")
        }
        let after = try #require(try await store.wholePlan(number: 1))
        #expect(after.tasks.map(\.number) == [1, 2] && after.content == "# new\n" && after.plan.latestVersion == 1)
        #expect(try await store.undo(origin) == .done("import"))
        #expect(try await store.wholePlan(number: 1) == now)
        try store.close()
    }
}
