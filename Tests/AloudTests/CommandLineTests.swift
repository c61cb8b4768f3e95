import AloudProcess
import Foundation
import Storage
import Support
import Testing

@testable import aloud

@Suite struct CommandLineTests {
    @Test(arguments: [
        (["hear", "/nonexistent.wav"], 1, "/nonexistent.wav"),
        (["hear", "/tmp"], 1, "/tmp"),
        (["hear"], 64, "files"),
        (["say", " "], 64, "Say something"),
        (["project", "show", "nothing"], 1, "aloud project list"),
        (["plan", "show", "99"], 1, "aloud plan list"),
        (["plan", "show", "x"], 64, "plan"),
        (["plan", "edit", "99", "--file", "/nonexistent"], 1, "/nonexistent cannot be read"),
        (["plan", "status", "1", "done"], 64, "in_progress"),
        (["plan", "new", "sync", "--project", "none"], 1, "aloud project list"),
        (["task", "add", "something"], 1, "no plan is open"),
        (["task", "update", "1"], 64, "Say what to change"),
        (["mute"], 69, "aloud serve"),
        (["serve", "--input", "nosuch"], 1, "there is no sound device “nosuch”; see: aloud devices"),
        (["mic", "--input", "nosuch", "--seconds", "1"], 1, "nosuch"),
        (["nonsense"], 64, "nonsense"),
        (["project", "list", "--status", "gone"], 64, "archived"),
    ])
    func whatCannotBeDoneIsSaidOnceWithTheRemedy(arguments: [String], status: Int, says: String) async throws {
        let home = AloudHome()
        let process = try RunningProcess(AloudHome.binary, arguments, environment: home.environment())
        process.closeInput()
        let ended = await process.ended()
        #expect(ended.status == Int32(status), "\(ended.errors)")
        #expect(ended.errors.contains(says), "\(ended.errors)")
        #expect(ended.output.isEmpty)
    }

