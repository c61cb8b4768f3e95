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
        var rate: Int
        var samples = 0
        var began = ContinuousClock.now
    }

    var mouth: Mouth {
        Mouth { [self] rate in
            guard send(.audioStart(WyomingFormat(rate: rate))) else { throw AudioError.stopped }
            let sent = Shared(Sent(rate: rate))
            return Mouth.Playing(
                write: { [self] sound in try await write(sound, sent) },
                finish: { [self] in try await finish(sent) },
                stop: { [self] in
                    // What it has already been sent it plays; there is no event to take that back.
                    _ = send(.audioStop)
                    return heardSoFar(sent.value)
                })
        }
    }

    /// For a satellite without a speaker: nothing of the reply is heard.
    static let none = Mouth { rate in
        let nothing = Played(samples: 0, rate: rate, outcome: .stopped)
        return Mouth.Playing(write: { _ in }, finish: { nothing }, stop: { nothing })
    }

    private func write(_ sound: PCM, _ sent: Shared<Sent>) async throws {
        let rate = sent.value.rate
        let fitting = sound.rate == rate ? sound : try Resampler.convert(sound, to: rate)
        guard send(.audioChunk(fitting.samples, rate: rate)) else { throw AudioError.stopped }
        sent.update { $0.samples += fitting.samples.count }
        let early = length(sent.value) - (.now - sent.value.began) - Self.ahead
        if early > .zero { try await Task.sleep(for: early) }
    }

    private func finish(_ sent: Shared<Sent>) async throws -> Played {
        let (drained, signal) = AsyncStream.makeStream(of: Void.self)
        waiting.value = signal
        defer { waiting.value = nil }
        guard send(.audioStop) else { return heardSoFar(sent.value) }
        let rest = length(sent.value) - (.now - sent.value.began) + Self.patience
        // A satellite that never says so has played it all the same.
        try? await withDeadline(max(rest, .milliseconds(1))) { for await _ in drained {} }
        try Task.checkCancellation()
        return Played(samples: sent.value.samples, rate: sent.value.rate, outcome: .drained)
    }

    private func length(_ sent: Sent) -> Duration { .microseconds(sent.samples * 1_000_000 / max(1, sent.rate)) }

    /// What can have been heard of it by now.
    private func heardSoFar(_ sent: Sent) -> Played {
        let heard = Int(Double(sent.rate) * (ContinuousClock.now - sent.began).inMilliseconds / 1000)
        return Played(samples: min(sent.samples, heard), rate: sent.rate, outcome: .stopped)
    }
}
