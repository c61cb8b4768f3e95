import Foundation
import Support

/// A process whose output is gathered while it runs. By posix_spawn(3), with no descriptor but its own three: Foundation's
/// `Process` notices an end late when another child has inherited its socket.
package final class RunningProcess: Sendable {
    package let processId: Int32
    private let exit: Task<Int32, Never>
    private let input: Int32
    private let isInputOpen = Shared(true)
    private let output = Shared(Data())
    private let errors = Shared(Data())
    private let readers: [Task<Void, Never>]

    struct SpawnError: Error { let path: String, code: Int32 }

    /// A child that ended early must not end the tests that still write to it.
    private static let ignoresBrokenPipes: Void = { _ = Glibc.signal(SIGPIPE, SIG_IGN) }()

    package init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
        _ = Self.ignoresBrokenPipes
        let (inputReading, inputWriting) = try Self.pipe()
        let (outputReading, outputWriting) = try Self.pipe()
        let (errorsReading, errorsWriting) = try Self.pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, number) in [(inputReading, 0), (outputWriting, 1), (errorsWriting, 2)] {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // The threads of the cooperative pool block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, path, &actions, &attributes, words, variables)
        for descriptor in [inputReading, outputWriting, errorsWriting] { close(descriptor) }
        guard code == 0 else { throw SpawnError(path: path, code: code) }
        processId = child
        input = inputWriting
        exit = Self.onThread { [child] in Self.wait(for: child) }
        readers = [
            Self.onThread { [output] in Self.gather(outputReading, into: output) },
            Self.onThread { [errors] in Self.gather(errorsReading, into: errors) },
        ]
    }

    deinit { closeInput() }

    package var outputSoFar: String { String(decoding: output.value, as: UTF8.self) }
    package var errorsSoFar: String { String(decoding: errors.value, as: UTF8.self) }

    /// proc(5)
    package var residentMegabytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(processId)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (Double(line.filter(\.isNumber)) ?? 0) / 1024
    }

    package func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    package func closeInput() {
        let wasOpen = isInputOpen.update { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { close(input) }
    }

    package func signal(_ number: Int32) { kill(processId, number) }

    package func ended() async -> AloudHome.Ended {
        for reader in readers { await reader.value }
        return AloudHome.Ended(status: await exit.value, output: outputSoFar, errors: errorsSoFar)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw SpawnError(path: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Task<Value, Never> {
        Task {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: work()) }
            }
        }
    }

    /// The exit status, or the negative number of the signal that ended it.
    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    }

    private static func gather(_ descriptor: Int32, into data: Shared<Data>) {
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            let piece = Data(buffer[..<count])
            data.update { $0.append(piece) }
        }
    }
}
