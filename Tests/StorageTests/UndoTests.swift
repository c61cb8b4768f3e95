import Planning
import Storage
import Testing

@Suite struct UndoTests {
    private func store(_ scratch: borrowing Scratch) async throws -> (Store, Origin) {
        let store = try await Store.open(path: scratch.path)
        let conversation = try await store.currentConversation()
        return (store, Origin(surface: .voice, conversationId: conversation.id))
    }

    @Test func takesBackAndDoesAgain() async throws {
        let scratch = Scratch()
        let (store, origin) = try await store(scratch)
        let project = try await store.change(origin, "creating project demo") { change in
            let project = try change.createProject(name: "demo")
            try change.setFocus(project: project.id, plan: nil)
            return project
        }
        try await store.change(origin, "archiving project demo") {
            try $0.updateProject(project.id) { $0.status = .archived }
        }

        #expect(try await store.undo(origin) == .done("archiving project demo"))
        #expect(try await store.project(project.id)?.status == .active)
        #expect(try await store.undo(origin) == .done("creating project demo"))
        #expect(try await store.project(project.id) == nil)
        #expect(try await store.undo(origin) == .nothing)

        #expect(try await store.redo(origin) == .done("creating project demo"))
        #expect(try await store.project(project.id) == project)
        #expect(try await store.redo(origin) == .done("archiving project demo"))
        #expect(try await store.project(project.id)?.status == .archived)
        #expect(try await store.redo(origin) == .nothing)
        #expect(try await store.undo(origin) == .done("archiving project demo"))
        try store.close()
    }

    @Test func leavesAloneWhatHasChangedSince() async throws {
        let scratch = Scratch()
        let (store, origin) = try await store(scratch)
        let project = try await store.change(origin, "creating project demo") { try $0.createProject(name: "demo") }
        try await store.change(Origin(surface: .cli), "tagging") {
            try $0.updateProject(project.id) { $0.tags = ["mine"] }
        }
        #expect(try await store.undo(origin) == .outOfDate("creating project demo"))
        #expect(try await store.project(project.id)?.tags == ["mine"])
        try store.close()
    }

    @Test func isForItsOwnConversationOnly() async throws {
        let scratch = Scratch()
        let (store, origin) = try await store(scratch)
        try await store.change(Origin(surface: .cli), "elsewhere") { _ = try $0.createProject(name: "demo") }
        #expect(try await store.undo(origin) == .nothing)
        #expect(try await store.projects().count == 1)
        try store.close()
    }

    @Test func isRefusedWhereOthersDependOnIt() async throws {
        let scratch = Scratch()
        let (store, origin) = try await store(scratch)
        let project = try await store.change(origin, "creating project demo") { try $0.createProject(name: "demo") }
        try await store.change(Origin(surface: .cli), "plan") { _ = try $0.createPlan(in: project.id, title: "a") }
        await #expect(throws: StoreError.self) { _ = try await store.undo(origin) }
        #expect(try await store.plans(of: project.id).count == 1)
        try store.close()
    }

    @Test func nothingCanBeDoneAgainAfterSomethingNew() async throws {
        let scratch = Scratch()
        let (store, origin) = try await store(scratch)
        try await store.change(origin, "one") { _ = try $0.createProject(name: "one") }
        _ = try await store.undo(origin)
        try await store.change(origin, "two") { _ = try $0.createProject(name: "two") }
        #expect(try await store.redo(origin) == .nothing)
        try store.close()
    }
}
