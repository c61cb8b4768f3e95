import Audio
import Testing

@Suite struct ResamplerTests {
    @Test(
        "A sine keeps its shape and its place at every rate",
        arguments: [(16_000, 48_000), (48_000, 16_000), (44_100, 16_000), (22_050, 48_000), (24_000, 48_000)])
    func quality(from: Int, to: Int) throws {
        let input = PCM(samples: Signal.sine(1000, seconds: 1, rate: from), rate: from)
        let output = try Resampler.convert(input, to: to)
        let wished = Signal.sine(1000, seconds: 1, rate: to)
        #expect(output.samples.count == to)
        // The edges ring: before and after the sound there is nothing.
        #expect(Signal.signalToNoise(Array(wished[400..<to - 400]), Array(output.samples[400..<to - 400])) > 60)
    }

    @Test("However it is cut, the stream is the same, and exactly as long as it should be")
    func streaming() throws {
        let samples = Signal.chirp(seconds: 1.2345, rate: 44_100)
        let whole = try Resampler.convert(PCM(samples: samples, rate: 44_100), to: 16_000)
        let resampler = try Resampler(from: 44_100, to: 16_000)
        for size in [1, 7, 160, 441, 4096] {
            var pieces: [Int16] = []
            for start in stride(from: 0, to: samples.count, by: size) {
                pieces += resampler.process(Array(samples[start..<min(samples.count, start + size)]))
            }
            pieces += resampler.flush()
            #expect(pieces == whole.samples)
        }
        #expect(whole.samples.count == resampler.expected(samples.count))
    }

    @Test("What lies above the new rate's reach is gone, not folded down")
    func aliases() throws {
        let input = PCM(samples: Signal.sine(11_000, seconds: 0.5, rate: 48_000), rate: 48_000)
        let output = try Resampler.convert(input, to: 16_000).samples[200..<7800]
        #expect(output.allSatisfy { abs(Int($0)) < 20 })
    }

    @Test("Equal rates change nothing, and no rate is an error")
    func edges() throws {
        let samples = Signal.ramp(1000)
        #expect(try Resampler.convert(PCM(samples: samples, rate: 8000), to: 8000).samples == samples)
        #expect(try Resampler.convert(PCM(rate: 48_000), to: 16_000).samples.isEmpty)
        #expect(throws: AudioError.rate(0)) { try Resampler(from: 16_000, to: 0) }
        #expect(throws: AudioError.rate(-1)) { try Resampler(from: -1, to: 16_000) }
    }
}
