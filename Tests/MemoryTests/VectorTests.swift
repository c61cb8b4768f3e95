import Endpoints
import Foundation
import Planning
import SeededRandom
import Storage
import Support
import Testing

@testable import Memory

/// Texts by what they mean, with an embedder that knows which words belong together.
@Suite struct VectorTests {
    private let folder = NSTemporaryDirectory() + "av-" + UUID().uuidString
    private let cli = Origin(surface: .cli)

    /// A meaning for each word that it knows, a direction of its own for every other.
    private struct Meanings {
        static let groups = [
            ["train", "railway", "locomotive"], ["money", "invoice", "payment"], ["picture", "image", "photo"],
        ]

        static func vector(_ text: String, width: Int = 16) -> [Float] {
            var vector = [Float](repeating: 0, count: width)
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
                if let group = groups.firstIndex(where: { $0.contains(String(word)) }) {
                    vector[group] += 10
                } else {
                    vector[3 + word.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % (width - 3) }] += 0.3
                }
            }
            if vector.allSatisfy({ $0 == 0 }) { vector[width - 1] = 1 }
            return vector
        }
    }

    private func embedder(
        _ model: String = "meanings", width: Int = 16, sent: Shared<[String]> = Shared([])
    ) -> Embedder {
        Embedder(model: model, host: "example.org") { texts, _ in
            sent.update { $0 += texts }
            return Embeddings(texts.map { Meanings.vector($0, width: width) }, tokens: 7 * texts.count)
        }
    }

    private func opened(_ embedding: Embedding) async throws -> (store: Store, memory: Memory) {
        let store = try await Store.open(path: folder + "/aloud.db")
        return (store, Memory(store: store, embedding: Shared(embedding)))
    }

    private func close(_ store: Store) throws {
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    private func note(_ text: String, in project: Project, _ store: Store) async throws -> Note {
        try await store.change(cli, "note") { try $0.addNote(text, project: project.id, plan: nil) }
    }

    private func project(_ name: String, _ store: Store) async throws -> Project {
        try await store.change(cli, "project") { try $0.createProject(name: name) }
    }

    private func settle(_ memory: Memory) async throws {
        try await memory.catchUp()
        while try await memory.embed().isBehind {}
    }

    @Test func whatSharesNoWordIsFoundByItsMeaning() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let demo = try await project("demo", store)
        try await note("the locomotive leaves at nine", in: demo, store)
        try await note("send the invoice", in: demo, store)
        #expect(try await memory.find("railway").hits.isEmpty)
        try await settle(memory)
        let found = try await memory.find("railway")
        let first = try #require(found.hits.first)
        #expect(first.excerpt == "the locomotive leaves at nine")
        #expect(found.ways == [.lexical, .vector] && found.shortfall == nil)
        #expect(first.foundBy == [.vector] && first.lexical == 0)
        try close(store)
    }

    @Test func aDistanceIsNeverShownAsASimilarity() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let demo = try await project("demo", store)
        for text in ["train", "train and money in equal parts", "photo", "something else"] {
            try await note(text, in: demo, store)
        }
        try await settle(memory)
        let hits = try await memory.find("train", ways: [.vector]).hits
        #expect(hits.first?.excerpt == "train")
        #expect(hits.first?.vector.map { 0.99...1 ~= $0 } == true)
        // Half of the meaning is a right angle halved: cos 45°.
        let half = try #require(hits.first { $0.excerpt.contains("equal parts") }?.vector)
        #expect(abs(half - 0.707) < 0.02)
        #expect(hits.allSatisfy { 0...1 ~= $0.score })
        #expect(hits.map(\.score) == hits.map(\.score).sorted(by: >))
        #expect(!hits.contains { $0.excerpt == "photo" })
        try close(store)
    }

    @Test func aSmallProjectIsNotLostBehindALargeOne() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let large = try await project("large", store)
        let small = try await project("small", store)
        try await note("the train of the small one, and much else besides", in: small, store)
        try await store.change(cli, "notes") { change in
            for number in 1...300 {
                _ = try change.addNote("train train train \(number)", project: large.id, plan: nil)
            }
        }
        try await settle(memory)
        for ways: Set<Memory.Way> in [[.vector], [.lexical], [.lexical, .vector]] {
            let found = try await memory.find("railway train", project: small.id, limit: 5, ways: ways)
            #expect(found.hits.map(\.project) == ["small"], "\(ways)")
            #expect(!found.isWidened)
        }
        let kinds = try await memory.find("railway", kinds: [.project], ways: [.vector])
        #expect(kinds.hits.allSatisfy { $0.kind == .project })
        try close(store)
    }

    @Test func whatAProjectLacksIsLookedForInAllAndSaidSo() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let full = try await project("full", store)
        let empty = try await project("empty", store)
        try await note("the locomotive", in: full, store)
        try await settle(memory)
        let found = try await memory.find("locomotive", project: empty.id)
        #expect(found.isWidened && found.hits.first?.project == "full")
        try close(store)
    }

    @Test func readingAPlanSendsNothingAndAnEditOnlyWhatChanged() async throws {
        let sent = Shared<[String]>([])
        let (store, memory) = try await opened(Embedding([embedder(sent: sent)]))
        let demo = try await project("demo", store)
        @Sendable func text(_ middle: String) -> String {
            "# trip\n\n## First\n\nby train\n\n## Second\n\n\(middle)\n\n## Third\n\nwith a photo\n"
        }
        let plan = try await store.change(cli, "plan") { change in
            let plan = try change.createPlan(in: demo.id, title: "trip")
            _ = try change.saveVersion(of: plan.id, content: text("by bus"), base: 0, summary: "a", author: "user")
            return plan
        }
        try await settle(memory)
        let first = sent.value.count
        #expect(first >= 4)
        _ = try await store.text(of: try #require(try await store.plan(plan.id)))
        try await settle(memory)
        #expect(sent.value.count == first)
        try await store.change(cli, "edit") { change in
            _ = try change.saveVersion(of: plan.id, content: text("on foot"), base: 1, summary: "b", author: "user")
        }
        try await settle(memory)
        #expect(sent.value.dropFirst(first).map { $0.contains("on foot") } == [true])
        #expect(try await memory.find("locomotive", ways: [.vector]).hits.first?.title == "trip / First")
        try close(store)
    }

    @Test func whatIsExcludedIsNeverSentAndWhatWasSentBeforeIsDropped() async throws {
        let sent = Shared<[String]>([])
        let (store, memory) = try await opened(Embedding([embedder(sent: sent)], excluded: [.note]))
        let demo = try await project("demo", store)
        try await note("a secret locomotive", in: demo, store)
        try await settle(memory)
        #expect(!sent.value.isEmpty && !sent.value.contains { $0.contains("secret") })
        #expect(try await memory.status().vectors.waiting == 0)
        memory.embedding.value = Embedding([embedder(sent: sent)])
        try await settle(memory)
        #expect(sent.value.contains { $0.contains("secret") })
        #expect(try await memory.find("railway", ways: [.vector]).hits.count == 1)
        memory.embedding.value = Embedding([embedder(sent: sent)], excluded: [.note])
        try await settle(memory)
        #expect(try await memory.find("railway", ways: [.vector]).hits.isEmpty)
        try close(store)
    }

    @Test(arguments: [("another", 16), ("meanings", 24)])
    func anotherModelOrLengthBeginsAnew(model: String, width: Int) async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let demo = try await project("demo", store)
        for number in 1...100 { try await note("train \(number)", in: demo, store) }
        try await settle(memory)
        #expect(try await memory.find("railway", ways: [.vector]).hits.count == 10)
        try await note("the photo", in: demo, store)
        memory.embedding.value = Embedding([embedder(model, width: width)])
        try await settle(memory)
        let status = try await memory.status()
        #expect(status.vectors.model == model && status.vectors.dimensions == width)
        #expect(status.vectors.made == 102 && status.vectors.waiting == 0)
        #expect(try await memory.find("picture", ways: [.vector]).hits.first?.excerpt == "the photo")
        try close(store)
    }

    @Test func twoProcessesSeeOneAnothersVectors() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let other = try await Store.open(path: folder + "/aloud.db")
        let second = Memory(store: other, embedding: Shared(Embedding([embedder()])))
        let demo = try await project("demo", store)
        let plan = try await store.change(cli, "plan") { try $0.createPlan(in: demo.id, title: "p") }
        let task = try await store.change(cli, "task") { try $0.addTask(to: plan.id, title: "catch the train") }
        try await settle(memory)
        #expect(try await second.find("railway", ways: [.vector]).hits.first?.title == "catch the train")
        try await other.change(cli, "task") {
            _ = try $0.updateTask(task.number, of: plan.id) { $0.title = "develop the photo" }
        }
        try await settle(second)
        #expect(try await memory.find("railway", ways: [.vector]).hits.isEmpty)
        #expect(try await memory.find("image", ways: [.vector]).hits.first?.title == "develop the photo")
        try other.close()
        try close(store)
    }

    @Test func aStoreThatWasRestoredIsSearchedAsItIsNow() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let demo = try await project("demo", store)
        try await note("send the invoice", in: demo, store)
        try await settle(memory)
        try await store.backUp(to: folder + "/copy.db")
        try await note("the locomotive", in: demo, store)
        try await settle(memory)
        #expect(try await memory.find("railway", ways: [.vector]).hits.first?.excerpt == "the locomotive")
        try await Store.restore(from: folder + "/copy.db", into: folder + "/aloud.db")
        // The next vector has the number that the lost one had.
        try await note("develop the photo", in: demo, store)
        try await settle(memory)
        #expect(try await memory.find("railway", ways: [.vector]).hits.isEmpty)
        #expect(try await memory.find("image", ways: [.vector]).hits.first?.excerpt == "develop the photo")
        try close(store)
    }

    @Test func aConversationIsFoundOnceByItsBestTurn() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let conversation = try await store.currentConversation()
        for number in 0..<150 {
            var turn = Turn(
                conversationId: conversation.id, role: .user, modality: .text, surface: .cli,
                heard: number == 70 ? "train" : "train \(number) and something quite different besides")
            turn.tier = .agent
            try await store.record(turn)
        }
        let demo = try await project("demo", store)
        try await note("a very long sentence with one locomotive in it", in: demo, store)
        try await settle(memory)
        let hits = try await memory.find("railway", limit: 5).hits
        #expect(hits.map(\.excerpt) == ["train", "a very long sentence with one locomotive in it"])
        try close(store)
    }

    @Test func memoryIsGivenBackAndBroughtAgain() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        try await note("train", in: try await project("demo", store), store)
        try await settle(memory)
        #expect(try await memory.find("railway", ways: [.vector]).hits.count == 1)
        #expect(await memory.vectorBytes() > 0)
        await memory.rest(after: .seconds(600))
        #expect(await memory.vectorBytes() > 0)
        await memory.rest(after: .zero)
        #expect(await memory.vectorBytes() == 0)
        #expect(try await memory.find("railway", ways: [.vector]).hits.count == 1)
        try close(store)
    }

    @Test func withoutAnEmbedderOrWithOneThatFailsWordsAreFoundAndTheReasonIsSaid() async throws {
        let (store, memory) = try await opened(Embedding())
        try await note("the train", in: try await project("demo", store), store)
        try await settle(memory)
        let without = try await memory.find("train")
        #expect(without.hits.count == 1 && without.ways == [.lexical])
        #expect(without.shortfall == "no embedder is configured")
        #expect(try await memory.status().search == "lexical")
        memory.embedding.value = Embedding([embedder()])
        try await settle(memory)
        #expect(try await memory.status().search == "lexical and vector")
        memory.embedding.value = Embedding([
            Embedder(model: "meanings", host: "example.org") { _, _ in throw EndpointError(.network, "it is away") }
        ])
        let failed = try await memory.find("train")
        #expect(failed.hits.count == 1 && failed.ways == [.lexical])
        #expect(failed.shortfall?.contains("it is away") == true)
        try close(store)
    }

    @Test func aTextThatIsRefusedHoldsUpNoOther() async throws {
        let refusing = Embedder(model: "meanings", host: "example.org") { texts, _ in
            if texts.contains(where: { $0.contains("poison") }) { throw EndpointError(.badRequest, "no") }
            return Embeddings(texts.map { Meanings.vector($0) })
        }
        let (store, memory) = try await opened(Embedding([refusing]))
        let demo = try await project("demo", store)
        for text in ["one train", "poison", "another locomotive"] { try await note(text, in: demo, store) }
        try await memory.catchUp()
        let round = try await memory.embed()
        #expect(round.made == 3 && round.refused == 1 && !round.isBehind)
        #expect(try await memory.find("railway", ways: [.vector]).hits.count == 2)
        // Where everything is refused nothing is given up.
        memory.embedding.value = Embedding([
            Embedder(model: "strict", host: "example.org") { _, _ in throw EndpointError(.badRequest, "never") }
        ])
        await #expect(throws: EndpointError.self) { try await memory.embed() }
        #expect(try await memory.status().vectors.waiting == 4)
        try close(store)
    }

    @Test func aRoundIsBounded() async throws {
        let sent = Shared<[String]>([])
        let (store, memory) = try await opened(Embedding([embedder(sent: sent)]))
        let demo = try await project("demo", store)
        try await store.change(cli, "notes") { change in
            for number in 1...300 { _ = try change.addNote("train \(number)", project: demo.id, plan: nil) }
        }
        try await memory.catchUp()
        #expect(try await memory.embed(batches: 2).isBehind)
        #expect(sent.value.count == 128)
        #expect(sent.value.first == "train 300")
        try close(store)
    }

    @Test func whatIsForgottenHasNoVector() async throws {
        let (store, memory) = try await opened(Embedding([embedder()]))
        let demo = try await project("demo", store)
        try await note("the train", in: demo, store)
        try await settle(memory)
        _ = try await store.forget(.project(demo.id))
        #expect(try await store.vectorNumbers().isEmpty)
        #expect(try await memory.find("railway", ways: [.vector]).hits.isEmpty)
        try close(store)
    }

    @Test func eightBitsAreEnoughForACosine() throws {
        var random = SeededRandom(7)
        for width in [3, 17, 256, 1536] {
            var rows = VectorRows()
            var exact: [[Float]] = []
            for number in 1...50 {
                let vector = (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
                exact.append(vector)
                rows.numbers.append(Int64(number))
                rows.passages.append(Int64(100 + number))
                rows.kinds.append(.note)
                rows.projects.append(nil)
                rows.vectors.append(try #require(PackedVector(vector)).data)
            }
            var matrix = VectorMatrix(width: width)
            matrix.append(rows)
            let asked = (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
            let query = try #require(QueryVector(asked))
            for (index, vector) in exact.enumerated() {
                let cosine = try #require(matrix.cosine(query, passage: Int64(101 + index)))
                #expect(abs(cosine - VectorTests.cosine(asked, vector)) < 0.01, "\(width)")
            }
            let best = matrix.nearest(query, project: nil, kinds: nil, least: -1, limit: 7)
            #expect(best.count == 7 && best.map(\.cosine) == best.map(\.cosine).sorted(by: >))
            let all = matrix.nearest(query, project: nil, kinds: nil, least: -2, limit: 50)
            #expect(Array(all.prefix(7)) == best)
        }
        #expect(PackedVector([0, 0]) == nil && QueryVector([]) == nil && PackedVector([.infinity, 1]) == nil)
    }

    private static func cosine(_ left: [Float], _ right: [Float]) -> Float {
        func dot(_ one: [Float], _ two: [Float]) -> Float { zip(one, two).map(*).reduce(0, +) }
        return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
    }
}
