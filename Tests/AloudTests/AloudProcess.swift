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
