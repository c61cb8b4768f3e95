import Planning
import Storage
import Testing

@Suite struct ImportTests {
    private let cli = Origin(surface: .cli)

    private func task(_ number: Int, _ plan: Plan.ID, after: [Int] = [], parent: Int? = nil) -> PlanTask {
        var task = PlanTask(planId: plan, number: number, title: "task \(number)", dependsOn: after)
        task.parent = parent
        return task
    }

    @Test func aPlanComesInWholeWithItsNumbers() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let project = try await store.change(cli, "project") { try $0.createProject(name: "demo") }
        let conversation = try await store.currentConversation()
        let origin = Origin(surface: .cli, conversationId: conversation.id)
        var plan = Plan(number: 99, projectId: project.id, title: "sync")
        plan.status = .approved
        let wished = plan
        // The later ones first: what they wait for need not be there before them.
        let tasks = [task(9, plan.id, after: [4], parent: 4), task(4, plan.id)]
        let made = try await store.change(origin, "import") {
            try $0.importPlan(wished, into: project.id, content: "# sync\n", tasks: tasks, from: "test")
        }
        #expect(made.id == plan.id && made.number == 1 && made.status == .approved)
        let whole = try #require(try await store.wholePlan(number: 1))
        #expect(whole.tasks.map(\.number) == [4, 9] && whole.content == "# sync\n" && whole.project == "demo")
        let next = try await store.change(cli, "task") { try $0.addTask(to: made.id, title: "new") }
        #expect(next.number == 10)
        try await store.change(cli, "same again") { change in
            var other = wished
            other.title = "copy"
            let copy = try change.importPlan(other, into: project.id, content: "", tasks: tasks, from: "test")
            #expect(copy.id != made.id && copy.latestVersion == 0)
        }
        try store.close()
    }

    @Test func oneUndoTakesAllOfItBack() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let conversation = try await store.currentConversation().id
        let project = try await store.change(cli, "project") { try $0.createProject(name: "demo") }
        let plan = Plan(number: 1, projectId: project.id, title: "sync")
        let tasks = (1...50).map { task($0, plan.id, after: $0 > 1 ? [$0 - 1] : []) }
        try await store.change(Origin(surface: .cli, conversationId: conversation), "import") {
            _ = try $0.importPlan(plan, into: project.id, content: "# sync\n", tasks: tasks, from: "test")
        }
        #expect(try await store.undo(Origin(surface: .cli, conversationId: conversation)) == .done("import"))
        #expect(try await store.plans().isEmpty)
        #expect(try await store.tasks(of: plan.id).isEmpty)
        try store.close()
    }

    @Test func whatCannotBeKeptIsNotKeptInPart() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let project = try await store.change(cli, "project") { try $0.createProject(name: "demo") }
        let plan = Plan(number: 1, projectId: project.id, title: "sync")
        for tasks in [
            [task(1, plan.id, after: [2]), task(2, plan.id, after: [1])], [task(1, plan.id, after: [1])],
            [task(1, plan.id, after: [7])], [task(1, plan.id), task(1, plan.id)], [task(0, plan.id)],
            [task(1, plan.id, parent: 2), task(2, plan.id, parent: 1)],
        ] {
            await #expect(throws: StoreError.self) {
                try await store.change(cli, "import") {
                    _ = try $0.importPlan(plan, into: project.id, content: "x", tasks: tasks, from: "test")
                }
            }
        }
        #expect(try await store.plans().isEmpty)
        try store.close()
    }
}
