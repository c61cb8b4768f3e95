import AloudProcess
import Foundation
import Support
import Testing

/// What is said of projects and plans beside their names and texts.
@Suite struct UpdateTests {
    private let home = AloudHome()

    @Test func aProjectIsChanged() async throws {
        _ = try await home.run("project", "new", "website", "--tag", "web")
        _ = try await home.run("project", "new", "billing")
        let changed = try await home.run(
            "project", "update", "website", "--rename", "shop", "--status", "paused", "--tag", "a", "--tag", " ",
            "--repository", "/tmp/../tmp", "--json")
        let shop = try JSONValue(parsing: changed.output)
        #expect(shop["name"] == "shop" && shop["status"] == "paused" && shop["tags"] == ["a"])
        #expect(shop["repository_path"] == "/tmp" && changed.errors.isEmpty)
        let taken = try await home.run("project", "update", "shop", "--rename", "Billing")
        #expect(taken.status == 1 && taken.errors.contains("Billing"), "\(taken.errors)")
        #expect(try await home.run("project", "update", "shop").status == 64)
        #expect(try await home.run("project", "update", "shop", "--rename", "SHOP").status == 0)
        let gone = try await home.run("project", "update", "shop", "--repository", "/no/such/folder")
        #expect(gone.status == 0 && gone.errors.contains("there is no folder /no/such/folder yet"))
        _ = try await home.run("project", "update", "shop", "--clear", "repository", "--clear", "tags")
        #expect(try await !home.run("project", "show", "shop").output.contains("repository"))
    }

    @Test func aPlanIsChanged() async throws {
        _ = try await home.run("project", "new", "website")
        _ = try await home.run("plan", "new", "sync", "--project", "website")
        _ = try await home.run("plan", "new", "release", "--project", "website")
        let changed = try await home.run(
            "plan", "update", "2", "--priority", "high", "--estimate", "600", "--owner", "Ada", "--due", "2027-03-01",
            "--milestone", "beta", "--depends-on", "1", "--description", "The first one")
        #expect(changed.status == 0, "\(changed.errors)")
        let shown = try await home.run("plan", "show", "2").output
        for fact in [
            "The first one", "priority: high", "estimate: 600 minutes", "owner: Ada", "due: 2027-03-01",
            "milestones: beta", "waits for: plan 1, sync (draft)",
        ] { #expect(shown.contains(fact), "\(shown)") }
        for (arguments, status, message) in [
            (["--depends-on", "2"], 1, "cannot wait for itself"), (["--depends-on", "9"], 1, "there is no plan 9"),
            (["--due", "2027-02-31"], 64, "There is no such day."), (["--due", "soon"], 64, "as 2027-03-01"),
            (["--estimate", "0"], 64, "at least one minute"), (["--estimate", "3 moons"], 64, "90m, 4h, 2d or 1w"),
            (["--title", "SYNC"], 1, "SYNC"), ([], 64, "Say what to change"),
        ] {
            let ended = try await home.run(["plan", "update", "2"] + arguments)
            #expect(ended.status == Int32(status) && ended.errors.contains(message), "\(arguments): \(ended.errors)")
        }
        let circle = try await home.run("plan", "update", "1", "--depends-on", "2")
        #expect(
            circle.status == 1
                && circle.errors.contains("a plan cannot wait for itself: plan 1 waits for plan 2 waits for plan 1"))
        let json = try JSONValue(parsing: try await home.run("plan", "show", "2", "--json").output)
        #expect(json["waits_for"]?.array?.first?["title"] == "sync")
        _ = try await home.run(
            "plan", "update", "2", "--clear", "due", "--clear", "depends-on", "--title", "beta release")
        let after = try await home.run("plan", "show", "2").output
        #expect(!after.contains("due:") && !after.contains("waits for") && after.contains("owner: Ada"))
        #expect(try await home.run("plan", "list").output.contains("beta release"))
    }

    @Test func tasksAreBegunAndFinished() async throws {
        _ = try await home.run("project", "new", "website")
        _ = try await home.run("plan", "new", "sync", "--project", "website")
        for (title, more) in [("pack", []), ("ship", ["--depends-on", "1", "--estimate", "4h"]), ("tell", [])] {
            let added = try await home.run(["task", "add", title, "--plan", "1"] + more)
            #expect(added.status == 0, "\(added.errors)")
        }
        #expect(
            try await home.run("task", "start", "1", "3", "--plan", "1").output
                == "Task 1 is in_progress, medium: pack\nTask 3 is in_progress, medium: tell\n")
        let done = try await home.run(
            "task", "done", "1", "--plan", "1", "--actual", "90", "--evidence", "commit 4f2a", "--json")
        let task = try JSONValue(parsing: done.output).array?.first
        #expect(task?["status"] == "done" && task?["actual_minutes"] == 90 && task?["evidence"] == "commit 4f2a")
        #expect(try await home.run("task", "show", "2", "--plan", "1").output.contains("240 minutes"))
        // What is done is begun anew only when somebody asks for that.
        let again = try await home.run("task", "start", "1", "--plan", "1")
        #expect(again.status == 1 && again.errors.contains("reopened"), "\(again.errors)")
        // One of them is not there: nothing changes.
        #expect(try await home.run("task", "done", "2", "9", "--plan", "1").errors.contains("no task 9"))
        #expect(try await home.run("task", "list", "--status", "done", "--plan", "1").output.contains("pack"))
        #expect(try await !home.run("task", "list", "--status", "done", "--plan", "1").output.contains("ship"))
    }

    @Test func whatAFinishedTaskMadeReadyIsNamed() async throws {
        _ = try await home.run("project", "new", "website")
        _ = try await home.run("plan", "new", "sync", "--project", "website")
        _ = try await home.run("task", "add", "pack", "--plan", "1")
        _ = try await home.run("task", "add", "ship", "--plan", "1", "--depends-on", "1")
        #expect(
            try await home.run("task", "done", "1", "--plan", "1").output
                == "Task 1 is done, medium: pack\nTask 2 can begin now: ship\n")
    }
}
