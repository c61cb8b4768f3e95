import CALSA

/// What the playback thread does: takes playbacks one after the other, finds each a device, and starts again at the
/// fallback when a device fails.
final class PlaybackLoop {
    private let device: String
    private let fallback: String
    private let slot: PlaybackSlot
    private let echo: EchoReference?
    private let onEvent: @Sendable (SpeakerEvent) -> Void

    init(
        device: String, fallback: String, slot: PlaybackSlot, echo: EchoReference?,
        onEvent: @escaping @Sendable (SpeakerEvent) -> Void
    ) {
        self.device = device
        self.fallback = fallback
        self.slot = slot
        self.echo = echo
        self.onEvent = onEvent
    }

    /// Until the slot ends it.
    func run() {
        while let playback = slot.take() {
            let outcome = play(playback)
            // Freed first: who hears of the end may begin the next at once.
            slot.free()
            onEvent(.ended(playback.end(outcome)))
        }
    }

    private func play(_ playback: Playback) -> Played.Outcome {
        while playback.ring.count == 0 {
            if playback.isStopping || slot.isOver { return .stopped }
            if playback.isComplete, playback.ring.count == 0 { return .drained }
            slot.wakeup.wait(for: .seconds(60))
        }
        var last: AudioError?
        // The device asked for is tried twice: a failure amid the sound is often a momentary one.
        for name in device == fallback ? [device, device] : [device, device, fallback] {
            if playback.isStopping { return .stopped }
            do {
                let output = try Output(name, rate: playback.rate)
                let rate = output.stream.rate
                onEvent(name == device ? .opened(device: name, rate: rate) : .fellBack(device: name, rate: rate))
                return try PlaybackFeed(playback, output, slot: slot, echo: echo, onEvent: onEvent).run()
            } catch {
                if error != last { onEvent(.lost(device: name, reason: error.description)) }
                last = error
            }
        }
        return .failed(last ?? .stalled(device: device))
    }
}
