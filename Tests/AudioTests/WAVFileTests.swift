import Audio
import Foundation
import Testing

@Suite struct WAVFileTests {
    /// A WAVE file of one format and its data bytes.
    private func wav(
        tag: UInt16 = 1, channels: Int = 1, rate: Int = 16_000, bits: Int = 16, data: [UInt8], dataSize: UInt32? = nil,
        extensible: Bool = false, before: [UInt8] = []
    ) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        var format = little(extensible ? 0xFFFE : Int(tag), 2) + little(channels, 2) + little(rate, 4)
        format += little(rate * channels * bits / 8, 4) + little(channels * bits / 8, 2) + little(bits, 2)
        if extensible { format += little(22, 2) + little(bits, 2) + little(0, 4) + little(Int(tag), 2) + little(0, 14) }
        let body = Array("WAVEfmt ".utf8) + little(format.count, 4) + format + before
        let size = Int(dataSize ?? UInt32(data.count))
        return Array("RIFF".utf8) + little(body.count + 8 + data.count, 4) + body + Array("data".utf8)
            + little(size, 4) + data
    }

    private func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    @Test("What is written is read again")
    func roundTrip() throws {
        let pcm = PCM(samples: Signal.ramp(5000) + [.min, .max, 0, -1], rate: 22_050)
        #expect(try WAVFile.read(WAVFile.write(pcm)) == pcm)
        #expect(try WAVFile.read(WAVFile.write(PCM(rate: 8000))).samples.isEmpty)
    }

    @Test("Every width says the same")
    func widths() throws {
        let expected: [Int16] = [0, 16_384, -16_384, 32_512, -32_768]
        let wide = expected.map { Int32($0) << 16 }
        let three = wide.flatMap { bytes([$0])[1...] }
        let floats = expected.map { Float($0) / 32_767 }
        #expect(try WAVFile.read(wav(bits: 16, data: bytes(expected))).samples == expected)
        #expect(try WAVFile.read(wav(bits: 24, data: three)).samples == expected)
        #expect(try WAVFile.read(wav(bits: 32, data: bytes(wide))).samples == expected)
        #expect(try WAVFile.read(wav(bits: 24, data: three, extensible: true)).samples == expected)
        #expect(try WAVFile.read(wav(bits: 8, data: [128, 192, 64, 255, 0])).samples == expected)
        let read = try WAVFile.read(wav(tag: 3, bits: 32, data: bytes(floats))).samples
        #expect(zip(read, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
        let odd = try WAVFile.read(wav(tag: 3, bits: 32, data: bytes([Float.nan, .infinity, -9]))).samples
        #expect(odd == [0, 32_767, -32_767])
    }

    @Test("Channels become their mean, other chunks are passed over, half a frame is left out")
    func layouts() throws {
        let stereo: [Int16] = [100, 200, -100, -300, 5]
        #expect(try WAVFile.read(wav(channels: 2, data: bytes(stereo))).samples == [150, -200])
        let list = Array("LIST".utf8) + [3, 0, 0, 0] + [1, 2, 3, 0]
        #expect(try WAVFile.read(wav(data: bytes([7 as Int16]), before: list)).samples == [7])
    }

    @Test("A stream's size and a size too large give what is there", arguments: [0, 0xFFFF_FFFF, 4000] as [UInt32])
    func sizes(size: UInt32) throws {
        let samples = Signal.ramp(100)
        #expect(try WAVFile.read(wav(data: bytes(samples), dataSize: size)).samples == samples)
    }

    @Test("What is wrong is said, with its place")
    func errors() {
        let good = wav(data: [0, 0])
        let cases: [([UInt8], AudioFileError)] = [
            (Array("hello, this is text".utf8), .notAudio),
            (Array("RIFF".utf8), .notAudio),
            (Array("RIFF1234AVI fmt ".utf8), .unsupported("RIFF without WAVE")),
            (Array(good[..<12]), .malformed("no format chunk", offset: 12)),
            (Array(good[..<36]), .malformed("no data chunk", offset: 36)),
            (Array(good[..<30]), .malformed("a format chunk of 10 bytes", offset: 20)),
            (wav(channels: 0, data: []), .malformed("0 channels", offset: 22)),
            (wav(rate: 0, data: []), .malformed("a rate of 0", offset: 24)),
            (wav(tag: 7, bits: 8, data: []), .unsupported("WAV of kind 7 with 8 bits")),
        ]
        for (bytes, error) in cases { #expect(throws: error) { try WAVFile.read(bytes) } }
    }

    @Test("No bytes whatever bring it down", arguments: 0..<20)
    func mutations(seed: Int) throws {
        var generator = SeededGenerator(UInt64(seed))
        let encoder = try OggOpusEncoder()
        let opus = try encoder.encode(Signal.chirp(seconds: 0.5)) + encoder.finish()
        let wavs = WAVFile.write(PCM(samples: Signal.ramp(300), rate: 16_000))
        for _ in 0..<60 {
            for original in [opus, wavs, wav(channels: 3, bits: 24, data: bytes(Signal.ramp(99)), extensible: true)] {
                var bytes = original
                for _ in 0..<Int.random(in: 0...8, using: &generator) {
                    // The head is where the sense is.
                    let reach = Bool.random(using: &generator) ? 64 : bytes.count
                    bytes[Int.random(in: 0..<min(reach, bytes.count), using: &generator)] = .random(
                        in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) {
                    bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
                }
                do throws(AudioFileError) {
                    let pcm = try AudioFile.decode(bytes)
                    #expect(Resampler.rates ~= pcm.rate)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
