import CALSA

/// Moves one playback into one open device, and counts what was heard by the device's clock.
///
/// Samples given to a device that then fails count as heard: 80 ms at most.
final class PlaybackFeed {
    private let playback: Playback
    private let output: Output
    private let slot: PlaybackSlot
    private let echo: EchoReference?
    private let onEvent: @Sendable (SpeakerEvent) -> Void

    /// Samples of the playback that went elsewhere before.
    private let base: Int
    /// The frames of `output.native` still to be written.
    private var pending = 0..<0
    /// What the resampler held at the end, and how much of it was loaded.
    private var tail: [Int16]?
    private var tailOffset = 0
    /// Frames the device took: of the sound, and of the silence after it.
    private var written = 0
    private var padding = 0
    private var isPadding = false
    /// Nothing was there to be written since the last write: running dry is then no fault of the device.
    private var isStarved = false
    private var recoveries = 0
    private var underruns = 0
    private var heard = 0
    /// Of the last samples, in 256ths.
    private var gain = 256
    private var lastMoved = ContinuousClock.now

    init(
        _ playback: Playback, _ output: Output, slot: PlaybackSlot, echo: EchoReference?,
        onEvent: @escaping @Sendable (SpeakerEvent) -> Void
    ) {
        self.playback = playback
        self.output = output
        self.slot = slot
        self.echo = echo
        self.onEvent = onEvent
        base = playback.ring.taken
    }

    /// Until the playback is drained or stopped. Throws when the device fails.
    func run() throws(AudioError) -> Played.Outcome {
        while true {
            if playback.isStopping || slot.isOver {
                observe()
                output.stream.drop()
                return .stopped
            }
            let isWilling = try fill()
            observe()
            if isPadding, heard >= written {
                playback.advance(to: playback.ring.taken)
                return .drained
            }
            guard ContinuousClock.now - lastMoved < .seconds(2) else { throw .stalled(device: output.stream.name) }
            rest(isWilling: isWilling)
        }
    }

    /// Gives the device what it takes. True when it would have taken more.
    private func fill() throws(AudioError) -> Bool {
        while true {
            if pending.isEmpty { load() }
            if pending.isEmpty { return true }
            let count = output.stream.write(UnsafeBufferPointer(rebasing: output.native[pending]))
            if count == 0 { return false }
            if count > 0 {
                took(count)
            } else {
                try recover(from: Int32(count))
            }
        }
    }

    private func load() {
        // Asked before the ring is: what was written before the end was declared is then seen.
        let isComplete = playback.isComplete
        let count = playback.ring.read(into: output.source)
        if count == 0, !isComplete { isStarved = true }
        if count > 0 {
            fade(UnsafeMutableBufferPointer(rebasing: output.source[..<count]))
            let source = UnsafeBufferPointer(rebasing: output.source[..<count])
            pending = 0..<output.resampler.process(source, into: output.native)
        } else if isComplete {
            loadEnd()
        }
    }

    /// Brings the samples to the gain that is wished now, without a step that would click.
    private func fade(_ samples: UnsafeMutableBufferPointer<Int16>) {
        let (from, to) = (gain, playback.gain)
        gain = to
        guard from != 256 || to != 256 else { return }
        for index in samples.indices {
            let now = from + (to - from) * (index + 1) / samples.count
            samples[index] = Int16(clamping: Int(samples[index]) * now / 256)
        }
    }

    /// The resampler's rest; then silence, without which a short sound would not start and a device not tell its end.
    private func loadEnd() {
        let tail = self.tail ?? output.resampler.flush()
        self.tail = tail
        let rest = tail[tailOffset...].prefix(output.native.count)
        if rest.isEmpty {
            isPadding = true
            let missing = max(0, 3 * output.stream.period - padding)
            pending = 0..<min(missing, output.native.count)
            output.native.update(repeating: 0)
        } else {
            _ = output.native.update(fromContentsOf: rest)
            tailOffset += rest.count
            pending = 0..<rest.count
        }
    }

    private func took(_ count: Int) {
        recoveries = 0
        isStarved = false
        if isPadding {
            padding += count
        } else {
            written += count
            if let echo {
                let ahead = max(0, (output.stream.delay ?? 0) - count)
                let samples = UnsafeBufferPointer(rebasing: output.native[pending.prefix(count)])
                echo(samples, output.stream.rate, .now + .seconds(1) * ahead / output.stream.rate)
            }
        }
        pending = (pending.lowerBound + count)..<pending.upperBound
    }

    private func recover(from code: Int32) throws(AudioError) {
        let name = output.stream.name
        guard code == -EPIPE || code == -ESTRPIPE, recoveries < 3 else {
            throw .device(name: name, step: "write", code: code)
        }
        recoveries += 1
        let recovered = output.stream.recover(from: code)
        guard recovered >= 0 else { throw .device(name: name, step: "recover", code: recovered) }
        guard code == -EPIPE, !isStarved, !isPadding else { return }
        underruns += 1
        // The first of them is news, the swarm is not.
        if underruns == 1 || underruns % 100 == 0 { onEvent(.underrun(total: underruns)) }
    }

    /// Asks the device how far it is.
    private func observe() {
        guard let delay = output.stream.delay else { return }
        let now = min(written, max(heard, written + padding - delay))
        if now > heard || isStarved { lastMoved = .now }
        heard = now
        let samples = heard * playback.rate / output.stream.rate
        playback.advance(to: min(base + samples, playback.ring.taken))
    }

    /// Waits for whichever can be next: room in the device, more sound, the end.
    private func rest(isWilling: Bool) {
        if isPadding, isWilling {
            let left = Duration.seconds(1) * (written - heard) / output.stream.rate
            slot.wakeup.wait(for: min(max(left, .milliseconds(1)), .milliseconds(20)))
        } else if isWilling {
            slot.wakeup.wait(for: .milliseconds(10))
        } else if output.stream.wait(for: .milliseconds(20), or: slot.wakeup), output.stream.isFull {
            // A device that calls itself ready and takes nothing must not have the processor for it.
            slot.wakeup.wait(for: .milliseconds(2))
        }
    }
}
