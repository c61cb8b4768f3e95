import Audio

/// Cuts the sound of a microphone into utterances: voice activity, endpointer and pre-roll in one.
///
/// Belongs to one thread.
package final class UtteranceCutter {
    package enum Event: Sendable {
        case began(start: Int)
        /// The utterance so far, for recognition on a guess.
        case paused(Utterance)
        case resumed
        case ended(Utterance, Endpointer.Span.Reason)
        case dropped
        case nobodySpoke
    }

    private let activity: VoiceActivity
    private var endpointer: Endpointer
    private var memory: SoundMemory
    private var samples: [Int16] = []
    private var start = 0
    private var voiced = 0
    private var power = 0.0
    private var scratch = [Int16](repeating: 0, count: SpeechFormat.frame)

    /// The judgement of the last frame, for the wake phrase and the level meter.
    package private(set) var frame = VoiceFrame(voice: .unknown, level: -96)
    /// The last frame without the noise.
    package var cleaned: [Int16] { scratch }

    package init(
        _ configuration: Endpointer.Configuration = Endpointer.Configuration(), start: Int = 0
    ) throws(SpeechError) {
        activity = try VoiceActivity()
        endpointer = Endpointer(configuration, frame: start / SpeechFormat.frame)
        memory = SoundMemory(capacity: SpeechFormat.rate, start: start)
        samples.reserveCapacity(SpeechFormat.rate * 10)
    }

    /// The sound of the utterance that goes on, from its pre-roll on.
    package var soFar: [Int16] { samples }

    package var isSpeaking: Bool { endpointer.isSpeaking }

    package func expectSpeech() { endpointer.expectSpeech() }

    package func finish() -> Event? { endpointer.finish().map(told) }

    /// Hears one frame of `SpeechFormat.frame` samples.
    package func hear(_ sound: UnsafeBufferPointer<Int16>) -> Event? {
        guard sound.count == SpeechFormat.frame else { return nil }
        memory.append(sound)
        frame = scratch.withUnsafeMutableBufferPointer { scratch in
            _ = scratch.update(fromContentsOf: sound)
            return activity.process(scratch)
        }
        if endpointer.isSpeaking {
            samples.append(contentsOf: sound)
            count(frame)
        }
        return endpointer.hear(frame.voice).map(told)
    }

    private func told(_ event: Endpointer.Event) -> Event {
        switch event {
        case .began(let position):
            start = max(position, memory.start)
            samples = memory.samples(from: start)
            voiced = 0
            power = 0
            count(frame)
            return .began(start: start)
        case .paused: return .paused(utterance)
        case .resumed: return .resumed
        case .ended(let span):
            var utterance = utterance
            utterance.voiced = span.voiced * 10
            return .ended(utterance, span.reason)
        case .dropped: return .dropped
        case .nobodySpoke: return .nobodySpoke
        }
    }

    private var utterance: Utterance {
        Utterance(
            samples: samples, start: start, voiced: voiced * 10, level: voiced > 0 ? power / Double(voiced) : -96)
    }

    private func count(_ frame: VoiceFrame) {
        guard frame.voice == .voiced else { return }
        voiced += 1
        power += frame.level
    }
}
