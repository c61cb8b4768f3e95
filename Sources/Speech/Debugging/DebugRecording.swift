import Audio
import Foundation
import Planning
import Support

/// The files of a debug recording; lives on its thread. A minute is three of them: `….heard.opus`, `….played.opus`, both
/// Ogg Opus and of one length, and `….events.jsonl`.
package struct DebugRecording {
    private let folder: String
    private let limit: Int
    private var minute: Minute?

    /// Frames of a minute.
    private static let length = 6000

    private struct Minute {
        var heard: DebugTrack
        var played: DebugTrack
        let events: FileHandle
        var frames = 0
    }

    init(folder: String, limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    mutating func add(_ items: [DebugRecorder.Item]) throws {
        for item in items {
            var minute = try self.minute ?? begin()
            switch item {
            case .frame(let heard, let played):
                try minute.heard.add(heard)
                try minute.played.add(played)
                minute.frames += 1
            case .event(let line): try minute.events.write(contentsOf: Data((line + "\n").utf8))
            }
            self.minute = minute
            if minute.frames >= Self.length { try close() }
        }
    }

    mutating func close() throws {
        guard var done = minute else { return }
        minute = nil
        try done.heard.end()
        try done.played.end()
        try done.events.close()
    }

    private func begin() throws -> Minute {
        try makeRoom()
        let name = folder + "/" + Self.stamp
        return Minute(
            heard: try DebugTrack(name + ".heard.opus"), played: try DebugTrack(name + ".played.opus"),
            events: try Self.file(name + ".events.jsonl"))
    }

    /// UTC, in milliseconds: `20261122T055959123Z`.
    private static var stamp: String { Timestamp.now.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" } }

    static func file(_ path: String) throws -> FileHandle {
        try NewFile.write([UInt8](), to: path)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Names of the files of all minutes, the oldest first.
    private static func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".heard.opus") || $0.hasSuffix(".played.opus") || $0.hasSuffix(".events.jsonl") }
            .sorted()
    }

    /// Deletes all of it; what is being recorded now ends with its minute and is deleted too. How many files there were.
    @discardableResult
    package static func delete(in folder: String) throws -> Int {
        let files = files(in: folder)
        for file in files { try FileManager.default.removeItem(atPath: folder + "/" + file) }
        return files.count
    }

    /// Deletes the oldest until another minute fits.
    private func makeRoom() throws {
        let files = Self.files(in: folder)
        let sizes = files.map { file in
            let facts = try? FileManager.default.attributesOfItem(atPath: folder + "/" + file)
            return (facts?[.size] as? NSNumber)?.intValue ?? 0
        }
        var total = sizes.reduce(0, +)
        for (file, size) in zip(files, sizes) where total > limit - Self.aMinute {
            try FileManager.default.removeItem(atPath: folder + "/" + file)
            total -= size
        }
    }

    /// Bytes that a minute takes at most: two tracks of speech.
    private static let aMinute = 600_000
}

/// One track of a minute.
struct DebugTrack {
    private let encoder: OggOpusEncoder
    private let file: FileHandle

    init(_ path: String) throws {
        encoder = try OggOpusEncoder()
        file = try DebugRecording.file(path)
    }

    mutating func add(_ samples: [Int16]) throws {
        let pages = try encoder.encode(samples)
        if !pages.isEmpty { try file.write(contentsOf: pages) }
    }

    mutating func end() throws {
        try file.write(contentsOf: try encoder.finish())
        try file.close()
    }
}
