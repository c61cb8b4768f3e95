/// Plays sound, one playback at a time. The device is open only while there is something to play: the named one, or the
/// default one when it fails.
package final class Speaker: Sendable {
    package let device: String
    private let slot: PlaybackSlot
    private let patience: Duration

    /// `patience`: how long nothing may move before a waiting caller is told that the playback failed.
    /// `onEvent` and `echo` are called on the playback thread, no lock held, and must return soon.
    package init(
        device: String = "default", fallback: String = "default", patience: Duration = .seconds(10),
        onEvent: @escaping @Sendable (SpeakerEvent) -> Void = { _ in }, echo: EchoReference? = nil
    ) throws(AudioError) {
        self.device = device
        self.patience = patience
        let slot = try PlaybackSlot()
        self.slot = slot
        try AudioThread.start("aloud-playback") {
            PlaybackLoop(device: device, fallback: fallback, slot: slot, echo: echo, onEvent: onEvent).run()
        }
    }

    deinit { slot.end() }

    /// What is playing, or about to.
    package var current: Playback? { slot.current }

    /// A playback to write to, which must be finished or stopped. Throws `AudioError.busy` while another has not ended.
    package func begin(rate: Int) throws(AudioError) -> Playback {
        guard Resampler.rates ~= rate else { throw .rate(rate) }
        let playback = Playback(rate: rate, wakeup: slot.wakeup, speaker: self, patience: patience)
        try slot.begin(playback)
        return playback
    }

    /// Plays a sound to its end.
    package func play(_ pcm: PCM) async throws -> Played {
        let playback = try begin(rate: pcm.rate)
        return try await ending(playback) { try await playback.write(pcm) }
    }

    /// Plays sounds as they come, at the rate of the first. nil when there was none.
    package func play<Sounds: AsyncSequence & Sendable>(_ sounds: Sounds) async throws -> Played?
    where Sounds.Element == PCM {
        var iterator = sounds.makeAsyncIterator()
        guard let first = try await iterator.next() else { return nil }
        let playback = try begin(rate: first.rate)
        return try await ending(playback) {
            try await playback.write(first)
            while let next = try await iterator.next() { try await playback.write(next) }
        }
    }

    /// Stops what is playing; nil when nothing is.
    @discardableResult
    package func stop() async -> Played? { await slot.current?.stop() }

    /// Writes, then waits for the end. A playback stopped or failed meanwhile is a result and not an error; any other
    /// error stops it.
    private func ending(_ playback: Playback, _ write: () async throws -> Void) async throws -> Played {
        do {
            try await write()
        } catch is AudioError {
            return await playback.stop()
        } catch {
            await playback.stop()
            throw error
        }
        return await playback.finish()
    }
}
