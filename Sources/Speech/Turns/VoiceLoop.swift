import Planning

/// Decides what an utterance is for, when Aloud listens, and when it speaks, waits and falls silent.
///
/// Events in, actions out. It knows no thread, and no clock but the one that is handed in: milliseconds of sound captured.
package struct VoiceLoop: Equatable, Sendable {
    package enum Mode: String, Codable, Sendable, CaseIterable {
        /// Speech is for Aloud when the wake phrase came before it, while Aloud speaks, and right after it spoke.
        case wake
        /// All speech is.
        case open
        /// Speech is while the talk key is held.
        case ptt
    }

    /// Times in milliseconds.
    package struct Configuration: Equatable, Sendable {
        package var mode = Mode.wake
        /// The silence that ends an utterance of somebody who is not known yet.
        package var trailing = 550
        /// How long somebody who was asked is waited for.
        package var patience = 5_000
        /// How long one can go on without the wake phrase after Aloud spoke; 0 for not at all.
        package var followUp = 6_000
        /// The sound of the reply must have died away before Aloud listens for what follows.
        package var settling = 300
        /// Who goes on this soon after their utterance ended had not ended it.
        package var merging = 1_500

        package init() {}
    }

    package enum Event: Equatable, Sendable {
        case woke
        /// Somebody began to speak.
        case began
        /// It is enough for words.
        case spoke
        case paused(hasWake: Bool, voiced: Int)
        case resumed(after: Int)
        /// What was said before the pause, as a guess.
        case guessed(Completeness)
        /// An utterance ended. `voiced` counts the milliseconds of voice after the wake phrase, or in all of it.
        case ended(hasWake: Bool, voiced: Int)
        /// It was too little to be speech.
        case dropped
        case nobodySpoke
        /// Whether what interrupted was words for Aloud.
        case weighed(isForUs: Bool)
        case speakingBegan
        /// There is a reply to speak to what was not said by voice.
        case replied
        case turnEnded(expectsAnswer: Bool, control: Response.Control?, hasSpoken: Bool)
        /// Time went by.
        case tick
        case mute, unmute
        case talkKey(TalkKey)
    }

    /// How an utterance is taken.
    package enum Manner: Equatable, Sendable {
        case alone
        /// It goes on with the one before, which nobody has heard an answer to.
        case continuing
        /// It came while Aloud spoke, and may be no words at all.
        case interrupting
    }

    package enum Action: Equatable, Sendable {
        /// Understand what was said so far, on a guess.
        case guess
        case dropGuess
        /// The utterance that pauses is over after so many milliseconds of silence.
        case settle(trailing: Int)
        /// Understand and answer the utterance that just ended.
        case take(Manner)
        /// Speak the reply that just came.
        case speak
        /// The recogniser will be needed soon.
        case prepare
        /// Tell when nobody speaks.
        case expectSpeech(after: Int, patience: Int)
        /// Replies that are ready wait: the user speaks.
        case hold(Bool)
        case duck(Bool)
        /// Silence, for now.
        case interrupt
        /// It was nothing: go on from the clause that was cut.
        case resume
        /// Silence, and the rest is not said.
        case stopSpeaking
        case tone(Tone)
        /// Tell that it takes a while.
        case wait(WaitingLadder.Step)
        /// Whether silence ends an utterance.
        case holdUtterance(Bool)
        /// The utterance ends here.
        case finishUtterance
        /// Whether ticks are wanted.
        case ticks(Bool)
        case closeMicrophone, openMicrophone
        case keep(VoiceMemory)
    }

    private enum Playing: Equatable, Sendable {
        case silent, aloud, ducked, interrupted
    }

    package private(set) var state: VoiceState
    package private(set) var mode: Mode
    package private(set) var configuration: Configuration
    package private(set) var habit: PauseHabit
    private var playing = Playing.silent
    /// Turns that are not over.
    private var turns = 0
    private var keyIsDown = false
    /// When the utterance that goes on began.
    private var speakingSince: Int?
    private var isUserSpeaking: Bool { speakingSince != nil }
    /// The wake phrase was said in the utterance that goes on.
    private var hasWoken = false
    /// The utterance that goes on began right after the one before, which is not answered yet.
    private var continues = false
    /// Aloud did not ask; it only listens a while longer.
    private var isFollowUp = false
    private var isDictating = false
    private var lastEnd: Int?
    private var ladder: WaitingLadder?
    private var learned = 0

    /// Less voice than this after the wake phrase is a breath, and the request is still to come.
    package static let shortestRequest = 200
    /// Silence after the wake phrase alone, in milliseconds.
    private static let afterWake = 350
    /// Milliseconds for which a reply waits because somebody speaks who may not mean Aloud.
    private static let longestHold = 4_000
    /// Pauses after which the habit is kept.
    private static let lesson = 8
    /// While a note is dictated: silence that ends a piece of it, and how long the next is waited for.
    private static let dictationPause = 2_500
    private static let dictationPatience = 60_000
    /// How long somebody is waited for who said “wait”.
    private static let thinkingPatience = 30_000

    package init(
        _ configuration: Configuration = Configuration(), habit: PauseHabit = PauseHabit(), isMuted: Bool = false
    ) {
        self.configuration = configuration
        self.habit = habit
        mode = configuration.mode
        state = isMuted ? .muted : .waiting
    }

    /// Takes other settings. A mode that was chosen by word stays until another one is configured.
    package mutating func reconfigure(_ new: Configuration) {
        if new.mode != configuration.mode { mode = new.mode }
        configuration = new
    }

    package mutating func on(_ event: Event, at now: Int = 0) -> [Action] {
        if state == .muted { return whileMuted(event) }
        switch event {
        case .woke: return woke()
        case .began: return began(now)
        case .spoke:
            guard playing == .ducked else { return [] }
            playing = .interrupted
            return [.interrupt]
        case .paused(let hasWake, let voiced): return paused(hasWake: hasWake, voiced: voiced)
        case .resumed(let pause): return resumed(after: pause)
        case .guessed(let completeness): return [.settle(trailing: trailing(completeness))]
        case .ended(let hasWake, let voiced): return ended(hasWake: hasWake, voiced: voiced, now)
        case .dropped: return dropped()
        case .nobodySpoke: return nobodySpoke()
        case .weighed(let isForUs): return weighed(isForUs)
        case .speakingBegan:
            playing = .aloud
            if state == .thinking { state = .speaking }
            return rest()
        case .replied:
            turns += 1
            state = .thinking
            return [.speak]
        case .turnEnded(let expectsAnswer, let control, let hasSpoken):
            return turnEnded(expectsAnswer, control, hasSpoken)
        case .tick: return tick(now)
        case .mute:
            let quiet = rest()
            state = .muted
            playing = .silent
            return [.stopSpeaking, .tone(.muted), .closeMicrophone, .keep(.isMuted(true))] + quiet
        case .unmute: return []
        case .talkKey(let key): return talkKey(isDown: key == .toggle ? !keyIsDown : key == .down)
        }
    }

    private mutating func whileMuted(_ event: Event) -> [Action] {
        switch event {
        case .unmute:
            state = .waiting
            speakingSince = nil
            return [.openMicrophone, .tone(.listening), .keep(.isMuted(false))]
        case .replied:
            turns += 1
            return [.speak]
        case .turnEnded:
            turns = max(0, turns - 1)
            return []
        default: return []
        }
    }
}

