import Audio
import CSpeech

/// The voice on this machine: flite, on a thread of its own.
package final class LocalVoice: Sendable {
    package enum Name: String, CaseIterable, Codable, Sendable {
        /// The easiest to understand.
        case rms
        case slt, awb, kal16
    }

    /// Characters spoken at once: about a minute, 3 MB of sound. Callers cut at sentences long before.
    package static let longest = 1000

    private let voice: Name
    private let rate: Double
    /// Samples of a chunk: 50 ms, which flite makes in about 20 ms for the first and 3 ms for the others.
    private let chunk = 800
    private let thread = EngineThread<Void>("aloud-voice", limit: 16, make: {})

    /// - Parameter rate: 1 is the voice's own pace, 2 twice as fast; kept between a half and three.
    package init(_ voice: Name = .rms, rate: Double = 1) {
        self.voice = voice
        self.rate = rate.isFinite ? rate : 1
    }

    /// The sound of `text` at 16 kHz, chunk by chunk.
    ///
    /// What waits to be played is bounded by `longest`; the thread never waits for the player.
    package func speak(_ text: String, at pace: Pace = .normal) -> AsyncThrowingStream<PCM, any Error> {
        AsyncThrowingStream { continuation in
            guard text.count <= Self.longest else { return continuation.finish(throwing: SpeechError.tooLong) }
            let abort = Abort()
            continuation.onTermination = { _ in abort.wish() }
            // The work keeps the voice, and so the thread, until the stream is finished.
            let accepted = thread.post { [self] _ in
                continuation.finish(throwing: synthesize(text, pace, abort) { continuation.yield($0) })
            }
            if !accepted { continuation.finish(throwing: SpeechError.busy) }
        }
    }

    private func synthesize(
        _ text: String, _ pace: Pace, _ abort: Abort, yield: @escaping (PCM) -> Void
    ) -> SpeechError? {
        // flite says nothing, slowly, when there is nothing to say.
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let rate = Int(cspeech_voice_rate(voice.rawValue))
        guard rate == SpeechFormat.rate else { return .unknownVoice(voice.rawValue) }
        let stretch = Float(1 / min(max(self.rate * pace.factor, 0.5), 3))
        var sink = ChunkSink(rate: rate, abort: abort, yield: yield)
        let result = withUnsafeMutablePointer(to: &sink) { sink in
            cspeech_voice_speak(
                voice.rawValue, text, stretch, Int32(chunk),
                { samples, count, context in
                    guard let samples, let context else { return 1 }
                    let sink = context.assumingMemoryBound(to: ChunkSink.self)
                    return sink.pointee.take(UnsafeBufferPointer(start: samples, count: Int(count))) ? 0 : 1
                }, sink)
        }
        return result == 0 || abort.isWished ? nil : .engine("flite could not speak")
    }
}

private struct ChunkSink {
    let rate: Int
    let abort: Abort
    let yield: (PCM) -> Void

    /// Whether more is wanted.
    func take(_ samples: UnsafeBufferPointer<Int16>) -> Bool {
        guard !abort.isWished else { return false }
        yield(PCM(samples: Array(samples), rate: rate))
        return true
    }
}
