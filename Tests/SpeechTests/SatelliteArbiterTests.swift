import Testing

@testable import Speech

/// The arbiter where expectations can ask it.
private final class Arbiter {
    private var value = SatelliteArbiter()

    func woke(_ satellite: Int, at now: ContinuousClock.Instant) { value.woke(satellite, at: now) }
    func leave(_ satellite: Int) { value.leave(satellite) }
    func mustAnswer(_ satellite: Int) -> Bool { value.mustAnswer(satellite) }
    func heard(_ satellite: Int, level: Double, at now: ContinuousClock.Instant) -> SatelliteArbiter.Standing {
        value.heard(satellite, level: level, at: now)
    }
}

/// Which of several satellites answers.
@Suite struct SatelliteArbiterTests {
    private typealias Standing = SatelliteArbiter.Standing
    private let start = ContinuousClock.now

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    /// How two satellites stand that were woken at these milliseconds and heard these levels, when the window is over.
    private func stand(_ first: (Int, Double), _ second: (Int, Double)) -> [Standing] {
        let arbiter = Arbiter()
        arbiter.woke(1, at: at(first.0))
        _ = arbiter.heard(1, level: first.1, at: at(first.0 + 10))
        arbiter.woke(2, at: at(second.0))
        _ = arbiter.heard(2, level: second.1, at: at(second.0 + 10))
        let late = at(max(first.0, second.0) + 800)
        return [arbiter.heard(1, level: -96, at: late), arbiter.heard(2, level: -96, at: late)]
    }

    @Test func theLouderAnswers() {
        #expect(stand((0, -40), (300, -30)) == [.lost, .won])
        #expect(stand((0, -30), (300, -40)) == [.won, .lost])
    }

    @Test func ofTwoThatAreAboutAsLoudTheFirstAnswers() {
        #expect(stand((0, -32), (300, -30)) == [.won, .lost])
        #expect(stand((0, -33), (300, -30)) == [.lost, .won])
    }

    @Test func wokenLaterIsWokenByAnotherVoice() {
        #expect(stand((0, -40), (699, -30)) == [.lost, .won])
        #expect(stand((0, -40), (700, -30)) == [.won, .won])
    }

    @Test func nothingIsDecidedWhileOthersMayCome() {
        let arbiter = Arbiter()
        arbiter.woke(1, at: at(0))
        #expect(arbiter.heard(1, level: -20, at: at(699)) == .open)
        #expect(arbiter.heard(1, level: -20, at: at(700)) == .won)
    }

    @Test func whoMustAnswerDecidesAtOnceAndForGood() {
        let arbiter = Arbiter()
        arbiter.woke(1, at: at(0))
        _ = arbiter.heard(1, level: -40, at: at(50))
        #expect(arbiter.mustAnswer(1))
        arbiter.woke(2, at: at(200))
        #expect(arbiter.heard(2, level: -5, at: at(250)) == .lost)
        #expect(!arbiter.mustAnswer(2))
        #expect(arbiter.heard(1, level: -40, at: at(800)) == .won)
    }

    @Test func whoLeavesBeforeTheDecisionDoesNotWin() {
        let arbiter = Arbiter()
        arbiter.woke(1, at: at(0))
        arbiter.woke(2, at: at(100))
        _ = arbiter.heard(1, level: -10, at: at(110))
        arbiter.leave(1)
        #expect(arbiter.mustAnswer(2))
        #expect(!arbiter.mustAnswer(1))
        #expect(arbiter.heard(1, level: -10, at: at(120)) == .lost)
    }

    @Test func wokenAgainItBeginsAnew() {
        let arbiter = Arbiter()
        arbiter.woke(1, at: at(0))
        #expect(arbiter.mustAnswer(1))
        arbiter.woke(1, at: at(3000))
        #expect(arbiter.heard(1, level: -30, at: at(3010)) == .open)
        #expect(arbiter.mustAnswer(1))
    }
}

