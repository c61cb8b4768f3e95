/// Decides what an utterance is for and when Aloud listens. Events in, actions out; it knows no clock and no thread.
package struct VoiceLoop: Equatable, Sendable {
    package enum Mode: String, Sendable {
        /// Speech is for Aloud when the wake phrase came before it, or when Aloud asked.
        case wake
        /// All speech is.
        case open
        /// Speech is while the talk key is held.
        case ptt
    }

    package enum Event: Equatable, Sendable {
        case woke
        /// An utterance ended. `voiced` counts the milliseconds of voice after the wake phrase, or in all of it.
        case ended(hasWake: Bool, voiced: Int)
        case nobodySpoke
        case speakingBegan
        /// There is a reply to speak to what was not said by voice.
        case replied
        case turnEnded(expectsAnswer: Bool, control: Response.Control?)
        case mute, unmute
        case talkKey(isDown: Bool)
    }

    package enum Action: Equatable, Sendable {
        /// Understand and answer the utterance that just ended.
        case take
        /// Speak the reply that just came.
        case speak
        /// The recogniser will be needed soon.
        case prepare
        /// Tell when nobody speaks now.
        case expectSpeech
        case setDeaf(Bool)
        case stopSpeaking
        case tone(Tone)
        case closeMicrophone, openMicrophone
    }

    package private(set) var state: VoiceState
    private let mode: Mode
    private var keyIsDown = false
    /// An utterance that was taken while a turn still ran.
    private var turns = 0

    /// Less voice than this after the wake phrase is a breath, and the request is still to come.
    package static let shortestRequest = 200

    package init(mode: Mode) {
        self.mode = mode
        state = .waiting
    }

    package mutating func on(_ event: Event) -> [Action] {
        if state == .muted { return whileMuted(event) }
        switch event {
        case .woke: return state == .speaking ? [.stopSpeaking, .prepare] : [.prepare]
        case .ended(let hasWake, let voiced): return utterance(hasWake: hasWake, voiced: voiced)
        case .nobodySpoke:
            guard state == .listening else { return [] }
            state = .waiting
            return [.tone(.nothing)]
        case .speakingBegan:
            if state == .thinking { state = .speaking }
            return [.setDeaf(true)]
        case .replied:
            turns += 1
            state = .thinking
            return [.setDeaf(true), .speak]
        case .turnEnded(let expectsAnswer, let control): return turnEnded(expectsAnswer, control)
        case .mute:
            state = .muted
            return [.stopSpeaking, .tone(.muted), .closeMicrophone]
        case .unmute: return []
        case .talkKey(let isDown):
            keyIsDown = isDown
            return isDown ? [.stopSpeaking, .prepare] : []
        }
    }

    private mutating func whileMuted(_ event: Event) -> [Action] {
        switch event {
        case .unmute:
            state = .waiting
            return [.openMicrophone, .setDeaf(false), .tone(.listening)]
        case .replied:
            turns += 1
            return [.speak]
        case .turnEnded:
            turns = max(0, turns - 1)
            return []
        default: return []
        }
    }

    private mutating func utterance(hasWake: Bool, voiced: Int) -> [Action] {
        if hasWake, voiced < VoiceLoop.shortestRequest {
            if turns == 0 { state = .listening }
            return [.tone(.listening), .expectSpeech, .setDeaf(false)]
        }
        let isForUs = hasWake || state == .listening || mode == .open || (mode == .ptt && keyIsDown)
        guard isForUs else { return [] }
        turns += 1
        state = .thinking
        // With the wake phrase nothing else is taken while Aloud thinks; without it all would be.
        return mode == .wake ? [.take] : [.setDeaf(true), .take]
    }

    private mutating func turnEnded(_ expectsAnswer: Bool, _ control: Response.Control?) -> [Action] {
        turns = max(0, turns - 1)
        if control == .mute { return on(.mute) }
        guard turns == 0 else { return [] }
        if expectsAnswer {
            state = .listening
            return [.setDeaf(false), .tone(.listening), .expectSpeech]
        }
        state = .waiting
        return [.setDeaf(false)]
    }
}
