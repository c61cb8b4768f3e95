import Foundation
import Support

/// Prints HTML as PDF with WeasyPrint, a program of its own that Debian has.
struct PDFPrinter: Sendable {
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    private static let deadline = Duration.seconds(120)

    /// The PDF. The page is handed over as a file, for its owner alone.
    func pdf(of html: String, environment: [String: String]) async throws -> [UInt8] {
        guard let program = program(environment) else {
            throw Problem(description: "PDF needs WeasyPrint; install it with: apt-get install weasyprint")
        }
        let folder = NSTemporaryDirectory() + "aloud-print-" + UUID().uuidString
        try PrivateFolder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (page, result, complaints) = (folder + "/page.html", folder + "/page.pdf", folder + "/complaints")
        try NewFile.write(html.utf8, to: page)
        try NewFile.write([], to: complaints)
        let status = try await run(program, ["--quiet", "--encoding", "utf-8", page, result], complaints, environment)
        guard status == 0, let pdf = FileManager.default.contents(atPath: result), pdf.starts(with: "%PDF".utf8) else {
            let said = FileManager.default.contents(atPath: complaints).map {
                String(decoding: $0.suffix(400), as: UTF8.self)
            }
            throw Problem(description: "WeasyPrint ended with \(status): \(CleanText.line(said ?? ""))")
        }
        return Array(pdf)
    }

    private func program(_ environment: [String: String]) -> String? {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { $0 + "/weasyprint" }
            .first { access($0, X_OK) == 0 }
    }

    private func run(
        _ program: String, _ arguments: [String], _ complaints: String, _ environment: [String: String]
    ) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: complaints) ?? FileHandle.nullDevice
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended in
            continuation.yield(ended.terminationStatus)
            continuation.finish()
        }
        try process.run()
        let processId = process.processIdentifier
        do {
            return try await withDeadline(PDFPrinter.deadline) {
                for await status in ends { return status }
                throw CancellationError()
            }
        } catch {
            kill(processId, SIGKILL)
            throw error is DeadlineError
                ? Problem(description: "WeasyPrint was not done within \(PDFPrinter.deadline.components.seconds) s")
                : error
        }
    }
}
