import Audio
import Planning
import Speech
import Support

/// When each sample was heard, and when the first of each reply went to the device.
final class Times: Sendable {
    private struct State: Sendable {
        /// When each frame had been read.
        var frames: [ContinuousClock.Instant] = []
        var isReply = false
        var replies: [ContinuousClock.Instant] = []
        var stages: [String: [Double]] = [:]
    }

    private let state = Shared(State())

    func timed(_ source: FrameSource) -> FrameSource {
        FrameSource(
            read: { [state] frame in
                let reading = source.read(frame)
                if case .frame = reading { state.update { $0.frames.append(.now) } }
                return reading
            }, interrupt: source.interrupt)
    }

    /// The same mouth; tones are no reply.
    func timed(_ mouth: Mouth) -> Mouth {
        let tones = Set(Tone.allCases.map { $0.sound.samples })
        return Mouth { [state] rate in
            let playing = try mouth.begin(rate)
            var timed = playing
            timed.write = { sound in
                state.update { if !tones.contains(sound.samples) { $0.isReply = true } }
                try await playing.write(sound)
            }
            timed.finish = {
                defer { state.update { $0.isReply = false } }
                return try await playing.finish()
            }
            timed.stop = {
                defer { state.update { $0.isReply = false } }
                return await playing.stop()
            }
            return timed
        }
    }

    /// Sound goes to the device now; called on the playback thread.
    func played() {
        state.update { state in
            guard state.isReply else { return }
            // Of a reply that goes on only the first moment counts: they are told apart by the silence between them.
            state.replies.append(.now)
        }
    }

    func add(_ timings: [StageTiming]) {
        state.update { state in
            for timing in timings { state.stages[timing.stage, default: []].append(timing.milliseconds) }
        }
    }

    /// The median of each stage, in a line.
    var stages: String {
        state.value.stages.sorted { $0.key < $1.key }.map { stage, times in
            "\(stage) \(Int(times.sorted()[times.count / 2])) ms"
        }.joined(separator: ", ")
    }

    /// Milliseconds from each end to the first sound of the reply that follows within five seconds, sorted.
    func latencies(of ends: [Int]) -> [Double] {
        let state = state.value
        return ends.compactMap { end -> Double? in
            let frame = end / SpeechFormat.frame
            guard state.frames.indices.contains(frame) else { return nil }
            let ended = state.frames[frame]
            guard let first = state.replies.first(where: { $0 > ended }) else { return nil }
            let waited = (first - ended) / .milliseconds(1)
            return waited < 5_000 ? waited : nil
        }.sorted()
    }
}
