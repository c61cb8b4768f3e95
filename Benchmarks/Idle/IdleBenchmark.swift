import Audio
import Foundation
import VirtualSound

/// What the daemon costs while nobody speaks: processor time and memory of the real process, on room noise, in real time.
/// Arguments choose rows by name.
@main
struct IdleBenchmark {
    private struct Row {
        let name: String
        let mode: String
        var seconds = 60
        /// What is said before it is measured.
        var speech: [Int16] = []
        var settling = 3
        let processorLimit: Double
        let memoryLimit: Double
    }

    static func main() async throws {
        print("idle on room noise from a 48 kHz microphone; the last row a few seconds after a spoken request")
        print("mode           cpu %  limit   cpu s/h   rss MB  limit")
        let rows = [
            Row(name: "wake phrase", mode: "wake", processorLimit: 3, memoryLimit: 80),
            Row(name: "open", mode: "open", processorLimit: 1, memoryLimit: 80),
            Row(
                name: "models loaded", mode: "wake", seconds: 30, speech: try request(), settling: 15,
                processorLimit: 3, memoryLimit: 190),
        ]
        let wanted = CommandLine.arguments.dropFirst()
        for row in rows where wanted.isEmpty || wanted.contains(row.mode) || wanted.contains(row.name) {
            try await measure(row)
        }
    }

    private static func measure(_ row: Row) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "aloud-idle-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let sound = row.speech + room(seconds: row.settling + row.seconds + 10)
        try sound.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: folder + "/in.raw"))
        // Not 16 kHz: the conversion is part of what idling costs.
        let device = VirtualDevice(input: folder + "/in.raw", output: folder + "/out.raw", rate: 48_000, channels: 1)
        let virtual = try VirtualSound(["default": device])
        let daemon = Process()
        daemon.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "aloud")
        daemon.arguments = ["serve"]
        daemon.environment = ["ALOUD_HOME": folder, "ALOUD_VOICE_MODE": row.mode, "PATH": "/usr/bin:/bin"]
            .merging(virtual.environment) { $1 }
        daemon.standardError = FileHandle.nullDevice
        try daemon.run()
        defer {
            daemon.terminate()
            daemon.waitUntilExit()
        }
        try await Task.sleep(for: .seconds(row.settling))
        let before = try Reading(daemon.processIdentifier)
        try await Task.sleep(for: .seconds(row.seconds))
        let after = try Reading(daemon.processIdentifier)
        let used = after.cpuSeconds - before.cpuSeconds
        let columns = [
            row.name.padding(toLength: 13, withPad: " ", startingAt: 0), fixed(used * 100 / Double(row.seconds)),
            "≤ \(fixed(row.processorLimit))", fixed(used * 3600 / Double(row.seconds)),
            fixed(after.residentMegabytes), "≤ \(fixed(row.memoryLimit))",
        ]
        print(columns.joined(separator: "  "))
    }

    /// The wake phrase and a command, at 48 kHz.
    private static func request() throws -> [Int16] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "audio-fixtures/wake/one-breath.rms.opus")
        return room(seconds: 1) + (try Resampler.convert(AudioFile.read(file.path), to: 48_000).samples)
    }

    private static func fixed(_ value: Double) -> String {
        let text = String((value * 100).rounded() / 100)
        return String(repeating: " ", count: max(0, 6 - text.count)) + text
    }

    /// A quiet room at 48 kHz: noise near −58 dB with a slow swell and a hum.
    private static func room(seconds: Int) -> [Int16] {
        var seed: UInt64 = 88_172_645_463_325_252
        var low = 0.0
        return (0..<seconds * 48_000).map { index -> Int16 in
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            let white = Double(Int64(bitPattern: seed) % 1000) / 1000
            low = 0.98 * low + 0.02 * white
            let time = Double(index) / 48_000
            let swell = 1 + 0.4 * sin(2 * .pi * 0.11 * time)
            return Int16(swell * (260 * low + 12 * white) + 9 * sin(2 * .pi * 50 * time))
        }
    }
}

/// A process's processor time and memory, from /proc (proc(5)).
private struct Reading {
    let cpuSeconds: Double
    let residentMegabytes: Double

    init(_ processId: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(processId)/stat", encoding: .utf8)
        // The name in parentheses may hold spaces; utime and stime are the 12th and 13th fields after it.
        let fields = stat.drop { $0 != ")" }.split(separator: " ")
        let ticks = (Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0)
        cpuSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        let status = try String(contentsOfFile: "/proc/\(processId)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        residentMegabytes = (Double(line.filter(\.isNumber)) ?? 0) / 1024
    }
}
