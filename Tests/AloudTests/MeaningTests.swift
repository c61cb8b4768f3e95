import AloudProcess
import Foundation
import Planning
import ScriptedServer
import Server
import Storage
import Support
import Testing

/// The binary with an embedder: what is sent, when, and what becomes of it.
@Suite(.serialized) struct MeaningTests {
    private let home = AloudHome()
    private let cli = Origin(surface: .cli)

    private func configure(_ server: ScriptedServer, model: String = "embed-1", more: String = "") throws {
        try PrivateFolder.make(home.folder + "/config")
        let text = "embedders:\n  - base_url: \(server.url)/v1\n    model: \(model)\n\(more)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
    }

    /// A server whose vectors know that trains, railways and locomotives are alike.
    private func server(gate: Gate? = nil, after free: Int = .max) async throws -> ScriptedServer {
        let server = try await ScriptedServer.start(["/v1/models": [.answer(#"{"data":[{"id":"embed-1"}]}"#)]])
        let count = Shared(0)
        server.answer("/v1/embeddings") { request in
            let answer = Script.answer(MeaningTests.answer(to: request))
            let number = count.update { count in
                count += 1
                return count
            }
            guard let gate, number > free else { return answer }
            return .wait(for: gate) + answer
        }
        return server
    }

    private static func texts(_ request: ReceivedRequest) -> [String] {
        let body = try? JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
        return (body?["input"]?.array ?? []).compactMap(\.string)
    }

    private static func answer(to request: ReceivedRequest) -> String {
        let vectors = texts(request).map { text in
            let isTrain = ["train", "railway", "locomotive"].contains { text.lowercased().contains($0) }
            return isTrain ? "[1,0.1,0]" : "[0,0.1,1]"
        }
        let items = vectors.enumerated().map { #"{"index":\#($0),"embedding":\#($1)}"# }
        return #"{"data":["# + items.joined(separator: ",") + #"],"usage":{"prompt_tokens":"# + "\(2 * vectors.count)}}"
    }

    private func sent(_ server: ScriptedServer) -> [String] {
        server.requests.filter { $0.path == "/v1/embeddings" }.flatMap(MeaningTests.texts)
    }

    private func status() async throws -> JSONValue {
        let ended = try await home.run("memory", "status", "--json")
        return try JSONValue(parsing: ended.output)
    }

    private func notes(_ count: Int) async throws {
        let store = try await Store.open(path: home.database)
        try await store.change(cli, "notes") { change in
            let project = try change.createProject(name: "demo")
            for number in 1...count { _ = try change.addNote("note \(number)", project: project.id, plan: nil) }
            _ = try change.addNote("the locomotive leaves at nine", project: project.id, plan: nil)
        }
        try store.close()
    }

    private func daemon() async throws -> RunningProcess {
        let daemon = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        return daemon
    }

    @Test func theDaemonHasVectorsMadeAndTheSearchFindsByThem() async throws {
        let server = try await server()
        try configure(server)
        try await notes(100)
        let daemon = try await daemon()
        let isDone = try await eventually {
            let vectors = try await status()["vectors"]
            return vectors?["waiting"]?.number == 0 && vectors?["made"]?.number == 102
        }
        let last = try await status()
        #expect(isDone, "\(last)")
        let found = try await home.run("search", "railway", "--json")
        #expect(found.status == 0 && found.errors.isEmpty, "\(found.errors)")
        let hit = try #require(try JSONValue(parsing: found.output).array?.first)
        #expect(hit["excerpt"]?.string == "the locomotive leaves at nine")
        #expect(hit["found_by"]?.array == ["vector"] && hit["vector"]?.number == 1)
        #expect(hit["score"]?.number == 0.5 && hit["lexical"]?.number == 0)
        // Looking at things sends nothing.
        let before = sent(server).count
        for _ in 0..<3 { _ = try await home.run("project", "show", "demo") }
        #expect(try await status()["search"]?.string == "lexical and vector")
        #expect(sent(server).count == before)
        #expect(sent(server).filter { $0 == "note 7" }.count == 1)
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
        // Each request is kept, and none of the texts.
        let calls = try await home.sqlite(
            "SELECT kind, engine, host, outcome, detail, turnId IS NULL FROM engineCall ORDER BY rowid"
        )
        .split(separator: "\n").map(String.init)
        #expect(calls.first == "embed|openai|127.0.0.1|ok|embed-1, 64 texts, 128 tokens|1", "\(calls)")
        #expect(calls.last == "embed|openai|127.0.0.1|ok|embed-1, 1 text, 2 tokens|1", "\(calls)")
        #expect(calls.count == server.requests.count { $0.path == "/v1/embeddings" })
        try await server.stop()
    }

    @Test func callsThatFailAreKeptToo() async throws {
        let server = try await ScriptedServer.start([
            "/v1/embeddings": [.answer(#"{"error":{"message":"no"}}"#, status: 401)]
        ])
        try configure(server)
        try await notes(1)
        let ended = try await home.run("memory", "rebuild")
        #expect(ended.status != 0 || !ended.errors.isEmpty)
        let calls = try await home.sqlite("SELECT outcome, detail FROM engineCall")
        #expect(calls == "auth|embed-1, 3 texts\n", "\(calls)")
        try await server.stop()
    }

    @Test func vectorsThatWereMadeSurviveBeingKilledAndTheRestIsMadeAfterwards() async throws {
        let gate = Gate()
        let server = try await server(gate: gate, after: 2)
        try configure(server)
        try await notes(300)
        let first = try await daemon()
        let isHeld = try await eventually { server.requests.count { $0.path == "/v1/embeddings" } >= 3 }
        try #require(isHeld)
        first.signal(SIGKILL)
        _ = await first.ended()
        let store = try await Store.open(path: home.database)
        #expect(try await store.integrityFaults().isEmpty)
        let kept = try await store.vectorCounts()
        #expect(kept.made == 128 && kept.waiting == 302 - 128)
        try store.close()
        gate.open()
        let second = try await daemon()
        let isDone = try await eventually { try await status()["vectors"]?["made"]?.number == 302 }
        let last = try await status()
        #expect(isDone, "\(last)")
        second.signal(SIGTERM)
        _ = await second.ended()
        let again = try await Store.open(path: home.database)
        #expect(try await again.integrityFaults().isEmpty)
        #expect(try await again.vectorCounts().waiting == 0)
        try again.close()
        // What was kept is not sent again; what hung in the air is.
        let counts = Dictionary(sent(server).map { ($0, 1) }, uniquingKeysWith: +)
        #expect(counts["the locomotive leaves at nine"] == 1)
        #expect(counts.values.count { $0 > 1 } == 64)
        try await server.stop()
    }

    @Test func whatIsNotToBeSentIsNotSentAndTheDoctorSaysWhatIs() async throws {
        let server = try await server()
        try configure(server, more: "memory:\n  unsent: note, turn\n")
        try await notes(3)
        let rebuilt = try await home.run("memory", "rebuild")
        #expect(rebuilt.status == 0 && rebuilt.output.contains("Made 1 vectors by embed-1."), "\(rebuilt)")
        #expect(sent(server).filter { $0 != "plan" } == ["demo"])
        let doctor = try await home.run("doctor", "--json")
        #expect(
            doctor.output.contains("127.0.0.1 is told the text of projects, plans, tasks, and what is searched for"))
        #expect(try await home.run("memory").output.contains("never sent: note, turn"))
        try await server.stop()
    }

    @Test func whileTheEmbedderIsAwayWordsAreFoundAndItIsSaid() async throws {
        let server = try await server()
        try configure(server)
        try await notes(3)
        _ = try await home.run("memory", "rebuild")
        try await server.stop()
        let found = try await home.run("search", "locomotive")
        #expect(found.status == 0 && found.output.contains("the locomotive leaves at nine"))
        #expect(found.errors.contains("note: looked for the words alone: the embedder failed"), "\(found.errors)")
        let rebuilt = try await home.run("memory", "rebuild")
        #expect(rebuilt.status == 1 && rebuilt.errors.contains("then the embedder failed"), "\(rebuilt.errors)")
    }

    @Test func withoutAnEmbedderItIsSaidAndNothingFails() async throws {
        try await notes(3)
        let found = try await home.run("search", "locomotive")
        #expect(found.errors == "note: looked for the words alone: no embedder is configured\n")
        #expect(try await home.run("memory").output.contains("vectors   none: no embedder is configured"))
        #expect(try await status()["search"]?.string == "lexical")
        #expect(try await home.run("memory", "rebuild").output == "Read 5 changes and turns.\n")
    }

    @Test func aProjectThatHasNothingOfItIsSaid() async throws {
        try await notes(3)
        _ = try await home.run("project", "new", "empty")
        let found = try await home.run("search", "locomotive", "--project", "empty")
        #expect(found.output.contains("the locomotive leaves at nine"))
        #expect(found.errors.contains("“empty” has nothing of it; all projects were looked through"))
    }
}
