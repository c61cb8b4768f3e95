import AloudProcess
import Foundation
import GRDB
import Interchange
import Planning
import SpeechFixtures
import Storage
import Support
import Testing

/// A plan from its first word to its exports, by voice alone, with no language model and no network.
@Suite(.serialized) struct ConversationTests {
    private let home = AloudHome()

    private struct Event: Decodable {
        let event: String
        let command: String?
        let text: String?
        let durationMs: Double?
    }

    private func hear(_ files: [String]) async throws -> [Event] {
        let ended = try await home.run(["hear", "--json"] + files)
        #expect(ended.status == 0, "\(ended.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try ended.output.split(separator: "\n").map { try decoder.decode(Event.self, from: Data($0.utf8)) }
    }

    /// As if all that was kept had happened earlier.
    private func letPass(days: Int64) async throws {
        let queue = try DatabaseQueue(path: home.database)
        let milliseconds = days * 86_400_000
        try await queue.write { database in
            try database.execute(sql: "UPDATE turn SET createdAt = createdAt - ?", arguments: [milliseconds])
            try database.execute(
                sql: "UPDATE conversation SET startedAt = startedAt - :past, lastActiveAt = lastActiveAt - :past",
                arguments: ["past": milliseconds])
        }
        try queue.close()
    }

    @Test(.timeLimit(.minutes(5))) func aPlanIsMadeByVoiceAloneAndGoesOnWeeksLater() async throws {
        let fixtures = try Fixtures()
        let files = fixtures.files(.conversation).map(fixtures.path)
        let events = try await hear(files.dropLast())
        let replies = events.filter { $0.event == "reply" }.compactMap(\.text)
        try #require(replies.count == files.count - 1, "\(replies)")
        #expect(events.count { $0.event == "spoken" && ($0.durationMs ?? 0) > 300 } == replies.count)
        #expect(
            events.filter { $0.event == "routed" }.compactMap(\.command) == [
                "create_project", "create_plan", "save_plan", "add_task", "add_task", "add_task", "add_task",
                "add_task",
                "add_dependency", "finish_task", "finish_task", "next_task", "append_to_section", "save_plan",
                "compare_versions", "undo", "redo", "export", "export",
            ])
        #expect(replies.contains("Version 2 changes the section Testing."))
        #expect(replies.contains("Next is task 3: test with two devices. What it waited for is done."))
        #expect(replies.contains("Took back saving plan offline mode."))

        let store = try await Store.open(path: home.database)
        let whole = try #require(try await store.wholePlan(number: 1))
        #expect(
            whole.project == "voice notes" && whole.plan.title == "offline mode" && whole.plan.latestVersion == 2)
        for answer in ["Users lose their work on the train.", "Every device keeps its own copy."] {
            #expect(whole.content.contains(answer), "\(whole.content)")
        }
        #expect(whole.tasks.map(\.status) == [.done, .done, .todo, .todo, .todo])
        #expect(whole.tasks.map(\.dependsOn) == [[], [1], [2], [], [4]])
        let exports = home.folder + "/data/exports/plan-1/"
        let pdf = try RegularFile.read(exports + "plan-1.pdf", atMost: 10 << 20)
        #expect(pdf.starts(with: "%PDF".utf8))
        let tasks = try JSONValue(parsing: RegularFile.text(exports + "tasks.json", atMost: 1 << 20))
        #expect(tasks["master"]?["tasks"]?.array?.count == 5, "\(tasks)")
        try store.close()

        try await letPass(days: 21)
        let later = try await hear([try #require(files.last)])
        #expect(
            later.first { $0.event == "reply" }?.text
                == "You were here 21 days ago. Project voice notes is open, with plan offline mode, at version 2, and three "
                + "open tasks; two are done. Next is task 3: test with two devices.")
    }
}