// MARK: What the user does

extension VoiceLoop {
    /// Whether the utterance that goes on may be for Aloud.
    private var mayBeForUs: Bool {
        hasWoken || continues || playing == .interrupted || state == .listening || mode == .open || keyIsDown
    }

    private mutating func woke() -> [Action] {
        hasWoken = true
        guard playing != .silent else { return [.prepare] }
        playing = .silent
        return [.stopSpeaking, .prepare]
    }

    private mutating func began(_ now: Int) -> [Action] {
        speakingSince = now
        if playing == .aloud {
            playing = .ducked
            return [.duck(true)]
        }
        guard turns > 0 else { return [] }
        continues = lastEnd.map { now - $0 <= configuration.merging } ?? false
        return [.hold(true)]
    }

    private func paused(hasWake: Bool, voiced: Int) -> [Action] {
        guard mayBeForUs || hasWake else { return [] }
        // Who called waits to hear that Aloud listens.
        if hasWake, voiced < Self.shortestRequest { return [.settle(trailing: Self.afterWake)] }
        return [.settle(trailing: trailing(.open)), .guess]
    }

    private mutating func resumed(after pause: Int) -> [Action] {
        habit.wentOn(after: pause)
        learned += 1
        guard learned >= Self.lesson else { return [.dropGuess] }
        learned = 0
        return [.dropGuess, .keep(.pauses(habit))]
    }

    private func trailing(_ completeness: Completeness) -> Int {
        if isDictating { return completeness == .complete ? 0 : Self.dictationPause }
        return habit.trailing(completeness, usual: configuration.trailing)
    }

