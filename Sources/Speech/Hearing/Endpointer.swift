import Audio

/// Finds where an utterance begins and ends. Frames in, events out; its only clock is the frames themselves.
package struct Endpointer: Sendable {
    /// All in frames of 10 ms.
    package struct Configuration: Equatable, Sendable {
        /// Voice begins when this many …
        package var onsetVoiced = 6
        /// … of this many frames are voiced.
        package var onsetWindow = 10
        /// Kept from before the onset.
        package var preRoll = 50
        /// Silence after which a pause is told, so that recognition can start on a guess.
        package var pause = 25
        /// Silence that ends an utterance.
        package var trailing = 55
        /// Less voice than this is a click or a cough.
        package var shortest = 10
        /// As much voice as this may be words.
        package var words = 8
        /// An utterance is cut here.
        package var longest = 3000
        /// How long to wait for somebody who was asked to speak.
        package var patience = 500

        package init() {}
    }

    package enum Event: Equatable, Sendable {
        /// Somebody speaks; the utterance starts at this sample, pre-roll included.
        case began(start: Int)
        /// A pause that may be the end.
        case paused(at: Int)
        /// It was not the end: the pause lasted so many frames.
        case resumed(after: Int)
        /// There was enough voice for words.
        case spoke
        case ended(Span)
        /// It was too little to be speech.
        case dropped
        /// Nobody spoke although speech was expected.
        case nobodySpoke
    }

    package struct Span: Equatable, Sendable {
        package enum Reason: Sendable {
            case silence
            /// The speaker goes on, and this is as much as is taken at once.
            case tooLong
            /// The caller asked for the end.
            case asked
        }

        package var start: Int
        package var end: Int
        /// Voiced frames in it.
        package var voiced: Int
        /// Frames of silence at its end.
        package var trailing: Int
        package var reason: Reason
    }

    private enum State: Equatable, Sendable {
        /// Nobody speaks. `waited` counts known frames since speech was asked for, `asked` all of them; nil when nobody was asked.
        case quiet(waited: Int, asked: Int?)
        case speaking(Speaking)
    }

    private struct Speaking: Equatable, Sendable {
        /// In frames.
        var start: Int
        var voiced: Int
        /// Frames since the last voice that was more than a click.
        var silence = 0
        var isPaused = false
        var mayBeWords = false
        /// The silence that ends it, as far as that is known better than from the configuration.
        var trailing: Int?
    }

    package var configuration: Configuration
    /// While somebody holds the talk key, silence ends nothing.
    package var isHeld = false
    private var state = State.quiet(waited: 0, asked: nil)
    /// Frames heard.
    private var clock: Int
    /// The last frames, the newest in the lowest bit.
    private var recent: UInt64 = 0
    /// The frame that the utterance before ended at: its sound is not used twice.
    private var taken: Int
    /// How long somebody who was asked is waited for.
    private var patience: Int

    /// More voiced frames than a click has, within half an onset window, end a silence.
    private static let revivingVoiced = 3
    private static let revivingWindow = 5

    /// - Parameter frame: The number of the first frame on the capture clock.
    package init(_ configuration: Configuration = Configuration(), frame: Int = 0) {
        self.configuration = configuration
        clock = frame
        taken = frame
        patience = configuration.patience
    }

    package var isSpeaking: Bool { if case .speaking = state { true } else { false } }

    /// Somebody was asked to speak, or said the wake phrase: wait for it, but not for ever.
    ///
    /// - Parameters:
    ///   - settling: Frames that are not waited yet, for the sound of a reply to die away.
    ///   - patience: Frames to wait after that; nil for what is configured.
    package mutating func expectSpeech(after settling: Int = 0, patience: Int? = nil) {
        guard case .quiet = state else { return }
        self.patience = patience ?? configuration.patience
        state = .quiet(waited: -settling, asked: -settling)
    }

    /// How much silence ends the utterance, now that it is known what was said before the pause. It holds until the
    /// speaker goes on.
    package mutating func settle(trailing: Int) {
        guard case .speaking(var speaking) = state, speaking.isPaused else { return }
        speaking.trailing = trailing
        state = .speaking(speaking)
    }

    /// Ends the utterance here, as when the talk key is let go.
    package mutating func finish() -> Event? {
        guard case .speaking(let speaking) = state else {
            state = .quiet(waited: 0, asked: nil)
            return nil
        }
        return end(speaking, .asked)
    }

    package mutating func hear(_ voice: VoiceFrame.Voice) -> Event? {
        clock += 1
        recent = recent << 1 | (voice == .voiced ? 1 : 0)
        switch state {
        case .quiet(let waited, let asked): return hearQuiet(voice, waited: waited, asked: asked)
        case .speaking(let speaking): return hearSpeaking(voice, speaking)
        }
    }

    private mutating func hearQuiet(_ voice: VoiceFrame.Voice, waited: Int, asked: Int?) -> Event? {
        let voiced = voicedFrames(ofLast: configuration.onsetWindow)
        if voiced >= configuration.onsetVoiced {
            let firstVoiced = clock - firstVoicedFrame(ofLast: configuration.onsetWindow)
            let start = max(taken, firstVoiced - configuration.preRoll)
            state = .speaking(Speaking(start: start, voiced: voiced))
            return .began(start: start * SpeechFormat.frame)
        }
        guard let asked else { return nil }
        let waited = waited + (voice == .unknown ? 0 : 1)
        // Frames that stay unknown must not make anybody wait for ever.
        if waited >= patience || asked + 1 >= 2 * patience {
            // Voice that is just beginning is not nobody.
            guard voiced > 0 else {
                state = .quiet(waited: 0, asked: nil)
                return .nobodySpoke
            }
        }
        state = .quiet(waited: waited, asked: asked + 1)
        return nil
    }

    private mutating func hearSpeaking(_ voice: VoiceFrame.Voice, _ before: Speaking) -> Event? {
        var speaking = before
        var event: Event?
        switch voice {
        case .unknown: break
        case .unvoiced: speaking.silence += 1
        case .voiced:
            speaking.voiced += 1
            if speaking.silence == 0 || voicedFrames(ofLast: Self.revivingWindow) >= Self.revivingVoiced {
                let silence = speaking.silence
                speaking.silence = 0
                if speaking.isPaused { event = .resumed(after: silence) }
                speaking.isPaused = false
                speaking.trailing = nil
            } else {
                speaking.silence += 1
            }
        }
        if !isHeld, speaking.silence >= speaking.trailing ?? configuration.trailing {
            // A click in the silence is not voice either.
            guard speaking.voiced >= configuration.shortest else { return drop() }
            return end(speaking, .silence)
        }
        if clock - speaking.start >= configuration.longest { return end(speaking, .tooLong) }
        if speaking.silence >= configuration.pause, !speaking.isPaused {
            speaking.isPaused = true
            event = .paused(at: clock * SpeechFormat.frame)
        }
        if event == nil, speaking.voiced >= configuration.words, !speaking.mayBeWords {
            speaking.mayBeWords = true
            event = .spoke
        }
        state = .speaking(speaking)
        return event
    }

    private mutating func drop() -> Event {
        rest()
        return .dropped
    }

    private mutating func end(_ speaking: Speaking, _ reason: Span.Reason) -> Event {
        rest()
        return .ended(
            Span(
                start: speaking.start * SpeechFormat.frame, end: clock * SpeechFormat.frame, voiced: speaking.voiced,
                trailing: speaking.silence, reason: reason))
    }

    private mutating func rest() {
        state = .quiet(waited: 0, asked: nil)
        taken = clock
        recent = 0
    }

    private func voicedFrames(ofLast count: Int) -> Int { window(count).nonzeroBitCount }

    /// How many frames ago the oldest voiced frame of the window began.
    private func firstVoicedFrame(ofLast count: Int) -> Int { 64 - window(count).leadingZeroBitCount }

    private func window(_ count: Int) -> UInt64 {
        let count = min(max(count, 1), 63)
        return recent & ((1 << UInt64(count)) - 1)
    }
}
