import AloudProcess
import Foundation
import Support
import Testing

@testable import aloud

/// Where the answers go: nowhere left to write them, and nothing in them that a terminal obeys.
@Suite struct OutputTests {
    private func intoTheFullDevice(_ home: AloudHome, _ arguments: String) async throws -> AloudHome.Ended {
        let process = try RunningProcess(
            "/bin/sh", ["-c", "exec \(AloudHome.binary) \(arguments) > /dev/full"], environment: home.environment())
        process.closeInput()
        return await process.ended()
    }

    @Test(arguments: ["project list --json", "say status", "config reference", "--help", "--version", "help plan"])
    func outputThatIsLostIsAFailure(arguments: String) async throws {
        let ended = try await intoTheFullDevice(AloudHome(), arguments)
        #expect(ended.status == 1)
        #expect(ended.errors == "aloud: the output could not be written: No space left on device\n")
    }

    @Test func theHelpIsShownOnStandardOutput() async throws {
        let ended = try await AloudHome().run("--help")
        #expect(ended.status == 0 && ended.output.contains("Plan software out loud.") && ended.errors.isEmpty)
        #expect(try await AloudHome().run("--version").output == "0.1.0\n")
    }

    @Test func aReplyThatCannotBeWrittenIsAFailure() async throws {
        let home = AloudHome()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "audio-fixtures/demo/2-show-projects.wav").path
        try #require(FileManager.default.fileExists(atPath: file))
        let ended = try await home.run("hear", file, "--out", "/proc/self")
        #expect(ended.status == 1)
        #expect(ended.errors.contains("cannot write /proc/self/reply-001.wav"), "\(ended.errors)")
        #expect(ended.output.contains("You have no projects yet"))
        let refused = try await home.run("hear", file, "--out", "/dev/null/x")
        #expect(refused.status == 77 && refused.errors.contains("/dev/null"), "\(refused.errors)")
    }

    @Test func nothingThatIsStoredCommandsTheTerminal() async throws {
        let home = AloudHome()
        let hostile = "red \u{1B}[31m\u{9B}2J\u{7}\u{202E}alert"
        #expect(try await home.run("project", "new", hostile).output == "Created project red [31m2Jalert.\n")
        _ = try await home.run("say", "open project red [31m2Jalert")
        let typed = try await home.run("talk", input: "note \u{1B}]0;owned\u{7} and more\n")
        #expect(!typed.output.utf8.contains(0x1B) && typed.output.contains("Noted: ]0;owned and more."))
        // What an older version kept is shown without it too.
        let sqlite = try RunningProcess(
            "/usr/bin/sqlite3", [home.database, "UPDATE project SET description = char(27) || '[2J'"], environment: [:])
        _ = await sqlite.ended()
        let shown = try await home.run("project", "show", "red [31m2Jalert")
        #expect(shown.status == 0 && !shown.output.utf8.contains(0x1B), "\(shown.errors)")
    }

    @Test func namesThatLookAlikeAreOne() async throws {
        let home = AloudHome()
        #expect(try await home.run("project", "new", "cafe\u{301}  menu").status == 0)
        let second = try await home.run("project", "new", "caf\u{E9} menu")
        #expect(second.status == 1 && second.errors.contains("exists already"))
        for nothing in ["\u{200B}", "\u{00A0}\u{2003}"] {
            let ended = try await home.run("project", "new", nothing)
            #expect(ended.status != 0 && !ended.errors.contains("CHECK"), "\(ended.errors)")
        }
        let marked = try await home.run("project", "new", "e" + String(repeating: "\u{301}", count: 5000))
        #expect(marked.status == 1 && marked.errors.contains("has 1 to 200 characters"), "\(marked.errors)")
    }

    @Test func aTurnHasItsBound() async throws {
        let home = AloudHome()
        let long = String(repeating: "word ", count: 14_000)
        let talked = try await home.run("talk", input: long + "\nshow my projects\n")
        #expect(talked.output.contains("You have no projects yet"), "\(talked.errors)")
        #expect(talked.errors.contains("at most 64 KiB"))
    }

    @Test(arguments: [("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("👩", 2), ("", 0)])
    func aTableKnowsHowWideItsCellsAre(text: String, columns: Int) {
        #expect(Terminal.columns(text) == columns)
    }

    @Test func helpSaysWhatToAdd() async throws {
        let home = AloudHome()
        #expect(
            try await home.run("say", "help").output
                == "You can say: create new project, and a name; or: status; or: mute. "
                + "Or just tell me what you are planning.\n")
        let muted = try await home.run("say", "mute")
        #expect(muted.status == 69 && muted.errors.contains("no daemon runs"))
    }
}