    private mutating func ended(hasWake: Bool, voiced: Int, _ now: Int) -> [Action] {
        let isForUs = mayBeForUs || hasWake
        let manner: Manner = playing == .interrupted ? .interrupting : continues ? .continuing : .alone
        speakingSince = nil
        hasWoken = false
        continues = false
        var actions: [Action] = []
        if playing == .ducked {
            // Too short for words.
            playing = .aloud
            actions.append(.duck(false))
            if !hasWake { return actions }
        }
        if hasWake, voiced < Self.shortestRequest {
            if turns == 0 { state = .listening }
            isFollowUp = false
            return actions + [
                .hold(false), .tone(.listening), .expectSpeech(after: 0, patience: configuration.patience),
            ]
        }
        guard isForUs else { return actions + [.hold(false)] }
        turns += 1
        state = .thinking
        lastEnd = now
        ladder = WaitingLadder(began: now)
        return actions + (manner == .continuing ? [.take(manner), .hold(false)] : [.hold(false), .take(manner)])
            + [.ticks(true)]
    }

    private mutating func dropped() -> [Action] {
        speakingSince = nil
        hasWoken = false
        continues = false
        switch playing {
        case .interrupted:
            playing = .aloud
            return [.resume]
        case .ducked:
            playing = .aloud
            return [.duck(false)]
        case .silent, .aloud: return [.hold(false)]
        }
    }

    private mutating func nobodySpoke() -> [Action] {
        guard state == .listening, !keyIsDown else { return [] }
        isDictating = false
        state = .waiting
        return isFollowUp ? [] : [.tone(.nothing)]
    }

    private mutating func weighed(_ isForUs: Bool) -> [Action] {
        guard playing == .interrupted else { return [] }
        playing = isForUs ? .silent : .aloud
        if !isForUs { state = .speaking }
        return isForUs ? [.stopSpeaking] : [.resume] + rest()
    }

    private mutating func talkKey(isDown: Bool) -> [Action] {
        guard isDown != keyIsDown else { return [] }
        keyIsDown = isDown
        guard isDown else {
            if !isUserSpeaking, state == .listening { state = .waiting }
            return [.holdUtterance(false), .finishUtterance]
        }
        var actions: [Action] = [.holdUtterance(true), .prepare, .tone(.listening)]
        if playing != .silent { actions.insert(.stopSpeaking, at: 0) }
        playing = .silent
        if turns == 0 { state = .listening }
        return actions
    }
}

// MARK: What Aloud does

extension VoiceLoop {
    /// Nobody waits any more.
    private mutating func rest() -> [Action] {
        guard ladder != nil else { return [] }
        ladder = nil
        return [.ticks(false)]
    }

    private mutating func tick(_ now: Int) -> [Action] {
        if let speakingSince {
            // Somebody talks to somebody else.
            return !mayBeForUs && now - speakingSince > Self.longestHold ? [.hold(false)] : []
        }
        guard playing == .silent, let step = ladder?.step(at: now) else { return [] }
        return [.wait(step)]
    }

    private mutating func turnEnded(
        _ expectsAnswer: Bool, _ control: Response.Control?, _ hasSpoken: Bool
    ) -> [Action] {
        turns = max(0, turns - 1)
        var kept: [Action] = []
        switch control {
        case .mute: return on(.mute)
        case .mode(let new):
            mode = new
            kept = [.keep(.mode(new))]
        case .dictate(let isOn): isDictating = isOn
        case .sleep: if mode == .open { mode = .wake }
        case .pace, .wait, .wake, .stop, nil: break
        }
        guard turns == 0 else { return kept }
        playing = .silent
        let quiet = rest() + kept
        if control == .wait {
            state = .listening
            // Who does not go on is not told so.
            isFollowUp = true
            return quiet + (isUserSpeaking ? [] : [.expectSpeech(after: 0, patience: Self.thinkingPatience)])
        }
        if expectsAnswer || isDictating {
            state = .listening
            isFollowUp = false
            let patience = isDictating ? Self.dictationPatience : configuration.patience
            let settled = Action.expectSpeech(after: hasSpoken ? configuration.settling : 0, patience: patience)
            return quiet + (isUserSpeaking ? [] : [.tone(.listening), settled])
        }
        if hasSpoken, mode == .wake, control != .sleep, configuration.followUp > 0 {
            state = .listening
            isFollowUp = true
            return quiet + [.expectSpeech(after: configuration.settling, patience: configuration.followUp)]
        }
        state = .waiting
        return quiet
    }
}
