import Planning
import Speech
import Testing

/// A story in events, told to the loop, and the actions it answers with.
@Suite struct VoiceLoopTests {
    private func told(
        _ mode: VoiceLoop.Mode = .wake, _ events: [VoiceLoop.Event], followUp: Int = 0
    ) -> (loop: VoiceLoop, actions: [[VoiceLoop.Action]]) {
        var configuration = VoiceLoop.Configuration()
        configuration.mode = mode
        configuration.followUp = followUp
        var loop = VoiceLoop(configuration)
        let actions = events.map { loop.on($0) }
        return (loop, actions)
    }

    private let request = VoiceLoop.Event.ended(hasWake: true, voiced: 1500)
    private let onlyWake = VoiceLoop.Event.ended(hasWake: true, voiced: 0)
    private let talk = VoiceLoop.Event.ended(hasWake: false, voiced: 1500)
    private let answered = VoiceLoop.Event.turnEnded(expectsAnswer: false, control: nil, hasSpoken: true)
    private let asked = VoiceLoop.Event.turnEnded(expectsAnswer: true, control: nil, hasSpoken: true)
    private let taken = [VoiceLoop.Action.hold(false), .take(.alone), .ticks(true)]

    @Test func aRequestInOneBreathIsTaken() {
        let (loop, actions) = told(.wake, [.woke, request])
        #expect(actions == [[.prepare], taken])
        #expect(loop.state == .thinking)
    }

    @Test func afterThePhraseAloneItWaitsForTheRequest() {
        let (loop, actions) = told(.wake, [.woke, onlyWake, talk])
        #expect(actions[1] == [.hold(false), .tone(.listening), .expectSpeech(after: 0, patience: 5000)])
        #expect(actions[2] == taken)
        #expect(loop.state == .thinking)
    }

    @Test func whoCallsIsAnsweredSoonerThanWhoSpeaks() {
        let pause = VoiceLoop.Event.paused(hasWake: true, voiced: 0)
        #expect(told(.wake, [.woke, pause]).actions.last == [.settle(trailing: 350)])
    }

    @Test func aPauseIsGuessedAtAndTheGuessDecidesHowLongItMayBe() {
        let pause = VoiceLoop.Event.paused(hasWake: true, voiced: 900)
        let (_, actions) = told(
            .wake, [.woke, pause, .guessed(.incomplete), .resumed(after: 700), pause, .guessed(.complete)])
        #expect(actions[1] == [.settle(trailing: 550), .guess])
        #expect(actions[2] == [.settle(trailing: 1600)])
        #expect(actions[3] == [.dropGuess])
        #expect(actions[5] == [.settle(trailing: 0)])
    }

    @Test func whatIsNotForAloudIsNotGuessedAt() {
        #expect(told(.wake, [.began, .paused(hasWake: false, voiced: 900)]).actions.last == [])
    }

    @Test func whenNobodyGoesOnItRestsAgain() {
        let (loop, actions) = told(.wake, [.woke, onlyWake, .nobodySpoke, talk])
        #expect(actions[2] == [.tone(.nothing)])
        #expect(actions[3] == [.hold(false)])
        #expect(loop.state == .waiting)
    }

    @Test func speechWithoutThePhraseIsForSomebodyElse() {
        let (loop, actions) = told(.wake, [.began, talk])
        #expect(actions == [[], [.hold(false)]])
        #expect(loop.state == .waiting)
    }

    @Test func withAnOpenMicrophoneAllSpeechIsForAloud() {
        #expect(told(.open, [talk]).actions == [taken])
    }

    @Test func whileTheTalkKeyIsHeldSpeechIsForAloud() {
        #expect(told(.ptt, [talk]).actions == [[.hold(false)]])
        let (_, actions) = told(.ptt, [.talkKey(.down), .began, .talkKey(.up), talk])
        #expect(actions[0] == [.holdUtterance(true), .prepare, .tone(.listening)])
        #expect(actions[2] == [.holdUtterance(false), .finishUtterance])
        #expect(actions[3] == taken)
        #expect(told(.ptt, [.talkKey(.down), .talkKey(.up), talk]).actions.last == [.hold(false)])
    }

