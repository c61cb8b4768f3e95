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
        let ended = try await home.run("plan", "print", "1", file)
        #expect(ended.status == 0, "\(ended.errors)")
        let reader = try RunningProcess("/usr/bin/pdftotext", [file, "-"], environment: [:])
        let text = await reader.ended().output
        #expect(
            text.contains("Offline sync") && text.contains("write the migration")
                && text.filter { !$0.isWhitespace }.contains("1/1"), "\(text)")
        let again = try await home.run("plan", "print", "1", file)
        #expect(again.status == 1 && again.errors.contains("File exists"))
    }

    @Test func withoutThePrinterItIsSaidWhatToDo() async throws {
        let home = try await planned()
        let ended = try await home.run(
            "plan", "print", "1", home.folder + "/plan.pdf", environment: ["PATH": "/nonexistent"])
        #expect(ended.status == 1 && ended.errors.contains("apt-get install weasyprint"), "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: home.folder + "/plan.pdf"))
    }

    @Test func aSummaryIsSpokenIntoAFile() async throws {
        let home = try await planned()
        let file = home.folder + "/plan.opus"
        let ended = try await home.run("plan", "print", "1", file)
        #expect(ended.status == 0, "\(ended.errors)")
        let sound = try AudioFile.read(file)
        #expect(5_000...60_000 ~= sound.milliseconds, "\(sound.milliseconds)")
    }

    @Test func aPageIsMadeAndOtherEndingsAreRefused() async throws {
        let home = try await planned()
        #expect(try await home.run("plan", "print", "1", home.folder + "/plan.html").status == 0)
        let html = try String(contentsOfFile: home.folder + "/plan.html", encoding: .utf8)
        #expect(html.contains("Notes work on a train.") && !html.contains("http"))
        #expect(try await home.run("plan", "print", "1", home.folder + "/plan.docx").status == 64)
        #expect(try await home.run("plan", "print", "1", "/nonexistent/plan.html").status == 1)
        #expect(try await home.run("plan", "print", "1", home.folder + "/v.html", "--version", "9").status == 1)
    }
}
