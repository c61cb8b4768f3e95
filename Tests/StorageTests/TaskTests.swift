import Foundation
import GRDB
import Planning
import Testing

@testable import Storage

/// Tasks in a real database, with everything they know.
@Suite struct TaskTests {
    private let cli = Origin(surface: .cli)

    private func opened(_ scratch: borrowing Scratch) async throws -> (store: Store, plan: Plan.ID) {
        let store = try await Store.open(path: scratch.path)
        let plan = try await store.change(cli, "both") { change in
            try change.createPlan(in: change.createProject(name: "demo").id, title: "sync").id
        }
        return (store, plan)
    }

    @Test func everythingThatIsKnownIsKept() async throws {
        let scratch = Scratch()
        let (store, plan) = try await opened(scratch)
        let due = try #require(Day("2027-03-01"))
        try await store.change(cli, "tasks") { change in
            for title in ["schema", "store"] { _ = try change.addTask(to: plan, title: title) }
            _ = try change.addTask(to: plan, title: "  export \u{200B} now ") { task in
                task.labels = ["io", " big  one "]
                task.acceptance = [.init("rows survive a crash", isDone: true), .init("  ")]
                task.milestone = "0.2"
                task.dueOn = due
                task.parent = 1
                task.dependsOn = [2]
                task.links = [.init(.related, 1), .init(.discoveredFrom, 2)]
                task.status = .inProgress
            }
        }
        let task = try #require(try await store.tasks(of: plan).last)
        #expect(task.title == "export now" && task.labels == ["io", "big one"])
        #expect(task.acceptance == [.init("rows survive a crash", isDone: true)])
        #expect(task.milestone == "0.2" && task.dueOn == due && task.parent == 1)
        #expect(task.links.map(\.kind) == [.related, .discoveredFrom])
        #expect(task.startedAt != nil && task.completedAt == nil)
        try store.close()
    }

    @Test func whatIsDoneIsNotOpenAgainUnlessSomebodyAsks() async throws {
        let scratch = Scratch()
        let (store, plan) = try await opened(scratch)
        try await store.change(cli, "task") { _ = try $0.addTask(to: plan, title: "schema") }
        try await store.change(cli, "done") { change in try change.updateTask(1, of: plan) { $0.status = .done } }
        #expect(try await store.tasks(of: plan).first?.completedAt != nil)
        await #expect(throws: StoreError.refused(reason: "task 1 is done; it must be reopened first")) {
            try await store.change(cli, "back") { change in try change.updateTask(1, of: plan) { $0.status = .todo } }
        }
        try await store.change(cli, "back") { change in
            try change.updateTask(1, of: plan, reopening: true) { $0.status = .inProgress }
        }
        let task = try #require(try await store.tasks(of: plan).first)
        #expect(task.status == .inProgress && task.completedAt == nil && task.startedAt != nil)
        try store.close()
    }

    @Test func noTaskIsAPartOfItselfOrNamesWhatIsNotThere() async throws {
        let scratch = Scratch()
        let (store, plan) = try await opened(scratch)
        try await store.change(cli, "tasks") { change in
            for number in 1...3 {
                _ = try change.addTask(to: plan, title: "task \(number)") { $0.parent = number > 1 ? number - 1 : nil }
            }
        }
        func refused(_ edit: @escaping @Sendable (inout PlanTask) -> Void) async -> Bool {
            do {
                try await store.change(cli, "edit") { change in try change.updateTask(1, of: plan, edit) }
                return false
            } catch {
                return error is StoreError
            }
        }
        #expect(await refused { $0.parent = 3 })
        #expect(await refused { $0.parent = 1 })
        #expect(await refused { $0.parent = 9 })
        #expect(await refused { $0.links = [.init(.related, 9)] })
        #expect(await refused { $0.dependsOn = [1] })
        #expect(try await store.tasks(of: plan).first?.parent == nil)
        try store.close()
    }

    /// The database of the first schema, with a task in it, is brought up to date and can still be undone.
    @Test func anOlderDatabaseIsMigratedAfterACopy() async throws {
        let scratch = Scratch()
        try FileManager.default.createDirectory(atPath: scratch.folder + "/data", withIntermediateDirectories: true)
        let old = try DatabaseQueue(path: scratch.path)
        try Schema.migrator.migrate(old, upTo: "1")
        let plan = Plan(number: 1, projectId: .make(), title: "sync")
        try await old.write { database in
            try Project(id: plan.projectId, name: "demo").insert(database)
            try database.execute(
                sql: """
                    INSERT INTO plan (id, number, projectId, title, status, createdAt, updatedAt)
                    VALUES (?, 1, ?, 'sync', 'draft', 0, 0);
                    INSERT INTO operation (id, kind, summary, createdAt) VALUES (?, 'do', 'adding task schema', 0);
                    """,
                arguments: [plan.id, plan.projectId, Identifier<Project>.make()])
            let task = Identifier<PlanTask>.make()
            try database.execute(
                sql: """
                    INSERT INTO planTask (id, planId, number, title, status, priority, createdAt, updatedAt)
                    VALUES (?, ?, 1, 'schema', 'todo', 'high', 0, 0)
                    """, arguments: [task, plan.id])
            let image = try AuditedTable.planTask.image(of: task.rawValue, in: database)
            try database.execute(
                sql: """
                    INSERT INTO audit (operationId, actor, surface, entity, entityId, after, createdAt)
                    SELECT id, 'user', 'cli', 'planTask', ?, ?, 0 FROM operation
                    """, arguments: [task, image])
        }
        try old.close()
        let store = try await Store.open(path: scratch.path)
        #expect(
            FileManager.default.fileExists(atPath: scratch.path + ".before-\(Schema.migrator.migrations.last ?? "")"))
        let task = try #require(try await store.tasks(of: plan.id).first)
        #expect(try await store.plan(plan.id)?.template == nil)
        #expect(task.title == "schema" && task.labels.isEmpty && task.dueOn == nil)
        #expect(try await store.undo(Origin(surface: .cli)) == .done("adding task schema"))
        #expect(try await store.tasks(of: plan.id).isEmpty)
        #expect(try await store.redo(Origin(surface: .cli)) == .done("adding task schema"))
        #expect(try await store.tasks(of: plan.id).map(\.title) == ["schema"])
        try store.close()
    }
}
