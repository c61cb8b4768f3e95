import Audio
import Foundation
import Testing

@Suite final class AudioFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "aloud-files-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String, _ bytes: [UInt8]) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        return file.path
    }

    @Test("A sound is known by its bytes, whatever its name")
    func sniffing() throws {
        let pcm = PCM(samples: Signal.ramp(480), rate: 48_000)
        #expect(try AudioFile.read(path("a.ogg", WAVFile.write(pcm))) == pcm)
        let encoder = try OggOpusEncoder(rate: 48_000)
        let opus = try encoder.encode(pcm.samples) + encoder.finish()
        #expect(try AudioFile.read(path("b.wav", opus)).samples.count == 480)
    }

    @Test("What is no sound says why")
    func refusals() throws {
        #expect(throws: AudioFileError.missing) { try AudioFile.read("/nowhere/at/all.wav") }
        #expect(throws: AudioFileError.empty) { try AudioFile.read(path("empty.wav", [])) }
        #expect(throws: AudioFileError.directory) { try AudioFile.read(folder.path) }
        #expect(throws: AudioFileError.notAudio) { try AudioFile.read(path("text", Array("plain words".utf8))) }
        #expect(throws: AudioFileError.notAudio) { try AudioFile.read("/dev/zero") }
        #expect(throws: AudioFileError.empty) { try AudioFile.read(path("none.wav", WAVFile.write(PCM(rate: 8000)))) }
        let fifo = folder.appending(path: "fifo").path
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(throws: AudioFileError.notAudio) { try AudioFile.read(fifo) }
    }

    @Test("More than an hour is refused before it is decoded")
    func tooLong() throws {
        // 1 kHz, 8 bits: an hour and a second in 3.6 MB.
        var bytes = WAVFile.write(PCM(samples: [0], rate: 1000))
        bytes.replaceSubrange(32..<36, with: [1, 0, 8, 0])
        bytes.replaceSubrange(40..<44, with: [255, 255, 255, 255])
        bytes += [UInt8](repeating: 128, count: 3_601_000)
        #expect(throws: AudioFileError.tooLong(seconds: 3601)) { try AudioFile.decode(bytes) }
    }
}
