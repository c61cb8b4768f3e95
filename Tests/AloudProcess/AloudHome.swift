import Foundation
import Support

/// A folder for one Aloud of its own, and the binary that was built beside this program.
package final class AloudHome: Sendable {
    package let folder: String

    package init() {
        folder = NSTemporaryDirectory() + "ah-" + UUID().uuidString.prefix(8)
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    package var database: String { folder + "/data/aloud.db" }
    package var socket: String { folder + "/run/aloud.sock" }

    package static var binary: String {
        // The test bundle lies beside the products.
        let arguments = CommandLine.arguments
        let bundle = arguments.first { $0.hasSuffix(".xctest") } ?? arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appending(path: "aloud").path
    }

    package struct Ended {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    /// Runs `aloud` to its end.
    package func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws
        -> Ended
    {
        try await run(arguments, input: input, environment: environment)
    }

    package func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Ended {
        let process = try RunningProcess(Self.binary, arguments, environment: self.environment(environment))
        process.write(input)
        process.closeInput()
        return await process.ended()
    }

    package func start(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningProcess {
        try RunningProcess(Self.binary, arguments, environment: self.environment(environment))
    }

    package func environment(_ more: [String: String] = [:]) -> [String: String] {
        ["ALOUD_HOME": folder, "PATH": "/usr/bin:/bin", "HOME": folder].merging(more) { $1 }
    }
}

/// Looks again and again until `isTrue`, at most `limit`; what happens in another process has no event to wait for.
package func eventually(
    within limit: Duration = .seconds(20), every pause: Duration = .milliseconds(20),
    _ isTrue: @Sendable () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if try await isTrue() { return true }
        try await Task.sleep(for: pause)
    }
    return false
}
