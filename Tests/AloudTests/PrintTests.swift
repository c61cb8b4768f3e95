import AloudProcess
import Audio
import Foundation
import Support
import Testing

/// Plans as pages, on paper and as speech.
@Suite(.serialized) struct PrintTests {
    private func planned() async throws -> AloudHome {
        let home = AloudHome()
        _ = try await home.run("project", "new", "website")
        _ = try await home.run("plan", "new", "offline sync", "--project", "website")
        let text = home.folder + "/plan.md"
        try NewFile.write(
            "# Offline sync\n\n## Overview\n\nNotes work on a train.\n\n## Design\n\nMerge by section.\n".utf8, to: text
        )
        _ = try await home.run("plan", "edit", "1", "--file", text)
        _ = try await home.run("task", "add", "write", "the", "migration", "--plan", "1")
        return home
    }

    private static let hasPrinter = FileManager.default.isExecutableFile(atPath: "/usr/bin/weasyprint")

    @Test(.enabled(if: hasPrinter)) func aPlanIsPrinted() async throws {
        let home = try await planned()
        let file = home.folder + "/plan.pdf"
        let ended = try await home.run("plan", "export", "1", "--format", "pdf", "--out", file)
        #expect(ended.status == 0, "\(ended.errors)")
        let reader = try RunningProcess("/usr/bin/pdftotext", [file, "-"], environment: [:])
        let text = await reader.ended().output
        #expect(
            text.contains("Offline sync") && text.contains("write the migration")
                && text.filter { !$0.isWhitespace }.contains("1/1"), "\(text)")
    }

    /// Each carries the plan's id, so that a newer export of the plan may take its place and nothing else may.
    @Test(.enabled(if: hasPrinter), arguments: ["html", "pdf", "opus"])
    func anExportIsReplacedByANewerOneOfTheSamePlan(format: String) async throws {
        let home = try await planned()
        let file = home.folder + "/plan." + format
        func export(_ plan: String) async throws -> AloudHome.Ended {
            try await home.run("plan", "export", plan, "--format", format, "--out", file)
        }
        #expect(try await export("1").status == 0)
        #expect(try await home.run("task", "add", "tell the users", "--plan", "1").status == 0)
        let again = try await export("1")
        #expect(again.status == 0 && again.output.hasPrefix("replaced"), "\(again.output)\(again.errors)")
        #expect(try await home.run("plan", "new", "another", "--project", "website").status == 0)
        let other = try await export("2")
        #expect(other.status == 1 && other.errors.contains("--force"), "\(other.output)\(other.errors)")
    }

    @Test func withoutThePrinterItIsSaidWhatToDo() async throws {
        let home = try await planned()
        let ended = try await home.run(
            "plan", "export", "1", "--format", "pdf", "--out", home.folder + "/plan.pdf",
            environment: ["PATH": "/nonexistent"])
        #expect(ended.status == 1 && ended.errors.contains("apt-get install weasyprint"), "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: home.folder + "/plan.pdf"))
    }

    @Test func aSummaryIsSpokenIntoAFile() async throws {
        let home = try await planned()
        let file = home.folder + "/plan.opus"
        let ended = try await home.run("plan", "export", "1", "--format", "opus", "--out", file)
        #expect(ended.status == 0, "\(ended.errors)")
        let sound = try AudioFile.read(file)
        #expect(5_000...60_000 ~= sound.milliseconds, "\(sound.milliseconds)")
    }

    @Test func aPageIsMadeAndOtherEndingsAreRefused() async throws {
        let home = try await planned()
        let shown = try await home.run("plan", "export", "1", "--format", "html")
        #expect(shown.output.contains("Notes work on a train.") && !shown.output.contains("http"))
        let file = home.folder + "/plan.html"
        for _ in 1...2 {
            let made = try await home.run("plan", "export", "1", "--format", "html", "--out", file)
            #expect(made.status == 0, "\(made.errors)")
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == shown.output)
        #expect(try await home.run("plan", "export", "1", "--format", "docx").status == 64)
        #expect(try await home.run("plan", "export", "1", "--format", "pdf").status == 64)
        let nowhere = try await home.run("plan", "export", "1", "--format", "html", "--out", file + "/below.html")
        #expect(nowhere.status != 0 && nowhere.errors.contains(file), "\(nowhere.errors)")
    }
}
