import AloudProcess
import Foundation
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// The commands around the agent, as processes, with a model behind real HTTP.
@Suite(.serialized) struct AgentCommandTests {
    private static let path = "/v1/chat/completions"

    private func home(_ server: ScriptedServer, _ more: String = "") throws -> AloudHome {
        let home = AloudHome()
        try FileManager.default.createDirectory(atPath: home.folder + "/config", withIntermediateDirectories: true)
        let configuration = """
            \(more)
            language_models:
              - engine: openai
                base_url: \(server.url)/v1
                model: planner-1
                prompt_price: 2
                completion_price: 6
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
        return home
    }

    private static func says(_ text: String) throws -> Script {
        let quoted = try JSONText.line(text)
        return .events([
            #"{"choices":[{"delta":{"content":\#(quoted)}}]}"#, #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500}}"#, "[DONE]",
        ])
    }

    private func holds(_ home: AloudHome, _ word: String) throws -> [String] {
        try (FileManager.default.subpaths(atPath: home.folder) ?? []).filter { name in
            let file = URL(fileURLWithPath: home.folder + "/" + name)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return false }
            return try Data(contentsOf: file).range(of: Data(word.utf8)) != nil
        }
    }

    @Test func decisionsAreKeptByHand() async throws {
        let home = AloudHome()
        _ = try await home.run("say", "create new project shop")
        #expect(try await home.run("decision", "add", "Use", "SQLite").output == "Kept decision 1, accepted.\n")
        #expect(
            try await home.run("decision", "add", "--lesson", "--proposed", "Ask earlier").output
                == "Kept lesson 2, proposed.\n")
        #expect(try await home.run("decision", "accept", "2").output == "Decision 2 is accepted.\n")
        #expect(try await home.run("decision", "add", "--supersedes", "1", "Use one file").status == 0)
        let listed = try JSONValue(parsing: try await home.run("decision", "list", "--json").output)
        #expect(listed.array?.compactMap { $0["status"]?.string } == ["accepted", "accepted", "superseded"])
        #expect(listed.array?.last?["superseded_by"] == 3)
        #expect(try await home.run("decision", "list", "--status", "superseded").output.contains("superseded by 3"))
        for arguments in [
            ["reject", "9"], ["supersede", "3", "--by", "1"], ["add", " "], ["add", "x", "--plan", "7"],
        ] {
            let ended = try await home.run(["decision"] + arguments)
            #expect(
                ended.status == 1 && ended.errors.split(separator: "\n").count == 1, "\(arguments): \(ended.errors)")
        }
    }

    @Test func aPlanIsBrokenDownCheckedAndItsRisksAreTold() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [
                try Self.says(
                    #"{"tasks":[{"title":"Build the queue"},{"title":"Investigate `LostThing`","estimate_minutes":2000}]}"#
                )
            ]
        ])
        let home = try home(server)
        _ = try await home.run("say", "create new project shop")
        _ = try await home.run("say", "create devplan sync")
        let empty = try await home.run("plan", "breakdown", "1")
        #expect(empty.status == 1 && empty.errors.contains("says nothing yet"), "\(empty.errors)")
        let store = try await Store.open(path: home.database)
        let project = try #require(try await store.project(named: "shop"))
        let code = home.folder + "/code"
        try FileManager.default.createDirectory(atPath: code, withIntermediateDirectories: true)
        try Data("struct QueueWriter {}".utf8).write(to: URL(fileURLWithPath: code + "/QueueWriter.swift"))
        let plan = try #require(try await store.plan(number: 1))
        try await store.change(Origin(surface: .cli), "x") { change in
            try change.updateProject(project.id) { $0.repositoryPath = code }
            try change.putDraft(
                PlanDraft(
                    planId: plan.id, content: "# sync\n\n## Overview\n\n`QueueWriter` and `LostThing`.\n",
                    baseVersion: 0))
        }
        try store.close()
        let dry = try await home.run("plan", "breakdown", "1", "--dry-run")
        #expect(dry.output == "-. Build the queue\n-. Investigate `LostThing`\nNothing was added.\n", "\(dry.errors)")
        #expect(try await home.run("plan", "breakdown", "1").output.hasSuffix("Added 2 tasks to plan 1.\n"))
        let checked = try await home.run("plan", "check", "1")
        #expect(
            checked.status == 2 && checked.output.contains("the symbol `LostThing` is not in \(code)"),
            "\(checked.output)")
        #expect(!checked.output.contains("QueueWriter"))
        let risks = try await home.run("task", "risks", "1")
        #expect(
            risks.output.hasPrefix("Predictions, not facts; nothing was changed.\ntask 1, unestimated: "),
            "\(risks.output)")
        #expect(risks.output.contains("task 2, large: it is estimated at 33 hours"))
        #expect(try JSONValue(parsing: try await home.run("task", "risks", "1", "--json").output).array?.count == 3)
        let stats = try JSONValue(parsing: try await home.run("stats", "--json").output)["models"]?.array?.first
        #expect(
            stats?["calls"] == 2 && stats?["prompt_tokens"] == 2000 && stats?["cost"] == 0.01,
            "\(String(describing: stats))")
        #expect(try await home.run("say", "undo").output.hasPrefix("Took back adding two tasks to sync"))
        try await server.stop()
    }

    @Test func withoutAModelABreakdownSaysSo() async throws {
        let home = AloudHome()
        _ = try await home.run("say", "create new project shop")
        _ = try await home.run("say", "create devplan sync")
        let ended = try await home.run("plan", "breakdown", "1")
        #expect(ended.status == 1 && ended.errors.contains("no language model is configured"), "\(ended.errors)")
    }

    @Test func whatAModelWasToldIsForgottenWithTheProjectAndWithTheTurn() async throws {
        let server = try await ScriptedServer.start([Self.path: [try Self.says("The wombat is noted.")]])
        let home = try home(server)
        for line in [
            "create new project zebrafish", "decide to use quokkas", "my pangolin sleeps at night",
            "create new project harmless",
            "the axolotl swims",
        ] { _ = try await home.run("say", line) }
        for word in ["zebrafish", "quokkas", "pangolin", "wombat"] {
            #expect(!(try holds(home, word)).isEmpty, "\(word)")
        }
        _ = try await home.run("forget", "--project", "zebrafish", "--yes")
        for word in ["zebrafish", "quokkas", "pangolin"] { #expect(try holds(home, word).isEmpty, "\(word)") }
        #expect(!(try holds(home, "axolotl")).isEmpty)
        _ = try await home.run("forget", "--last", "--yes")
        for word in ["axolotl", "wombat"] { #expect(try holds(home, word).isEmpty, "\(word)") }
        let store = try await Store.open(path: home.database)
        #expect(try await store.integrityFaults().isEmpty)
        try store.close()
        try await server.stop()
    }

    @Test func theDaysCapIsTalkedAbout() async throws {
        let server = try await ScriptedServer.start([Self.path: [try Self.says("Fine.")]])
        let home = try home(server, "agent:\n  daily_cost: 0.001")
        _ = try await home.run("say", "create new project shop")
        let said = try await home.run("say", "it must work on a train").output
        #expect(said.contains("What you allow the language model for one day is used up."), "\(said)")
        #expect(said.hasPrefix("Noted for shop: It must work on a train.") && server.requests.isEmpty)
        try await server.stop()
    }
}
