import Foundation
import GRDB
import Planning
import Testing

@testable import Storage

/// A database in a folder of its own, gone when the test ends.
struct Scratch: ~Copyable {
    let folder: String
    var path: String { folder + "/data/aloud.db" }

    init() { folder = NSTemporaryDirectory() + "aloud-" + UUID().uuidString }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite struct StoreTests {
    private let cli = Origin(surface: .cli)

    @Test func isPrivateAndDurableFromItsFirstByte() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await store.synchronousMode() == 2)
        #expect(try await store.integrityFaults().isEmpty)
        try store.close()
    }

    @Test func keepsAProjectAndWritesTheAuditInTheSameStep() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let made = try await store.change(cli, "creating project demo") { try $0.createProject(name: "demo") }
        #expect(try await store.project(named: "DEMO") == made)
        let audit = try await store.audit()
        #expect(audit.count == 1)
        #expect(audit.first?.entity == "project")
        #expect(audit.first?.before == nil)
        #expect(audit.first?.after?.contains("\"demo\"") == true)
        try store.close()
    }

    @Test func aWriteByAnotherShowsInTheStamp() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let other = try await Store.open(path: scratch.path)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: scratch.path + "-wal")
        let before = try #require(store.writeStamp)
        #expect(before.isSettled && before == store.writeStamp)
        try await other.change(cli, "creating project demo") { _ = try $0.createProject(name: "demo") }
        let after = try #require(store.writeStamp)
        #expect(after != before && !after.isSettled)
        try other.close()
        try store.close()
    }

    /// A backup that is one file has to be all of it.
    @Test func aCleanEndLeavesOneWholeFile() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        try await store.change(cli, "creating project demo") { _ = try $0.createProject(name: "demo") }
        _ = try await store.projects()
        try store.close()
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch.folder + "/data").sorted()
        #expect(files == ["aloud.db", "aloud.db.lock"])
        let again = try await Store.open(path: scratch.path)
        #expect(try await again.projects().map(\.name) == ["demo"])
        try again.close()
    }

    @Test func aRowThatCannotBeReadIsNamed() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let plan = try await store.change(cli, "both") { change in
            try change.createPlan(in: change.createProject(name: "demo").id, title: "sync")
        }
        try await store.write { try $0.execute(sql: "UPDATE plan SET metadata = '{}'") }
        #expect(try await store.plan(plan.id)?.metadata == Plan.Metadata())
        try await store.write { try $0.execute(sql: "UPDATE plan SET metadata = '{\"priority\": 3}'") }
        await #expect(throws: StoreError.self) { try await store.plan(plan.id) }
        try store.close()
    }

    @Test func aNameIsTakenWhateverItsCase() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        try await store.change(cli, "one") { _ = try $0.createProject(name: "Voice Notes") }
        await #expect(throws: StoreError.nameTaken(kind: "project", name: "voice notes")) {
            try await store.change(cli, "two") { _ = try $0.createProject(name: "voice notes") }
        }
        #expect(try await store.audit().count == 1)
        try store.close()
    }

    @Test func aStepThatFailsTakesTheWholeOperationBack() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        await #expect(throws: StoreError.self) {
            try await store.change(cli, "both") { change in
                _ = try change.createProject(name: "first")
                _ = try change.createProject(name: "first")
            }
        }
        #expect(try await store.projects().isEmpty)
        try store.close()
    }

    @Test func aVersionNeverChanges() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let plan = try await store.change(cli, "plan") { change in
            let project = try change.createProject(name: "demo")
            return try change.createPlan(in: project.id, title: "sync")
        }
        try await store.change(cli, "save") { change in
            _ = try change.saveVersion(of: plan.id, content: "one", base: 0, summary: "first", author: "user")
        }
        await #expect(throws: StoreError.self) {
            try await store.change(cli, "stale") { change in
                _ = try change.saveVersion(of: plan.id, content: "two", base: 0, summary: "late", author: "user")
            }
        }
        #expect(try await store.versions(of: plan.id).map(\.content) == ["one"])
        try store.close()
    }

    @Test func numbersAreNeverGivenOutTwice() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let conversation = try await store.currentConversation()
        let voice = Origin(surface: .voice, conversationId: conversation.id)
        let project = try await store.change(cli, "project") { try $0.createProject(name: "demo") }
        let first = try await store.change(voice, "plan") { try $0.createPlan(in: project.id, title: "a") }
        #expect(try await store.undo(voice) == .done("plan"))
        let second = try await store.change(voice, "plan") { try $0.createPlan(in: project.id, title: "a") }
        #expect(second.number == first.number + 1)
        try store.close()
    }

    @Test func aNewerDatabaseIsLeftAlone() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        try store.close()
        try Shell.sqlite(scratch.path, "INSERT INTO grdb_migrations VALUES ('99')")
        await #expect(throws: StoreError.newerDatabase(path: scratch.path)) {
            _ = try await Store.open(path: scratch.path)
        }
    }

    @Test func whatIsNoDatabaseIsRefused() async throws {
        let scratch = Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.folder + "/data", withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: scratch.path))
        let path = scratch.path
        await #expect(throws: StoreError.notADatabase(path: path)) { _ = try await Store.open(path: path) }
    }

    @Test func twoProcessesWriteAtOnceAndLoseNothing() async throws {
        let scratch = Scratch()
        let path = scratch.path
        let (one, two) = (try await Store.open(path: path), try await Store.open(path: path))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, store) in [("a", one), ("b", two)] {
                group.addTask {
                    for number in 1...50 {
                        try await store.change(Origin(surface: .cli), "make") {
                            _ = try $0.createProject(name: "\(name) \(number)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await one.projects().count == 100)
        #expect(try await two.audit().map(\.seq) == Array(1...100))
        try one.close()
        try two.close()
    }

    @Test func aWriteThatBeganIsFinishedWhenItsCallerIsCancelled() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let writer = Task {
            try await store.change(Origin(surface: .cli), "slow") { change in
                signal.yield()
                _ = try change.createProject(name: "kept")
            }
        }
        for await _ in started { break }
        writer.cancel()
        _ = try? await writer.value
        #expect(try await store.project(named: "kept") != nil)
        try store.close()
    }
}

enum Shell {
    static func sqlite(_ path: String, _ statement: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = [path, statement]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
