import Foundation
import GRDB
import Planning
import Testing

@testable import Storage

/// Words that thousands of passages hold, and what is found by them.
@Suite struct PassageSearchTests {
    private let project = Project.ID.make()

    /// The oldest first; each text with the project it is of.
    private func filled(_ scratch: borrowing Scratch, _ texts: [(text: String, project: Project.ID?)]) async throws
        -> Store
    {
        let store = try await Store.open(path: scratch.path)
        let passages = texts.enumerated().map { number, text in
            Passage(.note, of: "\(number)", text: text.text, at: .now, project: text.project)
        }
        try await store.remember(passages, insteadOf: [], upTo: MemoryMark())
        return store
    }

    private func many(_ count: Int, _ text: (Int) -> String) -> [(text: String, project: Project.ID?)] {
        (0..<count).map { (text($0), nil) }
    }

    private func sources(_ store: Store, _ terms: [String], project: Project.ID? = nil) async throws -> [String] {
        try await store.search(PassageQuery(terms, project: project)).words.map(\.passage.source)
    }

    /// However few or many passages hold the rare word: their shares are looked up in two ways.
    @Test(arguments: [3, 20]) func aRareWordBringsItsOldPassagesBesideOneThatIsEverywhere(rare: Int) async throws {
        let scratch = Scratch()
        let old = many(rare) { $0 == 1 ? "merge the zebra" : "the zebra \($0)" }
        let store = try await filled(scratch, old + many(5000) { "merge conflict \($0)" })
        let hits = try await store.search(PassageQuery(["merge", "zebra"], limit: 40)).words
        #expect(Set(hits.map(\.passage.source)) == Set((0..<rare).map(String.init)))
        #expect(hits.first?.passage.source == "1" && hits.first?.score == 1)
        #expect(hits.dropFirst().allSatisfy { 0.5..<1 ~= $0.score })
        try store.close()
    }

    @Test func whenEveryWordIsCommonTheNewestThatHoldThemAllAreFound() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch, many(5000) { $0 % 2 == 0 ? "merge conflict \($0)" : "merge \($0)" })
        let hits = try await store.search(PassageQuery(["merge", "conflict"])).words
        #expect(hits.count == 10 && hits.allSatisfy { $0.score == 1 && $0.row > 3900 })
        try store.close()
    }

    @Test func commonWordsThatNeverStandTogetherFindTheNewestOfOneOfThem() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch, many(5000) { $0 % 2 == 0 ? "conflict \($0)" : "merge \($0)" })
        let hits = try await store.search(PassageQuery(["merge", "conflict"])).words
        #expect(hits.count == 10 && hits.allSatisfy { $0.row > 3900 && 0.3..<0.7 ~= $0.score })
        try store.close()
    }

    @Test func aSmallProjectIsFoundBehindThousandsOfOthers() async throws {
        let scratch = Scratch()
        let store = try await filled(scratch, [("merge it", project)] + many(3000) { "merge \($0)" })
        #expect(try await sources(store, ["merge"], project: project) == ["0"])
        #expect(try await sources(store, ["merge", "nowhere"], project: project) == ["0"])
        try store.close()
    }

    /// A command reads what was said since the last one: of a million turns none but those.
    @Test func readingWhatIsNewGoesByAnIndexAlone() async throws {
        let scratch = Scratch()
        let store = try await Store.open(path: scratch.path)
        let steps = try await store.read { database in
            try Row.fetchAll(
                database, sql: "EXPLAIN QUERY PLAN " + Store.turnsAfterRow,
                arguments: ["row": 0, "recent": 0, "limit": 1]
            ).map { $0["detail"] as String }.filter { $0.contains(" turn") }
        }
        #expect(steps.count == 2)
        for step in steps {
            #expect(step.contains("USING INTEGER PRIMARY KEY") || step.contains("turnByTime"), "\(step)")
        }
        try store.close()
    }
}
