import AloudProcess
import Foundation
import Planning
import Server
import Storage
import Support
import Testing

/// Copies that can be trusted, and words that are really gone.
@Suite(.serialized) struct KeepingTests {
    private func holds(_ file: String, _ word: String) throws -> Bool {
        try Data(contentsOf: URL(fileURLWithPath: file)).range(of: Data(word.utf8)) != nil
    }

    /// Everything that lies in the home.
    private func files(_ home: AloudHome) -> [String] {
        FileManager.default.subpaths(atPath: home.folder)?.map { home.folder + "/" + $0 }.filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
        } ?? []
    }

    @Test func aCopyIsMadeWhileTheDaemonWrites() async throws {
        let home = AloudHome()
        let daemon = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        let writer = Task {
            for number in 1...60 {
                _ = await RawClient.exchange(home.socket, Array("create new project number \(number)\n".utf8))
            }
        }
        let copy = home.folder + "/copies/one.db"
        #expect(try await eventually { try await home.run("project", "list", "--json").output.count > 200 })
        let made = try await home.run("backup", copy)
        #expect(made.status == 0 && made.output.hasPrefix("Copied to \(copy), "), "\(made.errors)")
        await writer.value
        daemon.signal(SIGTERM)
        _ = await daemon.ended()
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.folder + "/copies") == ["one.db"])
        let store = try await Store.open(path: copy)
        #expect(try await store.integrityFaults().isEmpty)
        let count = try await store.projectCount()
        #expect((1...60).contains(count))
        try store.close()
        let again = try await home.run("backup", copy)
        #expect(again.status == 77 && again.errors.contains("nothing is written over"))
    }

    @Test func aCopyIsGoneBackToAndWhatWasThereIsKept() async throws {
        let home = AloudHome()
        _ = try await home.run("project", "new", "first")
        let made = try await home.run("backup", "--json")
        let copy = try #require(try JSONValue(parsing: made.output)["path"]?.string)
        _ = try await home.run("project", "new", "second")
        #expect(try await home.run("restore", copy).status == 64)
        let restored = try await home.run("restore", copy, "--yes")
        #expect(restored.status == 0 && restored.output.contains(".before-restore."), "\(restored.errors)")
        #expect(!(try await home.run("project", "list").output.contains("second")))
        let back = try await home.run("restore", home.database + ".before-restore", "--yes")
        #expect(back.status == 0, "\(back.errors)")
        #expect(try await home.run("project", "list").output.contains("second"))
    }

    @Test(arguments: ["missing", "text", "other", "cut"]) func whatIsNoCopyChangesNothing(kind: String) async throws {
        let home = AloudHome()
        for number in 1...30 { _ = try await home.run("project", "new", "project \(number)") }
        let copy = home.folder + "/copy.db"
        switch kind {
        case "text": try NewFile.write("hello".utf8, to: copy)
        case "other":
            let sqlite = try RunningProcess("/usr/bin/sqlite3", [copy, "CREATE TABLE x (y)"], environment: [:])
            _ = await sqlite.ended()
        case "cut":
            _ = try await home.run("backup", copy)
            #expect(truncate(copy, 40_000) == 0)
        default: break
        }
        let ended = try await home.run("restore", copy, "--yes")
        #expect(ended.status != 0 && ended.errors.contains(copy), "\(ended.output) \(ended.errors)")
        #expect(try await home.run("project", "list", "--json").output.contains("project 30"))
        #expect(!FileManager.default.fileExists(atPath: home.database + ".before-restore"))
    }

    @Test func aForgottenProjectLeavesNoTrace() async throws {
        let home = AloudHome()
        for line in [
            "create new project harmless", "note keep this here", "create new project zebrafish",
            "create devplan quokka migration", "It moves wallaby records", "add task write pangolin tests",
            "note mention the axolotl", "save this plan", "what is a tapir", "open project harmless", "note and this",
        ] { _ = try await home.run("say", line) }
        #expect(try await home.run("search", "quokka").output.contains("zebrafish"))
        let words = ["zebrafish", "quokka", "wallaby", "pangolin", "axolotl", "tapir"]
        #expect(try words.allSatisfy { word in try files(home).contains { try holds($0, word) } })
        let ended = try await home.run("forget", "--project", "zebrafish", "--yes")
        #expect(ended.status == 0 && ended.output.hasSuffix("and 1 plan.\n"), "\(ended.errors)")
        for word in words {
            for file in files(home) { #expect(try !holds(file, word), "\(word) is left in \(file)") }
        }
        #expect(try await home.run("search", "quokka", "wallaby", "tapir").output == "Nothing has these words.\n")
        let shown = try await home.run("project", "show", "harmless")
        #expect(shown.output.contains("keep this here") && shown.output.contains("and this"))
        // What has no image any more cannot be brought back, and says nothing of itself.
        for _ in 1...20 { #expect(!(try await home.run("say", "undo").output.contains("zebrafish"))) }
        let store = try await Store.open(path: home.database)
        #expect(try await store.integrityFaults().isEmpty)
        #expect(try await store.projects().allSatisfy { $0.name == "harmless" })
        try store.close()
    }

    @Test func theLastWordsAndADayAreForgottenAndWhatCameOfThemStays() async throws {
        let home = AloudHome()
        for line in ["create new project garden", "the numbat said nothing of use"] {
            _ = try await home.run("say", line)
        }
        #expect(try await home.run("forget", "--last", "--yes").output == "Forgotten: 2 turns.\n")
        #expect(try await home.run("stats").output.contains("2 turns"))
        let today = Date().formatted(.iso8601.year().month().day())
        #expect(try await home.run("forget", "--day", "2001-01-01", "--yes").output == "Forgotten: 0 turns.\n")
        #expect(try await home.run("forget", "--day", today, "--yes").output == "Forgotten: 2 turns.\n")
        #expect(try await home.run("project", "list").output.contains("garden"))
        #expect(try await home.run("forget", "--last").status == 64)
        #expect(try await home.run("forget", "--yes").status == 64)
        #expect(try await home.run("forget", "--day", "2027-02-31", "--yes").status == 64)
    }
}
