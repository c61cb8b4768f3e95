import Audio

/// Cuts the sound of a microphone into utterances: voice activity, endpointer and pre-roll in one.
///
/// Belongs to one thread.
package final class UtteranceCutter {
    package enum Event: Sendable {
        case began(start: Int)
        /// The utterance so far, for recognition on a guess.
        case paused(Utterance)
        /// The pause lasted so many milliseconds.
        case resumed(after: Int)
        /// There was enough voice for words.
        case spoke
        case ended(Utterance, Endpointer.Span)
        case dropped
        case nobodySpoke
    }

    private let activity: VoiceActivity
    private let echo: (guard: EchoGuard, tap: EchoTap)?
    private var endpointer: Endpointer
    private var memory: SoundMemory
    private var samples: [Int16] = []
    private var start = 0
    private var voiced = 0
    private var power = 0.0
    private var scratch = [Int16](repeating: 0, count: SpeechFormat.frame)

    /// The judgement of the last frame, for the level meter.
    package private(set) var frame = VoiceFrame(voice: .unknown, level: -96)
    /// Whether the last frame sounds like voice, be it our own: for the wake phrase.
    package private(set) var voice = VoiceFrame.Voice.unknown
    /// The last frame without the noise.
    package var cleaned: [Int16] { scratch }

    /// - Parameter tap: What Aloud plays meanwhile; nil when it plays nothing that could be heard.
    package init(
        _ configuration: Endpointer.Configuration = Endpointer.Configuration(), start: Int = 0, tap: EchoTap? = nil
    ) throws(SpeechError) {
        activity = try VoiceActivity()
        var echo: (EchoGuard, EchoTap)?
        if let tap { echo = (try EchoGuard(), tap) }
        self.echo = echo
        endpointer = Endpointer(configuration, frame: start / SpeechFormat.frame)
        memory = SoundMemory(capacity: SpeechFormat.rate, start: start)
        samples.reserveCapacity(SpeechFormat.rate * 10)
    }

    /// The sound of the utterance that goes on, from its pre-roll on.
    package var soFar: [Int16] { samples }

    package var isSpeaking: Bool { endpointer.isSpeaking }

    package func expectSpeech(after settling: Int = 0, patience: Int? = nil) {
        endpointer.expectSpeech(after: settling, patience: patience)
    }

    /// How many frames of silence end the utterance whose pause goes on.
    package func settle(trailing: Int) { endpointer.settle(trailing: trailing) }

    /// While the talk key is held, silence ends nothing.
    package var isHeld: Bool {
        get { endpointer.isHeld }
        set { endpointer.isHeld = newValue }
    }

    /// It was Aloud itself that was heard.
    package func deceived() { echo?.guard.deceived() }

    package func finish() -> Event? { endpointer.finish().map(told) }

    /// Hears one frame of `SpeechFormat.frame` samples.
    package func hear(_ sound: UnsafeBufferPointer<Int16>) -> Event? {
        guard sound.count == SpeechFormat.frame else { return nil }
        judge(sound)
        // While our own speech is in it, what was heard is better without it than whole.
        let isBetterCleaned = echo.map { $0.guard.isActive && $0.guard.hasEcho } ?? false
        scratch.withUnsafeBufferPointer { cleaned in
            let kept = isBetterCleaned ? cleaned : sound
            memory.append(kept)
            if endpointer.isSpeaking { samples.append(contentsOf: kept) }
        }
        if endpointer.isSpeaking { count(frame) }
        return endpointer.hear(frame.voice).map(told)
    }

    private func judge(_ sound: UnsafeBufferPointer<Int16>) {
        if let echo { echo.guard.take(echo.tap) }
        scratch.withUnsafeMutableBufferPointer { scratch in
            _ = scratch.update(fromContentsOf: sound)
            if let echo = echo?.guard, echo.isActive, echo.hasEcho {
                (frame, voice) = echo.hear(scratch, noise: activity.noiseFloor)
            } else {
                frame = activity.process(scratch)
                voice = frame.voice
            }
        }
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
        case .resumed(let frames): return .resumed(after: frames * 10)
        case .spoke: return .spoke
        case .ended(let span):
            var utterance = utterance
            utterance.voiced = span.voiced * 10
            return .ended(utterance, span)
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
