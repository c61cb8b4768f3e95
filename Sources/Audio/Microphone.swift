import Synchronization

/// Sound from a capture device as 16 kHz mono, kept coming: errors are recovered from, a lost device is replaced by the
/// default one and gone back to when it returns. Closed until `start`, and truly closed by `stop`.
///
/// One thread at a time takes the frames; it must not be one of the cooperative pool, for it waits.
package final class Microphone: Sendable {
    package let device: String
    private let ring: SampleRing
    private let arrived: Wakeup
    private let control: CaptureSwitch
    private let isInterrupted = Atomic<Bool>(false)

    /// `onEvent` is called on the capture thread, no lock held, and must return soon.
    package init(
        device: String = "default", fallback: String = "default", policy: CaptureRecovery.Policy = .init(),
        onEvent: @escaping @Sendable (MicrophoneEvent) -> Void = { _ in }
    ) throws(AudioError) {
        self.device = device
        // Two seconds: a reader that late has lost its place in the conversation anyway.
        let ring = SampleRing(capacity: 2 * SpeechFormat.rate)
        let arrived = try Wakeup()
        let control = try CaptureSwitch()
        self.ring = ring
        self.arrived = arrived
        self.control = control
        try AudioThread.start("aloud-capture") {
            CaptureLoop(
                CaptureRecovery(device: device, fallback: fallback, policy: policy), control: control, ring: ring,
                arrived: arrived, onEvent: onEvent
            ).run()
        }
    }

    deinit { control.end() }

    /// Opens the device, now and again until it opens; the events tell.
    package func start() { control.turnOn() }

    /// Returns when the device is closed; false when it would not close within `patience`, and is closed as soon as it will.
    /// Frames not yet taken are never given.
    @discardableResult
    package func stop(patience: Duration = .seconds(5)) async -> Bool { await control.turnOff(patience: patience) }

    package var isOn: Bool { control.isWanted }

    /// Samples lost because the frames were not taken in time.
    package var dropped: Int { ring.dropped }

    /// Fills `frame` with the next samples. False when the deadline passed, or after `interrupt`, and nothing was taken.
    package func read(
        into frame: UnsafeMutableBufferPointer<Int16>, before deadline: ContinuousClock.Instant
    ) -> Bool {
        while true {
            // Off is off, also while the thread has not heard of it.
            if control.isWanted, ring.available() >= frame.count { return ring.read(into: frame) == frame.count }
            let left = deadline - .now
            if left <= .zero || isInterrupted.exchange(false, ordering: .acquiringAndReleasing) { return false }
            arrived.wait(for: left)
        }
    }

    /// The next 10 ms, 160 samples; nil as `read` is false.
    package func nextFrame(before deadline: ContinuousClock.Instant) -> [Int16]? {
        var isFilled = false
        let frame = [Int16](unsafeUninitializedCapacity: SpeechFormat.frame) { buffer, count in
            buffer.initialize(repeating: 0)
            let whole = UnsafeMutableBufferPointer(rebasing: buffer[..<SpeechFormat.frame])
            isFilled = read(into: whole, before: deadline)
            count = isFilled ? SpeechFormat.frame : 0
        }
        return isFilled ? frame : nil
    }

    /// Makes the waiting reader return now, from any thread.
    package func interrupt() {
        isInterrupted.store(true, ordering: .releasing)
        arrived.signal()
    }
}
