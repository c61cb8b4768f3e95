import AloudProcess
import Foundation
import Support
import Testing

/// `aloud plan import --update`, as it is called.
@Suite struct ImportUpdateTests {
    private func planned() async throws -> AloudHome {
        let home = AloudHome()
        _ = try await home.run("project", "new", "notes")
        _ = try await home.run("plan", "new", "sync", "--project", "notes")
        _ = try await home.run("plan", "edit", "1", input: "# sync\n\n## Goal\n\nthis\n\n## Design\n\nwords\n")
        _ = try await home.run("task", "add", "--plan", "1", "schema", "--label", "urgent")
        _ = try await home.run("task", "add", "--plan", "1", "code", "--depends-on", "1")
        return home
    }

    private func edit(_ path: String, _ edit: (inout String) -> Void) throws {
        var text = try String(contentsOfFile: path, encoding: .utf8)
        edit(&text)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test func aDryRunSaysWhatHappensAndThenItDoes() async throws {
        let home = try await planned()
        let path = home.folder + "/tasks.md"
        _ = try await home.run("plan", "export", "1", "--format", "spec-kit", "--out", path)
        try edit(path) {
            $0.replace("- [ ] T001 schema", with: "- [X] T001 the schema")
            $0 += "- [ ] T003 tests (depends on T002)\n"
        }
        // What happens here meanwhile stays: the state of the export is found again.
        _ = try await home.run("task", "update", "--plan", "1", "2", "--priority", "high")
        _ = try await home.run("plan", "edit", "1", input: "# sync\n\n## Goal\n\nnew\n")
        let compared = try await home.run("plan", "import", path, "--project", "notes")
        #expect(
            compared.output.contains("  the file says otherwise: task 1\n")
                && compared.output.hasSuffix("To take it in: aloud plan import … --update\n"), "\(compared.output)")
        let lines = """
             plan 1, sync: 3 changes.
              task 1: status todo → done
              task 1: title schema → the schema
              task 3 is new: tests

            """
        let dry = try await home.run("plan", "import", path, "--update", "--dry-run")
        #expect(dry.output == "Would take into" + lines, "\(dry.output) \(dry.errors)")
        #expect(try await home.run("task", "list", "--plan", "1").output.contains("schema"))
        #expect(try await home.run("task", "list", "--plan", "1").output.contains("the schema") == false)
        let done = try await home.run("plan", "import", path, "--update")
        #expect(done.output == "Took into" + lines, "\(done.output) \(done.errors)")
        let tasks =
            try JSONValue(parsing: try await home.run("task", "list", "--plan", "1", "--json").output).array ?? []
        #expect(tasks.map { $0["title"] } == ["the schema", "code", "tests"])
        #expect(tasks.map { $0["status"] } == ["done", "todo", "todo"])
        #expect(tasks[0]["labels"] == ["urgent"] && tasks[0]["completed_at"] != nil)
        #expect(tasks[1]["priority"] == "high" && tasks[2]["depends_on"] == [2])
        #expect(try await home.run("plan", "show", "1").output.contains("new"))
        let again = try await home.run("plan", "import", path, "--update")
        #expect(again.output == "The file has nothing new for plan 1, sync; nothing was changed.\n", "\(again.output)")
    }

    @Test func aTextBecomesAVersionAndWhatBothChangedIsRefused() async throws {
        let home = try await planned()
        let path = home.folder + "/plan.md"
        _ = try await home.run("plan", "export", "1", "--format", "markdown", "--out", path)
        try edit(path) { $0.replace("words", with: "other words") }
        let base = "# sync\n\n## Goal\n\nmine\n\n## Design\n\nwords\n"
        _ = try await home.run("plan", "edit", "1", input: base)
        let taken = try await home.run("plan", "import", path, "--update", "--json")
        let json = try JSONValue(parsing: taken.output)
        #expect(json["version"] == 3 && json["changes"]?.array?.count == 1, "\(taken.output) \(taken.errors)")
        let text = try await home.run("plan", "show", "1").output
        #expect(text.contains("mine") && text.contains("other words"))
        #expect(try await home.run("plan", "history", "1").output.contains("updated from markdown"))
        try edit(path) { $0.replace("other words", with: "third words") }
        let refused = try await home.run("plan", "import", path, "--update", "--project", "notes")
        #expect(refused.status == 1 && refused.errors.contains("plan 1 and the file both changed “Design”"))
        #expect(try await home.run("plan", "show", "1").output == text)
    }

    @Test func whatIsNoExportOfAPlanHereIsRefused() async throws {
        let home = try await planned()
        let path = home.folder + "/tasks.md"
        try Data("- [ ] T001 first\n".utf8).write(to: URL(fileURLWithPath: path))
        for (arguments, status, says) in [
            (["--update"], 1, "is no export of a plan that is here"),
            (["--update", "--title", "x"], 64, "--title is for a new plan"),
            ([], 64, "--project"),
        ] as [([String], Int32, String)] {
            let ended = try await home.run(["plan", "import", path] + arguments)
            #expect(ended.status == status && ended.errors.contains(says), "\(ended.errors)")
        }
        _ = try await home.run("project", "new", "other")
        _ = try await home.run("plan", "export", "1", "--format", "spec-kit", "--out", path, "--force")
        let elsewhere = try await home.run("plan", "import", path, "--update", "--project", "other")
        #expect(elsewhere.status == 1 && elsewhere.errors.contains("which is in another project"))
        #expect(try await home.run("plan", "list", "--json").output.contains("\"number\":2") == false)
    }
}
