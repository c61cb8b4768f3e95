import Foundation
import Planning
import Storage
import Testing

@testable import Memory

/// A memory of a real database.
@Suite struct MemoryTests {
    private let folder = NSTemporaryDirectory() + "am-" + UUID().uuidString
    private let cli = Origin(surface: .cli)

    private func opened() async throws -> (store: Store, memory: Memory) {
        let store = try await Store.open(path: folder + "/aloud.db")
        return (store, Memory(store: store))
    }

    private func close(_ store: Store) throws {
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    private func plan(_ store: Store, _ title: String, of name: String, _ text: String) async throws -> Plan {
        try await store.change(cli, "plan") { change in
            let project = try change.createProject(name: name)
            let plan = try change.createPlan(in: project.id, title: title)
            _ = try change.saveVersion(of: plan.id, content: text, base: 0, summary: "first", author: "user")
            return plan
        }
    }

    @Test func aSectionIsFoundByItsWordsWithItsSource() async throws {
        let (store, memory) = try await opened()
        try await plan(
            store, "Offline editing", of: "Voice notes",
            "# Offline editing\n\n## Design\n\n### Merging\n\nConflicts are merged by section.\n\n## Testing\n\nOn a train.\n"
        )
        try await plan(store, "Invoices", of: "Billing", "# Invoices\n\n## Design\n\nNumbers without gaps.\n")
        try await memory.catchUp()
        let hits = try await memory.search("how do we merge conflicts")
        let first = try #require(hits.first)
        #expect(first.title == "Offline editing / Design / Merging")
        #expect(first.project == "Voice notes" && first.plan == 1 && first.kind == .section)
        #expect(first.excerpt == "Conflicts are merged by section.")
        #expect(first.score == 1)
        try close(store)
    }

    @Test func aScoreTellsHowMuchOfTheQuestionIsThere() async throws {
        let (store, memory) = try await opened()
        try await plan(store, "one", of: "a", "# one\n\n## Alpha\n\nzebra quokka\n\n## Beta\n\nzebra only\n")
        try await memory.catchUp()
        let hits = try await memory.search("zebra quokka")
        #expect(hits.map(\.title) == ["one / Alpha", "one / Beta"])
        #expect(hits.first?.score == 1 && hits.last.map { 0.1..<0.9 ~= $0.score } == true)
        #expect(try await memory.search("wallaby").isEmpty)
        #expect(try await memory.search("zebra wallaby").allSatisfy { $0.score < 1 })
        try close(store)
    }

    @Test(arguments: [
        ("PlanStore", "PlanStore keeps it"), ("plan store", "PlanStore keeps it"),
        ("http client", "the HTTPClient2 hangs"),
        ("migrations", "one migration a release"), ("café", "the cafe menu"), ("cafe", "the café menu"),
        ("write_ahead", "a write_ahead log"), ("write-ahead", "a write_ahead log"),
        ("\"quoted\" AND (x", "quoted x here"),
        ("NEAR(", "it is near"), ("100%", "100 of them"), ("naïve*", "naive merge"),
    ])
    func namesStemsAccentsAndSignsAreNoObstacle(wanted: String, text: String) async throws {
        let (store, memory) = try await opened()
        try await plan(store, "other", of: "a", "# other\n\n## Things\n\nnothing of the kind\n")
        try await plan(store, "p", of: "b", "# p\n\n## Place\n\n\(text)\n")
        try await memory.catchUp()
        #expect(try await memory.search(wanted).first?.title == "p / Place")
        try close(store)
    }

    @Test func whatChangesIsFoundAsItIsNow() async throws {
        let (store, memory) = try await opened()
        let plan = try await plan(store, "sync", of: "a", "# sync\n\n## Design\n\nwith capybaras\n")
        try await store.change(cli, "task") { _ = try $0.addTask(to: plan.id, title: "feed the marmots") }
        try await store.change(cli, "note") {
            _ = try $0.addNote("mind the lemurs", project: plan.projectId, plan: plan.id)
        }
        try await memory.catchUp()
        #expect(try await memory.search("capybaras").count == 1)
        #expect(try await memory.search("marmots").first?.kind == .task)
        #expect(try await memory.search("lemurs").first?.kind == .note)
        try await store.change(cli, "edit") { change in
            _ = try change.saveVersion(
                of: plan.id, content: "# sync\n\n## Design\n\nwith tapirs\n", base: 1, summary: "second", author: "user"
            )
        }
        #expect(try await memory.status().behind > 0)
        try await memory.catchUp()
        #expect(try await memory.search("capybaras").isEmpty)
        #expect(try await memory.search("tapirs").count == 1)
        #expect(try await memory.status().behind == 0)
        try close(store)
    }

    @Test func whatWasTakenBackIsNotFound() async throws {
        let (store, memory) = try await opened()
        let conversation = try await store.currentConversation()
        let origin = Origin(surface: .cli, conversationId: conversation.id)
        try await store.change(origin, "project") { _ = try $0.createProject(name: "pangolin") }
        try await memory.catchUp()
        #expect(try await memory.search("pangolin").count == 1)
        #expect(try await store.undo(origin) == .done("project"))
        try await memory.catchUp()
        #expect(try await memory.search("pangolin").isEmpty)
        try close(store)
    }

    @Test func aProjectIsLookedThroughFirstAndThenAllOfThem() async throws {
        let (store, memory) = try await opened()
        try await plan(store, "one", of: "first", "# one\n\n## S\n\nshared word and alpha\n")
        let second = try await plan(store, "two", of: "second", "# two\n\n## S\n\nshared word\n")
        try await memory.catchUp()
        #expect(try await memory.search("shared", project: second.projectId).map(\.project) == ["second"])
        #expect(try await memory.search("alpha", project: second.projectId).map(\.project) == ["first"])
        #expect(try await memory.search("shared", kinds: [.task]).isEmpty)
        try close(store)
    }

    @Test func itIsTheSameWhenItIsMadeAgain() async throws {
        let (store, memory) = try await opened()
        for number in 1...20 {
            try await plan(store, "plan \(number)", of: "p\(number)", "# t\n\n## S\n\nword\(number) shared\n")
        }
        try await memory.catchUp()
        let before = try await memory.search("word7 shared", limit: 5)
        let counts = try await memory.status().passages
        #expect(try await memory.rebuild() > 0)
        #expect(try await memory.status().passages == counts)
        #expect(try await memory.search("word7 shared", limit: 5).map(\.source) == before.map(\.source))
        try close(store)
    }

    @Test func freeSpeechIsFoundOnceAConversation() async throws {
        let (store, memory) = try await opened()
        let conversation = try await store.currentConversation()
        for text in ["the armadillo sleeps", "an armadillo wakes up early"] {
            var turn = Turn(
                conversationId: conversation.id, role: .user, modality: .text, surface: .cli, heard: text)
            turn.tier = .agent
            try await store.record(turn)
        }
        try await memory.catchUp()
        let hits = try await memory.search("armadillo wakes")
        #expect(hits.map(\.excerpt) == ["an armadillo wakes up early"])
        try close(store)
    }

    @Test func aTurnThatIsBeingUnderstoodIsReadWhenItIs() async throws {
        let (store, memory) = try await opened()
        let conversation = try await store.currentConversation()
        let turn = Turn(
            conversationId: conversation.id, role: .user, modality: .text, surface: .cli, heard: "the axolotl regrows")
        try await store.record(turn)
        try await memory.catchUp()
        #expect(try await memory.search("axolotl").isEmpty)
        let reply = Turn(
            conversationId: conversation.id, role: .assistant, modality: .text, surface: .cli, heard: "Noted.")
        try await store.finish(
            turn.id, used: turn.used, tier: .agent, command: nil, slots: nil, reply: reply, timings: [], calls: [])
        try await memory.catchUp()
        #expect(try await memory.search("axolotl").count == 1)
        try close(store)
    }

    @Test(arguments: [
        ("sessionke", "the SessionKeeper"), ("locomo", "a locomotive"), ("trasnaction", "one transaction"),
        ("migrtion", "the migrations"), ("conflcits", "merge conflicts"), ("ofline", "offline editing"),
    ])
    func beginningsAndSlipsOfTheFingerAreFoundAndCountForLess(wanted: String, text: String) async throws {
        let (store, memory) = try await opened()
        try await plan(store, "other", of: "a", "# other\n\n## Things\n\nnothing of the kind\n")
        try await plan(store, "p", of: "b", "# p\n\n## Place\n\n\(text)\n")
        try await memory.catchUp()
        let hits = try await memory.search(wanted)
        #expect(hits.map(\.title) == ["p / Place"])
        #expect(hits.first.map { 0.5..<1 ~= $0.score } == true)
        #expect(try await memory.search("xylophone").isEmpty)
        try close(store)
    }

    @Test(arguments: ["", "   ", "!!!", "the of and", String(repeating: "word ", count: 5000)])
    func whateverIsAskedIsNoFailure(text: String) async throws {
        let (store, memory) = try await opened()
        try await plan(store, "p", of: "b", "# p\n\n## Place\n\nsomething of the kind\n")
        try await memory.catchUp()
        _ = try await memory.search(text)
        try close(store)
    }

    @Test(arguments: [
        ("one\n\n  \ntwo zebras\nthree", ["Zebra"], "two zebras three"), ("one\ntwo", ["merging"], "one two"),
        ("a\nÜbersicht", ["übersicht"], "Übersicht"), ("a\nmerged at last", ["merging"], "merged at last"),
        ("", ["word"], ""), ("a", [], "a"),
    ])
    func anExcerptBeginsWhereTheFirstWordStands(text: String, terms: [String], shown: String) {
        #expect(Excerpt(text, around: terms).text == shown)
    }

    @Test func aLongTextIsCutIntoPiecesOfWhichNoWordIsLost() {
        let plan = Plan(number: 1, projectId: .make(), title: "t")
        let words = (1...2000).map { "word\($0)" }
        for separator in ["\n", " "] {
            let passages = Passages.of(plan, text: "# t\n\n## S\n\n" + words.joined(separator: separator) + "\n")
            #expect(passages.allSatisfy { $0.text.count <= Passages.longest })
            let found = passages.map(\.text).joined(separator: separator == " " ? "" : "\n")
            #expect(found.split(whereSeparator: \.isWhitespace).map(String.init) == words)
        }
    }
}
