import Foundation
import Support

/// The Wyoming library of Python as a process (`Tests/WyomingPeer/peer.py`), which `make setup` installs.
package final class WyomingPeer: Sendable {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    private static let python = root + "/.build/wyoming-peer/bin/python"
    private static let script = root + "/Tests/WyomingPeer/peer.py"

    /// Whether `make setup` was run.
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

    package struct NotReady: Error { let errors: String }

    package let uri: String
    private let process: RunningProcess
    private let folder: String?

    /// Serves as `kind` on a socket of its own, or at `uri`.
    package init(serving kind: String, _ options: String..., uri: String? = nil) async throws {
        let folder = NSTemporaryDirectory() + "aw-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        self.uri = uri ?? "unix://\(folder)/peer.sock"
        process = try RunningProcess(
            Self.python, [Self.script, kind, self.uri] + options, environment: ["PATH": "/usr/bin:/bin"])
        let process = process
        guard try await eventually({ process.outputSoFar.contains("ready") }) else {
            throw NotReady(errors: process.errorsSoFar)
        }
    }

    deinit {
        process.signal(SIGKILL)
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// What it told so far, but for that it is ready.
    package var told: [JSONValue] {
        process.outputSoFar.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
            .filter { $0["ready"] == nil }
    }

    /// What it was told of the kind `event`.
    package func texts(_ event: String) -> [String] {
        told.filter { $0["event"]?.string == event }.map { $0["text"]?.string ?? "" }
    }

    /// Tells a satellite that its wake word was said.
    package func wake() { process.write("\n") }

    /// Ends it, as a crash would.
    package func kill() async {
        process.signal(SIGKILL)
        _ = await process.ended()
    }

    /// Asks whoever serves at `uri`, and gives what each command brought.
    package static func ask(_ uri: String, _ commands: String...) async throws -> [JSONValue] {
        let process = try RunningProcess(
            python, [script, "ask", uri] + commands, environment: ["PATH": "/usr/bin:/bin"])
        let ended = await process.ended()
        guard ended.status == 0 else { throw NotReady(errors: ended.errors) }
        return try ended.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// A port that nobody listens on now.
    package static func freePort() -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(descriptor, address, length)
                _ = getsockname(descriptor, address, &length)
            }
        }
        return Int(UInt16(bigEndian: name.sin_port))
    }
}
