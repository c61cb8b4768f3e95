import CSpeexDSP

/// Changes the rate of a stream of mono samples.
///
/// The filter's delay is taken out at the front and made up at the end: what comes out begins where the input began, and
/// after `flush` is exactly as long.
package final class Resampler {
    package let inputRate: Int
    package let outputRate: Int

    /// nil when both rates are the same: samples pass untouched.
    private let state: OpaquePointer?
    private var taken = 0
    private var given = 0

    /// Throws when a rate is not a rate (up to 768 kHz) or there is no memory.
    package init(from inputRate: Int, to outputRate: Int) throws(AudioError) {
        guard Self.rates ~= inputRate, Self.rates ~= outputRate else {
            throw .rate(Self.rates ~= inputRate ? outputRate : inputRate)
        }
        self.inputRate = inputRate
        self.outputRate = outputRate
        guard inputRate != outputRate else {
            state = nil
            return
        }
        var code: Int32 = 0
        state = speex_resampler_init(1, UInt32(inputRate), UInt32(outputRate), 5, &code)
        guard let state else { throw .rate(inputRate) }
        speex_resampler_skip_zeros(state)
    }

    deinit {
        if let state { speex_resampler_destroy(state) }
    }

    package static let rates = 1_000...768_000

    /// The samples that `count` of them become.
    package func expected(_ count: Int) -> Int { (count * outputRate + inputRate / 2) / inputRate }

    /// Room that always suffices for what `count` more samples give.
    package func room(for count: Int) -> Int { count * outputRate / inputRate + 2 }

    /// Allocates nothing. Returns how many samples it wrote; `output` must have `room(for:)` the input.
    package func process(
        _ input: UnsafeBufferPointer<Int16>, into output: UnsafeMutableBufferPointer<Int16>
    ) -> Int {
        taken += input.count
        let written = convert(input, into: output)
        given += written
        return written
    }

    package func process(_ samples: [Int16]) -> [Int16] {
        [Int16](unsafeUninitializedCapacity: room(for: samples.count)) { output, count in
            count = samples.withUnsafeBufferPointer { process($0, into: output) }
        }
    }

    /// What the filter still holds; afterwards the resampler is as new.
    package func flush() -> [Int16] {
        var tail: [Int16] = []
        let silence = [Int16](repeating: 0, count: 256)
        // The filter is far shorter than this many rounds; the bound is for a library that stops giving.
        for _ in 0..<256 where given + tail.count < expected(taken) {
            tail += [Int16](unsafeUninitializedCapacity: room(for: silence.count)) { output, count in
                count = silence.withUnsafeBufferPointer { convert($0, into: output) }
            }
        }
        let missing = max(0, expected(taken) - given)
        if tail.count > missing { tail.removeLast(tail.count - missing) }
        reset()
        return tail
    }

    /// Forgets what it holds.
    package func reset() {
        taken = 0
        given = 0
        guard let state else { return }
        speex_resampler_reset_mem(state)
        speex_resampler_skip_zeros(state)
    }

    /// The whole of a sound at another rate.
    package static func convert(_ pcm: PCM, to rate: Int) throws(AudioError) -> PCM {
        let resampler = try Resampler(from: pcm.rate, to: rate)
        return PCM(samples: resampler.process(pcm.samples) + resampler.flush(), rate: rate)
    }

    private func convert(
        _ input: UnsafeBufferPointer<Int16>, into output: UnsafeMutableBufferPointer<Int16>
    ) -> Int {
        guard let source = input.baseAddress, let target = output.baseAddress else { return 0 }
        guard let state else {
            target.update(from: source, count: input.count)
            return input.count
        }
        var read = 0
        var written = 0
        while read < input.count, written < output.count {
            var inputCount = UInt32(input.count - read)
            var outputCount = UInt32(output.count - written)
            let code = speex_resampler_process_int(
                state, 0, source + read, &inputCount, target + written, &outputCount)
            guard code == 0, inputCount > 0 || outputCount > 0 else { break }
            read += Int(inputCount)
            written += Int(outputCount)
        }
        return written
    }
}
