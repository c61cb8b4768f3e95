import Foundation
import Support
import Testing

/// A folder for one Aloud of its own, and the binary that was built with the tests.
final class AloudHome: Sendable {
    let folder: String

    init() {
        folder = NSTemporaryDirectory() + "ah-" + UUID().uuidString.prefix(8)
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var database: String { folder + "/data/aloud.db" }
    var socket: String { folder + "/run/aloud.sock" }

    static var binary: String {
        // The test bundle lies beside the products.
        let arguments = CommandLine.arguments
        let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appending(path: "aloud").path
    }

    struct Ended {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs `aloud` to its end.
    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Ended {
        let process = try RunningProcess(Self.binary, arguments, environment: self.environment(environment))
        process.write(input)
        process.closeInput()
        return await process.ended()
    }

    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningProcess {
        try RunningProcess(Self.binary, arguments, environment: self.environment(environment))
    }

    func environment(_ more: [String: String] = [:]) -> [String: String] {
        ["ALOUD_HOME": folder, "PATH": "/usr/bin:/bin", "HOME": folder].merging(more) { $1 }
    }
}

/// A process whose output is gathered while it runs.
final class RunningProcess: Sendable {
    let processId: Int32
    private let exit: Task<Int32, Never>
    private let input: FileHandle
    private let output = Shared(Data())
    private let errors = Shared(Data())
    private let readers: [Task<Void, Never>]

    init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        let (standardInput, standardOutput, standardError) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardError
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended in
            end.yield(ended.terminationStatus)
            end.finish()
        }
        try process.run()
        processId = process.processIdentifier
        exit = Task { await ends.first { _ in true } ?? -1 }
        input = standardInput.fileHandleForWriting
        readers = [
            Self.gather(standardOutput.fileHandleForReading, into: output),
            Self.gather(standardError.fileHandleForReading, into: errors),
        ]
    }

    var outputSoFar: String { String(decoding: output.value, as: UTF8.self) }
    var errorsSoFar: String { String(decoding: errors.value, as: UTF8.self) }

    func write(_ text: String) { try? input.write(contentsOf: Data(text.utf8)) }
    func closeInput() { try? input.close() }
    func signal(_ number: Int32) { kill(processId, number) }

    func ended() async -> AloudHome.Ended {
        for reader in readers { await reader.value }
        return AloudHome.Ended(status: await exit.value, output: outputSoFar, errors: errorsSoFar)
    }

    private static func gather(_ handle: FileHandle, into data: Shared<Data>) -> Task<Void, Never> {
        Task {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    while true {
                        // What there is now; `read(upToCount:)` would wait for as much as was asked for.
                        let piece = handle.availableData
                        guard !piece.isEmpty else { break }
                        data.update { $0.append(piece) }
                    }
                    continuation.resume()
                }
            }
        }
    }
}

/// Looks again and again until `isTrue`, at most `limit`; what happens in another process has no event to wait for.
func eventually(
    within limit: Duration = .seconds(20), _ isTrue: @Sendable () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await isTrue() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}
