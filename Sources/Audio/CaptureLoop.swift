import CALSA

/// What the microphone's thread does: device → mono → 16 kHz → ring.
///
/// Lives on that thread alone. In the ordinary run it neither allocates nor waits for a lock that anyone holds for long.
final class CaptureLoop {
    private let control: CaptureSwitch
    private let ring: SampleRing
    private let arrived: Wakeup
    private let onEvent: @Sendable (MicrophoneEvent) -> Void
    private var recovery: CaptureRecovery
    private var source: Source?
    private var zeros = ZeroWatch(limit: 3 * SpeechFormat.rate)
    private var drops = Tally(quiet: .seconds(10))
    private var dropped = 0

    /// An open device and its way to 16 kHz.
    private final class Source {
        let stream: DeviceStream
        let resampler: Resampler
        let native: UnsafeMutableBufferPointer<Int16>
        let speech: UnsafeMutableBufferPointer<Int16>

        init(_ device: String) throws(AudioError) {
            stream = try DeviceStream(device, .capture)
            resampler = try Resampler(from: stream.rate, to: SpeechFormat.rate)
            native = .allocate(capacity: stream.period)
            speech = .allocate(capacity: resampler.room(for: stream.period))
            let code = stream.start()
            // Freed by deinit also when this throws: every property has its value.
            guard code >= 0 else { throw .device(name: device, step: "start", code: code) }
        }

        deinit {
            native.deallocate()
            speech.deallocate()
        }
    }

    init(
        _ recovery: CaptureRecovery, control: CaptureSwitch, ring: SampleRing, arrived: Wakeup,
        onEvent: @escaping @Sendable (MicrophoneEvent) -> Void
    ) {
        self.recovery = recovery
        self.control = control
        self.ring = ring
        self.arrived = arrived
        self.onEvent = onEvent
    }

    /// Until the switch ends it.
    func run() {
        while control.take() {
            perform(recovery.start())
            while control.isWanted { step() }
            source = nil
            ring.retract()
            zeros = ZeroWatch(limit: 3 * SpeechFormat.rate)
            control.giveBack()
        }
    }

    private func step() {
        guard let source else {
            control.wakeup.wait(for: .milliseconds(50))
            perform(recovery.idle(at: .now))
            return
        }
        let isReady = source.stream.wait(for: .milliseconds(50), or: control.wakeup)
        let count = source.stream.read(into: source.native)
        if count > 0 {
            deliver(count, from: source)
            perform(recovery.frames(at: .now))
        } else if count < 0 {
            perform(recovery.failed(Int32(count), at: .now))
        } else {
            perform(recovery.idle(at: .now))
            // A device that calls itself ready and gives nothing must not have the processor for it.
            if isReady { control.wakeup.wait(for: .milliseconds(2)) }
        }
    }

    private func deliver(_ count: Int, from source: Source) {
        let made = source.resampler.process(
            UnsafeBufferPointer(rebasing: source.native[..<count]), into: source.speech)
        let samples = UnsafeBufferPointer(rebasing: source.speech[..<made])
        ring.writeOrDrop(samples)
        arrived.signal()
        if let event = zeros.heard(samples) { onEvent(event) }
        drops.add(ring.dropped - dropped)
        dropped = ring.dropped
        if let total = drops.due(at: .now) { onEvent(.dropped(total: total)) }
    }

    private func perform(_ actions: [CaptureRecovery.Action]) {
        for action in actions {
            switch action {
            case .open(let device): open(device)
            case .probe(let device): probe(device)
            case .close: source = nil
            case .recover(let code): recover(from: code)
            case .report(let event): onEvent(event)
            }
        }
    }

    private func open(_ device: String) {
        do {
            let opened = try Source(device)
            source = opened
            perform(recovery.opened(rate: opened.stream.rate, at: .now))
        } catch {
            perform(recovery.refused(error.description, at: .now))
        }
    }

    private func probe(_ device: String) {
        // Refused is the rule here, and says nothing new.
        guard let opened = try? Source(device) else { return }
        source = opened
        perform(recovery.probed(rate: opened.stream.rate, at: .now))
    }

    private func recover(from code: Int32) {
        guard let code = source?.stream.recover(from: code), code < 0 else { return }
        // Passing errors that come from the recovery itself count as its failure.
        perform(recovery.failed(code == -EPIPE || code == -ESTRPIPE ? -EIO : code, at: .now))
    }
}
