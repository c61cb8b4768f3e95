import Audio
import Foundation
import Support
import Testing

@testable import Speech

@Suite struct DebugRecorderTests {
    private let folder = NSTemporaryDirectory() + "aloud-debug-" + UUID().uuidString

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    /// Frames of a tone, one by one, as a microphone would give them.
    private func tone(_ frames: Int) -> FrameSource {
        let left = Shared(frames)
        return FrameSource { frame in
            guard
                left.update({ left in
                    left -= 1; return left >= 0
                })
            else { return .end }
            for index in frame.indices { frame[index] = Int16(8000 * sin(Double(index) * 2 * .pi / 16)) }
            return .frame
        }
    }

    private func listen(to source: FrameSource, _ recorder: DebugRecorder) {
        let source = recorder.recorded(source)
        var frame = [Int16](repeating: 0, count: SpeechFormat.frame)
        while case .frame = frame.withUnsafeMutableBufferPointer({ source.read($0) }) {}
    }

    @Test func whatIsHeardAndWhatHappensIsKept() async throws {
        let recorder = try DebugRecorder(folder: folder, limit: 10_000_000)
        recorder.note(#"{"event":"woke"}"#)
        listen(to: tone(300), recorder)
        await recorder.end()
        let files = try files()
        #expect(
            files.map { $0.split(separator: ".").dropFirst().joined(separator: ".") }
                == ["events.jsonl", "heard.opus", "played.opus"])
        for (file, isLoud) in zip(files.dropFirst(), [true, false]) {
            let path = folder + "/" + file
            let sound = try OggOpusDecoder.decode(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
            #expect((2900...3100).contains(sound.milliseconds), "\(file)")
            #expect((sound.samples.contains { abs(Int($0)) > 4000 }) == isLoud)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        #expect(try DebugRecording.delete(in: folder) == 3)
        #expect(try self.files().isEmpty)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func theOldestMinutesGoWhenTheRoomIsFull() async throws {
        try PrivateFolder.make(folder)
        for minute in 0..<5 {
            let name = folder + "/20260101T00000000\(minute)Z.heard.opus"
            try NewFile.write([UInt8](repeating: 0, count: 400_000), to: name)
        }
        let note = folder + "/mine.txt"
        try NewFile.write([UInt8](repeating: 0, count: 4_000_000), to: note)
        let recorder = try DebugRecorder(folder: folder, limit: 2_000_000)
        listen(to: tone(10), recorder)
        await recorder.end()
        let left = try files().filter { $0.hasPrefix("20260101") }
        #expect(
            left == [
                "20260101T000000002Z.heard.opus", "20260101T000000003Z.heard.opus", "20260101T000000004Z.heard.opus",
            ])
        #expect(FileManager.default.fileExists(atPath: note))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func aFolderThatIsNotThereIsNoReasonToFail() throws {
        #expect(try DebugRecording.delete(in: folder) == 0)
    }
}
