import Foundation
import Planning
import Storage
import Testing

/// Lists of a real database: what is in them, in which order, and part by part.
@Suite struct ListTests {
    private let cli = Origin(surface: .cli)

    private func filled(_ scratch: borrowing Scratch) async throws -> Store {
        let store = try await Store.open(path: scratch.path)
        for (name, tags, plans) in [
            ("Voice notes", ["audio", "Swift"], 2), ("billing", ["money"], 0), ("100% covered", [], 1),
            ("10 percent", ["swift"], 3),
        ] {
            try await store.change(cli, "project") { change in
                let project = try change.createProject(name: name, description: "about \(name)", tags: tags)
                for number in 0..<plans { _ = try change.createPlan(in: project.id, title: "plan \(number)") }
            }
            // Times are milliseconds; what is made within one stands in the order it was made.
        }
        return store
    }

    private func names(_ store: Store, _ edit: (inout ListWish) -> Void = { _ in }, tag: String? = nil) async throws
        -> [String]
    {
        var wish = ListWish()
        edit(&wish)
        return try await store.projects(wish, tag: tag).items.map(\.project.name)
    }

    @Test func aListStandsInTheOrderThatWasAskedFor() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch)
        #expect(try await names(store) == ["10 percent", "100% covered", "billing", "Voice notes"])
        #expect(try await names(store) { $0.sort = .name } == ["10 percent", "100% covered", "billing", "Voice notes"])
        #expect(
            try await names(store) { $0.sort = .plans } == ["10 percent", "Voice notes", "100% covered", "billing"])
        try store.close()
    }

    @Test func onlyWhatWasAskedForIsInIt() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch)
        #expect(try await names(store, tag: "SWIFT") == ["10 percent", "Voice notes"])
        #expect(try await names(store) { $0.text = "VOICE" } == ["Voice notes"])
        // The signs of LIKE are letters like others.
        #expect(try await names(store) { $0.text = "0%" } == ["100% covered"])
        #expect(try await names(store) { $0.text = "_" }.isEmpty)
        #expect(try await names(store) { $0.since = Date(timeIntervalSinceNow: 3600) }.isEmpty)
        #expect(try await names(store) { $0.until = Date(timeIntervalSinceNow: 3600) }.count == 4)
        try store.close()
    }

    /// A list reads its rows in a way of its own.
    @Test(arguments: ListWish.Sort.allCases) func aListSaysOfEachWhatItSaysAlone(sort: ListWish.Sort) async throws {
        let scratch = Scratch()
        let store = try await filled(scratch)
        try await store.change(cli, "more") { change in
            let project = try change.createProject(
                name: "Étude", description: "of it", tags: ["a \"b\"", "ü"], repositoryPath: "/tmp/x")
            try change.updateProject(project.id) { $0.status = .paused }
            let plan = try change.createPlan(in: project.id, title: "T", description: "d", template: "feature")
            try change.updatePlan(plan.id) {
                $0.status = .approved
                $0.metadata.estimateMinutes = 90
                $0.metadata.milestones = ["first"]
            }
            _ = try change.saveVersion(of: plan.id, content: "# T\n", base: 0, summary: "s", author: "user")
        }
        var wish = ListWish()
        wish.sort = sort
        let projects = try await store.projects(wish).items
        #expect(projects.count == 5)
        for item in projects {
            let plans = try await store.plans(of: item.project.id)
            #expect(try await store.project(item.project.id) == item.project)
            #expect(item.plans == plans.count)
            #expect(item.changedAt == plans.map(\.updatedAt).reduce(item.project.updatedAt, max))
        }
        let plans = try await store.plans(wish).items
        #expect(plans.count == 7)
        for item in plans {
            #expect(try await store.plan(item.plan.id) == item.plan)
            #expect(item.changedAt == item.plan.updatedAt)
        }
        try store.close()
    }

    @Test func whatChangesInAPlanMovesItsProjectUp() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch)
        let plan = try #require(try await store.plans(ListWish()).items.last?.plan)
        #expect(try await names(store).last == "Voice notes")
        // Another millisecond.
        while Timestamp.now == plan.updatedAt {}
        try await store.change(cli, "task") { _ = try $0.addTask(to: plan.id, title: "write it") }
        #expect(try await names(store).first == "Voice notes")
        #expect(try await store.plans(ListWish()).items.first?.plan.id == plan.id)
        try store.close()
    }

    /// However it is sorted, and whatever is added meanwhile, the parts are the whole.
    @Test(arguments: ListWish.Sort.allCases, [1, 2, 3, 7]) func thePartsAreTheWhole(sort: ListWish.Sort, size: Int)
        async throws
    {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        try await store.change(cli, "many") { change in
            for number in 0..<17 {
                let project = try change.createProject(name: "project \(number % 3) \(number)")
                for plan in 0..<(number % 4) { _ = try change.createPlan(in: project.id, title: "plan \(plan)") }
            }
        }
        var wish = ListWish()
        wish.sort = sort
        let whole = try await store.projects(wish).items.map(\.project.name)
        wish.limit = size
        var parts: [String] = []
        repeat {
            let page = try await store.projects(wish)
            parts += page.items.map(\.project.name)
            // As a person gives it back.
            wish.after = page.next.flatMap { ListCursor("\($0)") }
            #expect(page.items.count <= size && (page.next == nil) == (parts.count == 17))
        } while wish.after != nil
        #expect(parts == whole && whole.count == 17)
        try store.close()
    }

    @Test(arguments: ["", "x", "!!!!", "e30=", String(repeating: "A", count: 5000)])
    func whatIsNoPlaceInAListIsNone(text: String) { #expect(ListCursor(text) == nil) }
}