    @Test func itsOwnQuestionIsAnsweredWithoutThePhrase() {
        let (loop, actions) = told(.wake, [.woke, request, .speakingBegan, asked, talk])
        #expect(actions[2] == [.ticks(false)])
        #expect(actions[3] == [.tone(.listening), .expectSpeech(after: 300, patience: 5000)])
        #expect(actions[4] == taken)
        #expect(loop.state == .thinking)
    }

    @Test func afterAReplyOneCanGoOnForAWhileWithoutThePhrase() {
        let (loop, actions) = told(.wake, [.woke, request, .speakingBegan, answered, .nobodySpoke], followUp: 6000)
        #expect(actions[3] == [.expectSpeech(after: 300, patience: 6000)])
        // Nobody was asked, so nobody is told.
        #expect(actions[4] == [])
        #expect(loop.state == .waiting)
        #expect(told(.wake, [.woke, request, .speakingBegan, answered, talk], followUp: 6000).actions.last == taken)
    }

    @Test func thePhraseStopsItsSpeech() {
        let (_, actions) = told(.wake, [.woke, request, .speakingBegan, .woke])
        #expect(actions[3] == [.stopSpeaking, .prepare])
    }

    @Test func wordsInterruptAndAnythingShorterOnlyDucks() {
        let (_, words) = told(.wake, [.woke, request, .speakingBegan, .began, .spoke, talk, .weighed(isForUs: true)])
        #expect(words[3] == [.duck(true)])
        #expect(words[4] == [.interrupt])
        #expect(words[5] == [.hold(false), .take(.interrupting), .ticks(true)])
        #expect(words[6] == [.stopSpeaking])
        let (loop, cough) = told(.wake, [.woke, request, .speakingBegan, .began, .dropped])
        #expect(cough[4] == [.duck(false)])
        #expect(loop.state == .speaking)
    }

    @Test func whatTurnsOutToBeNothingIsResumed() {
        let (loop, actions) = told(
            .wake, [.woke, request, .speakingBegan, .began, .spoke, talk, .weighed(isForUs: false)])
        #expect(actions[6] == [.resume, .ticks(false)])
        #expect(loop.state == .speaking)
        #expect(told(.wake, [.woke, request, .speakingBegan, .began, .spoke, .dropped]).actions.last == [.resume])
    }

    @Test func whoGoesOnBeforeTheAnswerIsAnsweredOnce() {
        let (_, actions) = told(.wake, [.woke, request, .began, talk])
        #expect(actions[2] == [.hold(true)])
        #expect(actions[3] == [.take(.continuing), .hold(false), .ticks(true)])
    }

    @Test func aReplyWaitsForWhoSpeaksButNotForEver() {
        var loop = VoiceLoop(VoiceLoop.Configuration())
        _ = loop.on(.woke, at: 0)
        _ = loop.on(request, at: 1000)
        // Too late to go on with what was said, and not for Aloud.
        #expect(loop.on(.began, at: 4000) == [.hold(true)])
        #expect(loop.on(.tick, at: 7900) == [])
        #expect(loop.on(.tick, at: 8100) == [.hold(false)])
    }

    @Test func whoWaitsIsToldMoreAndMore() {
        var loop = VoiceLoop(VoiceLoop.Configuration())
        _ = loop.on(request, at: 0)
        let told = stride(from: 100, through: 32_000, by: 100).compactMap { now in
            loop.on(.tick, at: now).first.map { (now, $0) }
        }
        #expect(told.map(\.0) == [300, 1800, 6000, 10_000, 15_000, 30_000])
        #expect(told.map(\.1) == [.taken, .hold, .thinking, .thinking, .still, .still].map { .wait($0) })
    }