/// What a satellite's connection is about.
@Suite struct SatelliteRunTests {
    private let once = SatelliteRun.Order(needsWake: false, restarts: false, speaks: true)
    private let always = SatelliteRun.Order(needsWake: true, restarts: true, speaks: true)

    private func after(_ events: SatelliteRun.Event...) -> (SatelliteRun, last: [SatelliteRun.Action]) {
        var run = SatelliteRun()
        var last: [SatelliteRun.Action] = []
        for event in events { last = run.on(event) }
        return (run, last)
    }

    @Test func wokenItListensAnswersAndRests() {
        #expect(after(.ordered(once)).last == [.listen(forWake: false, isAsked: true)])
        #expect(
            after(.ordered(once), .ended(hasWake: false, voiced: 900)).last
                == [.stopListening, .take(speaks: true)])
        let (run, last) = after(
            .ordered(once), .ended(hasWake: false, voiced: 900), .answered(expectsAnswer: true))
        #expect(last == [.leaveRound])
        #expect(run.state == .idle)
    }

    @Test func thatAlwaysSendsIsHeardForTheWakePhraseAgainAfterwards() {
        #expect(after(.ordered(always), .ended(hasWake: false, voiced: 900)).last == [])
        #expect(after(.ordered(always), .nobodySpoke).last == [])
        #expect(after(.ordered(always), .woke).last == [.tellWoke])
        #expect(
            after(.ordered(always), .woke, .ended(hasWake: true, voiced: 900), .answered(expectsAnswer: false)).last
                == [.leaveRound, .listen(forWake: true, isAsked: false)])
        #expect(
            after(.ordered(always), .woke, .ended(hasWake: true, voiced: 900), .answered(expectsAnswer: true)).last
                == [.leaveRound, .listen(forWake: false, isAsked: true)])
    }

    @Test func theWakePhraseAloneWaitsForWhatFollows() {
        #expect(after(.ordered(always), .woke, .ended(hasWake: true, voiced: 0)).last == [.expectSpeech])
        #expect(
            after(
                .ordered(always), .woke, .ended(hasWake: true, voiced: 0), .ended(hasWake: false, voiced: 900)
            ).last == [.stopListening, .take(speaks: true)])
    }

    @Test(arguments: [
        (SatelliteRun.Event.nobodySpoke, SatelliteRun.Action.tellNobodySpoke), (.stalled, .tellNobodySpoke),
        (.lost, .dismiss), (.orderedOther, .tellRefused),
    ])
    func whatComesToNothingIsToldAndEnds(event: SatelliteRun.Event, action: SatelliteRun.Action) {
        let (run, last) = after(.ordered(once), event)
        #expect(last == [.stopListening, action, .leaveRound])
        #expect(run.state == .idle)
    }

    @Test func thatAlwaysSendsIsHeardAgainWhenItCameToNothing() {
        #expect(
            after(.ordered(always), .woke, .lost).last
                == [.stopListening, .dismiss, .leaveRound, .listen(forWake: true, isAsked: false)])
        #expect(
            after(.ordered(always), .woke, .ended(hasWake: true, voiced: 0), .nobodySpoke).last
                == [.stopListening, .tellNobodySpoke, .leaveRound, .listen(forWake: true, isAsked: false)])
    }

    @Test func whileItAnswersNothingElseIsBegun() {
        let (run, last) = after(.ordered(once), .ended(hasWake: false, voiced: 900), .ordered(always))
        #expect(last == [.tellRefused])
        #expect(run.state == .answering(once))
        #expect(after(.ordered(once), .ended(hasWake: false, voiced: 900), .lost).last == [])
    }

    @Test func atRestNothingHappens() {
        for event in [SatelliteRun.Event.woke, .nobodySpoke, .lost, .stalled, .answered(expectsAnswer: true)] {
            #expect(after(event).last == [])
        }
        #expect(after(.orderedOther).last == [.tellRefused])
    }
}
