import Audio
import Synchronization

/// What Aloud plays, on its way from the playback thread to the listener: the reference of the echo guard.
///
/// As it goes to the device, so some 100 ms before it comes back through the air; the guard finds the delay itself.
package final class EchoTap: Sendable {
    private let ring = SampleRing(capacity: SpeechFormat.rate)
    private let resampling = Mutex<Resampling?>(nil)

    /// Of the device that plays now.
    ///
    /// `@unchecked Sendable`: it is reached through `resampling` alone, whose lock is held meanwhile.
    private final class Resampling: @unchecked Sendable {
        let resampler: Resampler
        let output: UnsafeMutableBufferPointer<Int16>

        init?(from rate: Int, longest: Int) {
            guard let resampler = try? Resampler(from: rate, to: SpeechFormat.rate) else { return nil }
            self.resampler = resampler
            output = .allocate(capacity: resampler.room(for: longest))
        }

        deinit { output.deallocate() }

        func takes(_ count: Int, at rate: Int) -> Bool {
            resampler.inputRate == rate && output.count >= resampler.room(for: count)
        }
    }

    package init() {}

    /// Playback thread: the sound that goes to the device now, mono at the device's rate.
    package func hear(_ samples: UnsafeBufferPointer<Int16>, rate: Int) {
        resampling.withLock { resampling in
            let fits = resampling.map { $0.takes(samples.count, at: rate) } ?? false
            if !fits { resampling = Resampling(from: rate, longest: max(samples.count, rate / 10)) }
            guard let resampling else { return }
            let count = resampling.resampler.process(samples, into: resampling.output)
            ring.writeOrDrop(UnsafeBufferPointer(rebasing: resampling.output[..<count]))
        }
    }

    /// Listener: the next frame that was played; false when nothing was.
    func next(into frame: UnsafeMutableBufferPointer<Int16>) -> Bool {
        guard ring.count >= frame.count else { return false }
        return ring.read(into: frame) == frame.count
    }
}
