import Audio
import Testing

@Suite struct OggOpusTests {
    private func pages(in bytes: [UInt8]) -> Int {
        bytes.indices.dropLast(3).count { bytes[$0...].starts(with: "OggS".utf8) }
    }

    @Test("A sound comes back whole, in place and like itself", arguments: [0.02, 0.5, 1.2345, 5.0])
    func roundTrip(seconds: Double) throws {
        let samples = Signal.chirp(seconds: seconds)
        let encoder = try OggOpusEncoder()
        let bytes = try encoder.encode(samples) + encoder.finish()
        let decoded = try OggOpusDecoder.decode(bytes)
        #expect(decoded.rate == 48_000)
        #expect(decoded.samples.count == samples.count * 3)
        let back = try Resampler.convert(decoded, to: 16_000)
        #expect(back.samples.count == samples.count)
        guard seconds >= 0.5 else { return }
        // A chirp is hard on a codec made for speech; its place is what counts, and it is like itself at that place only.
        let shifted = (0...40).map { Signal.correlation(samples.dropFirst(20), back.samples.dropFirst($0)) }
        #expect(shifted.max() == shifted[19...21].max())
        #expect(shifted[20] > (seconds < 1 ? 0.75 : 0.9))
    }

    @Test("The pages are out while the speaker talks")
    func streaming() throws {
        let samples = Signal.chirp(seconds: 5)
        let encoder = try OggOpusEncoder()
        var early: [UInt8] = []
        for start in stride(from: 0, to: samples.count, by: 160) {
            early += try encoder.encode(Array(samples[start..<start + 160]))
        }
        let late = try encoder.finish()
        #expect(pages(in: early) >= 50)
        #expect(pages(in: late) <= 2)
        // About 24 kbit/s, and what the pages add to it.
        #expect((early.count + late.count) / 5 < 4200)
    }

    @Test("A finished encoder takes nothing more, and an empty one gives a whole file")
    func ends() throws {
        let encoder = try OggOpusEncoder()
        let bytes = try encoder.finish()
        #expect(try encoder.encode(Signal.ramp(160)).isEmpty)
        #expect(try encoder.finish().isEmpty)
        if !bytes.isEmpty { #expect(try OggOpusDecoder.decode(bytes).samples.isEmpty) }
    }

    @Test("A stream cut short gives what is there")
    func truncated() throws {
        let encoder = try OggOpusEncoder()
        let bytes = try encoder.encode(Signal.chirp(seconds: 2)) + encoder.finish()
        let half = try OggOpusDecoder.decode(Array(bytes[..<(bytes.count / 2)]))
        #expect(30_000...60_000 ~= half.samples.count)
    }
}
