import AloudProcess
import Foundation
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// Conversations that are summed up without a daemon.
@Suite(.serialized) struct SummaryTests {
    private static let path = "/v1/chat/completions"

    /// With a conversation of six turns.
    private func home(_ server: ScriptedServer, _ more: String = "") async throws -> AloudHome {
        let home = AloudHome()
        try PrivateFolder.make(home.folder + "/config")
        let text = "\(more)language_models:\n  - base_url: \(server.url)/v1\n    model: planner-1\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
        for said in ["create new project shop", "note one", "note two"] { _ = try await home.run("say", said) }
        return home
    }

    private static func summary(_ text: String) throws -> Script {
        let quoted = try JSONText.line(#"{"summary":"\#(text)","decisions":["Use a queue"],"lessons":[]}"#)
        return .events([
            #"{"choices":[{"delta":{"content":\#(quoted)}}]}"#, #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
            "[DONE]",
        ])
    }

    private func kept(_ home: AloudHome) async throws -> [String] {
        let store = try await Store.open(path: home.database)
        let summaries = try await store.summaries().map(\.text)
        let decisions = try await store.decisions().map { "\($0.status.rawValue) \($0.text)" }
        try store.close()
        return summaries + decisions
    }

    @Test func endingAConversationSumsItUp() async throws {
        let server = try await ScriptedServer.start([Self.path: [try Self.summary("We spoke of shops.")]])
        let home = try await home(server)
        #expect(try await home.run("chat", "end").output == "Ended.\nSummed up: We spoke of shops.\n")
        #expect(try await kept(home) == ["We spoke of shops.", "proposed Use a queue"])
        // The next one has said too little.
        _ = try await home.run("say", "note three")
        #expect(try await home.run("chat", "end").output == "Ended.\n")
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func aModelThatIsSlowOrAwayDelaysNothingForLong() async throws {
        for script in [Script.silence, .answer("{}", status: 500)] {
            let server = try await ScriptedServer.start([Self.path: [script]])
            let home = try await home(server)
            let began = ContinuousClock.now
            let ended = try await home.run("chat", "end")
            #expect(ended.output == "Ended.\n" && ended.status == 0, "\(ended.errors)")
            #expect(ContinuousClock.now - began < .seconds(15))
            #expect(try await kept(home) == [])
            try await server.stop()
        }
    }

    @Test func talkingSumsUpWhatIsOver() async throws {
        let server = try await ScriptedServer.start([Self.path: [try Self.summary("We spoke of shops.")]])
        let home = try await home(server)
        // What is going on is not summed up.
        _ = try await home.run("talk", input: "status\n")
        #expect(try await kept(home) == [])
        try await home.sqlite(
            "UPDATE conversation SET startedAt = startedAt - 18000000, lastActiveAt = lastActiveAt - 18000000")
        let ended = try await home.run("talk", input: "bye\n")
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try await kept(home) == ["We spoke of shops.", "proposed Use a queue"])
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func nothingIsSummedUpWhenThatIsSwitchedOff() async throws {
        let server = try await ScriptedServer.start([Self.path: [try Self.summary("We spoke of shops.")]])
        let home = try await home(server, "agent:\n  summaries: off\n")
        #expect(try await home.run("chat", "end").output == "Ended.\n")
        #expect(server.requests.isEmpty)
        try await server.stop()
    }
}