    @Test func aMisspeltKeyNamesItsLineAndTheNearestOne() async throws {
        let home = AloudHome()
        try FileManager.default.createDirectory(atPath: home.folder + "/config", withIntermediateDirectories: true)
        try Data("voice:\n  wake_phrase: okay planner\n  wake_frase: hello\n".utf8)
            .write(to: URL(fileURLWithPath: home.folder + "/config/config.yaml"))
        let ended = try await home.run("project", "list")
        #expect(ended.status == 78)
        #expect(
            ended.errors.contains("config.yaml:3: there is no key voice.wake_frase; did you mean voice.wake_phrase?"))
    }

    @Test func aNewerDatabaseEndsWithItsOwnCode() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "list")
        let sqlite = try RunningProcess(
            "/usr/bin/sqlite3", [home.database, "INSERT INTO grdb_migrations VALUES ('99')"], environment: [:])
        _ = await sqlite.ended()
        let ended = try await home.run("project", "list")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("newer aloud"))
    }

    @Test(arguments: [
        ("postgres://localhost/x", 78, "PostgreSQL is not supported yet"), ("mysql://x", 78, "sqlite:///"),
    ])
    func anotherDatabaseIsRefusedPlainly(url: String, status: Int, says: String) async throws {
        let ended = try await AloudHome().run("project", "list", environment: ["DATABASE_URL": url])
        #expect(ended.status == Int32(status))
        #expect(ended.errors.contains(says))
    }

    @Test func aPlanIsWrittenComparedAndBroughtBack() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        #expect(try await home.run("plan", "new", "sync", "--project", "Notes").output == "Created plan 1, sync.\n")
        let first = try await home.run(
            "plan", "edit", "1", input: "# sync\r\n\r\n## Design\n\nold\n\n## Testing\n\nby hand\n")
        #expect(first.output == "Saved sync as version 1.\n", "\(first.errors)")
        let second = try await home.run(
            "plan", "edit", "1", "--section", "design", "--summary", "newer", input: "new\n")
        #expect(second.output == "Saved sync as version 2.\n")
        #expect(
            try await home.run("plan", "diff", "1").output
                == "--- version 1\n+++ version 2\n@@ -2,7 +2,7 @@\n \n ## Design\n \n-old\n+new\n \n ## Testing\n \n")
        let json = try JSONValue(parsing: try await home.run("plan", "diff", "1", "1", "2", "--json").output)
        #expect(json["changed"] == ["Design"] && json["lines_added"] == 1)
        let stale = try await home.run("plan", "edit", "1", "--base", "1", input: "lost?\n")
        #expect(stale.status == 1 && stale.errors.contains("version 2 was saved since version 1"))
        #expect(try await home.run("plan", "restore", "1", "1").output == "Saved version 1 again as version 3.\n")
        #expect(try await home.run("plan", "status", "1", "approved").output == "sync is approved now.\n")
        for (bad, says) in [("\u{0}", "not UTF-8 text"), (" \n", "is empty")] {
            let refused = try await home.run("plan", "edit", "1", input: bad)
            #expect(refused.status == 1 && refused.errors.contains(says))
        }
        #expect(try await home.run("plan", "show", "1", "--json").output.contains(#""latest_version":3"#))
    }

    @Test func tasksWaitForOthersAndNeverForThemselves() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        _ = try await home.run("plan", "new", "sync", "--project", "notes")
        func task(_ arguments: String...) async throws -> AloudHome.Ended {
            try await home.run(["task", arguments[0], "--plan", "1"] + arguments.dropFirst())
        }
        _ = try await task("add", "schema", "--estimate", "90")
        _ = try await task("add", "code", "--depends-on", "1")
        _ = try await task("add", "docs", "--estimate", "30")
        let circle = try await task("update", "1", "--depends-on", "2")
        #expect(circle.status == 1 && circle.errors.contains("1 waits for 2 waits for 1"))
        #expect(try await task("update", "3", "--depends-on", "9").errors.contains("there is no task 9"))
        #expect(
            try await task("path").output == """
                TASK  STARTS  MINUTES  SLACK  TITLE
                1     0       90       none   schema
                3     0       30       120    docs
                2     90      ~60      none   code
                In all 150 minutes.

                """)
        #expect(try await task("next").output.hasPrefix("1. [todo, medium] schema\n3. "))
        _ = try await task("update", "1", "--status", "blocked")
        _ = try await task("update", "3", "--status", "done")
        #expect(
            try await task("next").output
                == "Nothing can be begun:\n1. schema: is blocked\n2. code: waits for 1\n")
        #expect(try await task("update", "2", "--depends-on", "0").status == 0)
        #expect(try await task("next").output == "2. [todo, medium] code\n")
    }

    @Test func whatIsKeptIsShownAsJSONWithStableKeys() async throws {
        let home = AloudHome()
        let made = try await home.run("project", "new", "voice", "notes", "--tag", "audio", "--json")
        let project = try JSONValue(parsing: made.output)
        #expect(project["name"] == "voice notes")
        #expect(project["tags"] == ["audio"])
        #expect(project["created_at"]?.string?.hasSuffix("Z") == true)
        let list = try await home.run("project", "list", "--json")
        #expect(try JSONValue(parsing: list.output) == .array([project]))
        #expect(try await home.run("project", "new", "Voice", "Notes").status == 1)
    }

    @Test func theConversationGoesOnFromProcessToProcess() async throws {
        let home = AloudHome()
        _ = try await home.run("say", "create new project demo")
        _ = try await home.run("say", "create devplan sync")
        #expect(try await home.run("task", "add", "write", "it").output == "Added task 1: write it\n")
        #expect(try await home.run("task", "update", "1", "--status", "done").status == 0)
        #expect(try await home.run("say", "what's next").output == "Nothing is left to do in sync.\n")
    }

    @Test func theReferencePageIsMadeFromTheSettings() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/configuration.md")
        #expect(try String(contentsOf: page, encoding: .utf8) == ConfigurationReference.page)
    }

    @Test func theSchemaPageIsMadeFromTheMigrations() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/schema.md")
        let made = try SchemaReference.markdown()
        #expect(try String(contentsOf: page, encoding: .utf8) == made)
        #expect(!made.contains("\n\n\n|"), "a table is not told about")
    }

    @Test func aFileThatIsNoSoundIsNamed() async throws {
        let home = AloudHome()
        let file = home.folder + "/notes.wav"
        for bytes in [Data(), Data("hello".utf8), Data(repeating: 0, count: 1000)] {
            try bytes.write(to: URL(fileURLWithPath: file))
            let ended = try await home.run("hear", file)
            #expect(ended.status == 1)
            #expect(ended.errors.contains(file))
        }
    }
}
