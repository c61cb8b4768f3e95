import Audio
import Endpoints
import Foundation
import Support

/// The speaker of a satellite: sends it sound a little ahead of what is heard, and waits until it says that it has played.
final class SatelliteSpeaker: Sendable {
    /// Sound that is sent ahead of its time.
    private static let ahead = Duration.seconds(5)
    /// How long a satellite may take beyond the sound's own time.
    private static let patience = Duration.seconds(5)

    private let send: @Sendable (WyomingEvent) -> Bool
    private let waiting = Shared<AsyncStream<Void>.Continuation?>(nil)

    /// - Parameter send: Queues an event; false when the connection is gone or too far behind.
    init(send: @escaping @Sendable (WyomingEvent) -> Bool) { self.send = send }

    /// The satellite says that all was heard.
    func played() { waiting.value?.finish() }

    private struct Sent {
        var rate: Int?
        var samples = 0
        var began = ContinuousClock.now
    }

    var sink: SoundSink {
        SoundSink { [self] produce in
            let sent = Shared(Sent())
            do {
                try await produce { [self] sound in try await write(sound, sent) }
            } catch is SatelliteGone {
                return played(sent.value, .stopped)
            }
            guard sent.value.rate != nil else { return nil }
            let (drained, signal) = AsyncStream.makeStream(of: Void.self)
            waiting.value = signal
            defer { waiting.value = nil }
            guard send(.audioStop) else { return played(sent.value, .stopped) }
            let rest = length(sent.value) - (.now - sent.value.began) + Self.patience
            // A satellite that never says so has played it all the same.
            try? await withDeadline(max(rest, .milliseconds(1))) { for await _ in drained {} }
            try Task.checkCancellation()
            return Played(samples: sent.value.samples, rate: sent.value.rate ?? SpeechFormat.rate, outcome: .drained)
        }
    }

    /// For a satellite without a speaker: nothing of the reply is heard.
    static let none = SoundSink { produce in
        try await produce { _ in }
        return nil
    }

    private struct SatelliteGone: Error {}

    private func write(_ sound: PCM, _ sent: Shared<Sent>) async throws {
        let known = sent.value.rate
        let rate = known ?? sound.rate
        if known == nil {
            sent.value = Sent(rate: rate)
            guard send(.audioStart(WyomingFormat(rate: rate))) else { throw SatelliteGone() }
        }
        let fitting = sound.rate == rate ? sound : try Resampler.convert(sound, to: rate)
        guard send(.audioChunk(fitting.samples, rate: rate)) else { throw SatelliteGone() }
        sent.update { $0.samples += fitting.samples.count }
        let early = length(sent.value) - (.now - sent.value.began) - Self.ahead
        if early > .zero { try await Task.sleep(for: early) }
    }

    private func length(_ sent: Sent) -> Duration {
        .microseconds(sent.samples * 1_000_000 / max(1, sent.rate ?? SpeechFormat.rate))
    }

    /// What can have been heard of it by now.
    private func played(_ sent: Sent, _ outcome: Played.Outcome) -> Played? {
        guard let rate = sent.rate else { return nil }
        let heard = Int(Double(rate) * (ContinuousClock.now - sent.began).inMilliseconds / 1000)
        return Played(samples: min(sent.samples, heard), rate: rate, outcome: outcome)
    }
}