    @Test func mutedMeansClosedUntilUnmuted() {
        let (loop, actions) = told(.open, [.mute, talk, .woke, .unmute, talk])
        #expect(actions[0] == [.stopSpeaking, .tone(.muted), .closeMicrophone, .keep(.isMuted(true))])
        #expect(actions[1].isEmpty && actions[2].isEmpty)
        #expect(actions[3] == [.openMicrophone, .tone(.listening), .keep(.isMuted(false))])
        #expect(loop.state == .thinking)
    }

    @Test func aReplyMayMuteOrChangeTheMode() {
        func ended(_ control: Response.Control) -> VoiceLoop.Event {
            .turnEnded(expectsAnswer: false, control: control, hasSpoken: false)
        }
        let (muted, actions) = told(.wake, [.woke, request, ended(.mute)])
        #expect(actions[2] == [.stopSpeaking, .tone(.muted), .closeMicrophone, .keep(.isMuted(true)), .ticks(false)])
        #expect(muted.state == .muted)
        #expect(told(.wake, [.woke, request, ended(.mode(.open)), talk]).actions.last == taken)
    }

    @Test func aNoteIsTakenDownPieceByPieceUntilItsEnd() {
        let begins = VoiceLoop.Event.turnEnded(expectsAnswer: false, control: .dictate(true), hasSpoken: false)
        let pause = VoiceLoop.Event.paused(hasWake: false, voiced: 900)
        let (loop, actions) = told(.wake, [.woke, request, begins, pause, .guessed(.open), talk])
        #expect(actions[2] == [.ticks(false), .tone(.listening), .expectSpeech(after: 0, patience: 60_000)])
        #expect(actions[4] == [.settle(trailing: 2500)])
        #expect(actions[5] == taken)
        #expect(loop.state == .thinking)
    }

    @Test func aSecondRequestBeforeTheFirstIsAnsweredIsAnsweredToo() {
        let (loop, actions) = told(.wake, [.woke, request, .woke, request, asked])
        #expect(actions[3] == taken)
        #expect(actions[4].isEmpty)
        #expect(loop.state == .thinking)
    }

    @Test func whoAsksToWaitIsListenedToWithoutAWord() {
        let waiting = VoiceLoop.Event.turnEnded(expectsAnswer: true, control: .wait, hasSpoken: false)
        let (loop, actions) = told(.wake, [.woke, request, waiting, .nobodySpoke])
        #expect(actions[2] == [.ticks(false), .expectSpeech(after: 0, patience: 30_000)])
        #expect(actions[3] == [])
        #expect(loop.state == .waiting)
        #expect(told(.wake, [.woke, request, waiting, talk]).actions[3] == taken)
    }

    @Test func theModeChosenByWordStaysUntilAnotherIsConfigured() {
        let chosen = VoiceLoop.Event.turnEnded(expectsAnswer: false, control: .mode(.open), hasSpoken: true)
        var (loop, actions) = told(.wake, [.woke, request, chosen])
        #expect(actions[2].contains(.keep(.mode(.open))))
        var configuration = loop.configuration
        configuration.patience = 7_000
        loop.reconfigure(configuration)
        #expect(loop.mode == .open)
        configuration.mode = .ptt
        loop.reconfigure(configuration)
        #expect(loop.mode == .ptt)
    }

    @Test func whoPutsItToSleepHasToCallIt() {
        let asleep = VoiceLoop.Event.turnEnded(expectsAnswer: false, control: .sleep, hasSpoken: true)
        let (loop, actions) = told(.open, [talk, asleep, talk], followUp: 6_000)
        #expect(loop.mode == .wake && actions[2] == [.hold(false)])
    }

    @Test func mutedItBeginsMuted() {
        var loop = VoiceLoop(isMuted: true)
        #expect(loop.state == .muted && loop.on(.woke) == [])
        #expect(loop.on(.unmute).first == .openMicrophone)
    }
}
