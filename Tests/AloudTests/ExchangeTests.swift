import AloudProcess
import Foundation
import Storage
import Support
import Testing

/// `aloud plan export`, `import` and `digest`, as they are called.
@Suite struct ExchangeTests {
    private func planned() async throws -> AloudHome {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        _ = try await home.run("plan", "new", "sync", "--project", "notes")
        _ = try await home.run("plan", "edit", "1", input: "# sync\n\n## Design\n\nwords\n")
        _ = try await home.run("task", "add", "--plan", "1", "schema", "--priority", "high", "--accept", "it holds")
        _ = try await home.run("task", "add", "--plan", "1", "code, \"quoted\"", "--depends-on", "1", "--parent", "1")
        return home
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test(arguments: [
        (["plan", "export", "1"], 64, "--format"),
        (["plan", "export", "1", "--format", "word"], 64, "taskmaster"),
        (["plan", "export", "9", "--format", "csv"], 1, "there is no plan 9; see: aloud plan list"),
        (["plan", "export", "1", "--format", "backlog"], 64, "name a folder with --out"),
        (["plan", "digest", "9"], 1, "there is no plan 9"),
        (["plan", "import", "/nonexistent.md", "--project", "p"], 1, "/nonexistent.md cannot be read: No such file"),
        (["plan", "import", "/dev/null", "--project", "p"], 1, "neither a file nor a folder"),
        (["plan", "import", "/tmp", "--project", "p", "--format", "jira"], 64, "jira is written only"),
        (["plan", "import", "/tmp", "--project", "p", "--title", " "], 64, "A plan needs a title"),
        (["plan", "import", "x.md"], 64, "--project"),
    ])
    func whatCannotBeDoneIsSaidWithTheRemedy(arguments: [String], status: Int, says: String) async throws {
        let ended = try await AloudHome().run(arguments)
        #expect(ended.status == Int32(status) && ended.errors.contains(says), "\(ended.status) \(ended.errors)")
        #expect(ended.output.isEmpty)
    }

    @Test(arguments: [
        "markdown", "json", "csv", "jira", "trello", "linear", "spec-kit", "openspec", "taskmaster", "beads",
    ])
    func oneFileGoesToStandardOutputOrToItsPlace(format: String) async throws {
        let home = try await planned()
        let shown = try await home.run("plan", "export", "1", "--format", format)
        #expect(
            shown.status == 0 && shown.output.contains("schema") && shown.output.contains("aloud:key="),
            "\(shown.errors)")
        let path = home.folder + "/new/out.txt"
        let dry = try await home.run("plan", "export", "1", "--format", format, "--out", path, "--dry-run")
        #expect(dry.output == "new  \(path)\n" && !FileManager.default.fileExists(atPath: path))
        let written = try await home.run("plan", "export", "1", "--format", format, "--out", path)
        #expect(written.output == "new  \(path)\n", "\(written.errors)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == shown.output)
        #expect(
            try await home.run("plan", "export", "1", "--format", format, "--out", path).output
                == "unchanged  \(path)\n")
        _ = try await home.run("task", "update", "--plan", "1", "1", "--status", "done")
        #expect(
            try await home.run("plan", "export", "1", "--format", format, "--out", path).output == "replaced  \(path)\n"
        )
        let left = try FileManager.default.contentsOfDirectory(atPath: home.folder + "/new")
        #expect(left == ["out.txt"])
    }

    @Test func filesOfOthersStayUnlessForced() async throws {
        let home = try await planned()
        let folder = home.folder + "/repo"
        let dry = try await home.run("plan", "export", "1", "--format", "backlog", "--out", folder, "--dry-run")
        #expect(dry.output.split(separator: "\n").count == 3 && !FileManager.default.fileExists(atPath: folder))
        _ = try await home.run("plan", "export", "1", "--format", "backlog", "--out", folder)
        let task = folder + "/backlog/tasks/task-1 - schema.md"
        try FileManager.default.removeItem(atPath: folder + "/backlog/tasks/task-2 - code quoted.md")
        try write("somebody else's", task)
        let refused = try await home.run("plan", "export", "1", "--format", "backlog", "--out", folder)
        #expect(
            refused.status == 1 && refused.errors.contains("task-1 - schema.md is there and no export of this plan"))
        // Whole or not at all: the missing one was not written either.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder + "/backlog/tasks") == ["task-1 - schema.md"])
        #expect(try String(contentsOfFile: task, encoding: .utf8) == "somebody else's")
        let forced = try await home.run("plan", "export", "1", "--format", "backlog", "--out", folder, "--force")
        #expect(
            forced.output.contains("replaced  \(task)\n")
                && forced.output.contains("new  \(folder)/backlog/tasks/task-2"))
    }

    @Test func placesThatTakeNoFileAreNamed() async throws {
        let home = try await planned()
        let file = home.folder + "/file"
        try write("x", file)
        for (out, status, says) in [
            (file + "/below/x.md", 77, "cannot use the folder"),
            ("/proc/aloud/x.md", 77, "cannot use the folder /proc/aloud"),
            ("/dev/null", 1, "is not a regular file"),
        ] {
            let ended = try await home.run("plan", "export", "1", "--format", "markdown", "--out", out)
            #expect(ended.status == Int32(status) && ended.errors.contains(says), "\(ended.status) \(ended.errors)")
        }
        let full = try await home.run("plan", "export", "1", "--format", "github", "--out", file)
        #expect(full.status == 77 && full.errors.contains(file), "\(full.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "x")
    }

    @Test func anImportIsOnePlanAndOneUndo() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        let file = home.folder + "/tasks.md"
        try write(
            "# Tasks: Voice\n\n## Phase 1: Setup\n\n- [ ] T003 first\n- [X] T007 second (depends on T003)\n", file)
        let dry = try await home.run("plan", "import", file, "--project", "notes", "--dry-run")
        #expect(
            dry.output == """
                Would make a plan, Voice, with 2 tasks from spec-kit:
                3. [todo] first
                7. [done] second

                """, "\(dry.errors)")
        #expect(try await home.run("plan", "list").output.hasPrefix("No plans yet"))
        let made = try await home.run("plan", "import", file, "--project", "notes", "--json")
        let json = try JSONValue(parsing: made.output)
        #expect(json["number"] == 1 && json["tasks"] == 2 && json["is_new"] == true && json["format"] == "spec-kit")
        let list = try JSONValue(parsing: try await home.run("task", "list", "--plan", "1", "--json").output)
        #expect(list.array?.map { $0["number"] } == [3, 7] && list.array?[1]["depends_on"] == [3])
        #expect(try await home.run("plan", "history", "1").output.contains("imported from spec-kit"))
        // The next task is a new one.
        #expect(try await home.run("task", "add", "--plan", "1", "third").output.hasPrefix("Added task 8"))
        let again = try await home.run("plan", "import", file, "--project", "notes")
        #expect(again.status == 1 && again.errors.contains("a plan called “Voice” exists already"))
        #expect(try await home.run("plan", "import", file, "--project", "notes", "--title", "Other").status == 0)
        let nowhere = try await home.run("plan", "import", file, "--project", "none")
        #expect(nowhere.status == 1 && nowhere.errors.contains("aloud project list"))
    }

    @Test(arguments: ["json", "markdown", "csv", "spec-kit", "openspec", "taskmaster", "beads", "backlog"])
    func ourOwnExportChangesNothingHereAndIsTheSameElsewhere(format: String) async throws {
        let home = try await planned()
        let path =
            home.folder + "/out"
            + (["markdown", "spec-kit", "openspec"].contains(format) ? ".md" : format == "backlog" ? "" : ".txt")
        _ = try await home.run("plan", "export", "1", "--format", format, "--out", path)
        let arguments = ["plan", "import", path, "--project", "notes"] + (format == "csv" ? ["--format", "csv"] : [])
        let known = try await home.run(arguments)
        #expect(
            known.status == 0 && known.output == "This is plan 1, sync, already; nothing was changed.\n",
            "\(known.errors)")
        _ = try await home.run("task", "update", "--plan", "1", "1", "--status", "done")
        #expect(try await home.run(arguments).output.contains("  the file says otherwise: task 1\n"))
        let other = AloudHome()
        _ = try await other.run("project", "new", "notes")
        let made = try await other.run(arguments)
        #expect(made.status == 0 && made.output.hasPrefix("Made plan 1, "), "\(made.errors)")
        #expect(try await other.run("task", "list", "--plan", "1").output.contains("code, \"quoted\""))
        // There it has the same id, so that a second time changes nothing.
        #expect(try await other.run(arguments).output.contains("already; nothing was changed."))
    }

    @Test func whatIsRefusedLeavesNothingBehind() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        let file = home.folder + "/issues.jsonl"
        for (text, says) in [
            ("{\"id\":\"a\",\"title\":\"t\",\"dependencies\":[{\"depends_on_id\":\"z\"}]}\n", "which is not there"),
            ("{\"id\":\"a\",\"title\":\"t\"}\n{\"id\":\n", "issues.jsonl:2: it is not valid JSON"),
        ] {
            try write(text, file)
            let ended = try await home.run("plan", "import", file, "--project", "notes")
            #expect(ended.status == 1 && ended.errors.contains(says), "\(ended.errors)")
        }
        #expect(try await home.run("plan", "list").output.hasPrefix("No plans yet"))
    }

    @Test func aDigestIsShort() async throws {
        let home = try await planned()
        let text = try await home.run("plan", "digest", "1").output
        #expect(text.hasPrefix("Plan 1: sync\nProject: notes\nStatus: draft, version 1\nProgress: 0 of 2 tasks done\n"))
        let json = try JSONValue(parsing: try await home.run("plan", "digest", "1", "--json").output)
        #expect(json["ready"]?.array?.count == 1 && text.contains("Hash: \(json["hash"]?.string ?? "-")\n"))
    }
}
