import Speech
import Testing

/// A story in words, told to the loop, and the actions it answers with.
@Suite struct VoiceLoopTests {
    private func told(_ mode: VoiceLoop.Mode = .wake, _ events: [VoiceLoop.Event]) -> (VoiceLoop, [[VoiceLoop.Action]])
    {
        var loop = VoiceLoop(mode: mode)
        let actions = events.map { loop.on($0) }
        return (loop, actions)
    }

    private let request = VoiceLoop.Event.ended(hasWake: true, voiced: 1500)
    private let onlyWake = VoiceLoop.Event.ended(hasWake: true, voiced: 0)
    private let talk = VoiceLoop.Event.ended(hasWake: false, voiced: 1500)

    @Test func aRequestInOneBreathIsTaken() {
        let (loop, actions) = told(.wake, [.woke, request])
        #expect(actions == [[.prepare], [.take]])
        #expect(loop.state == .thinking)
    }

    @Test func afterThePhraseAloneItWaitsForTheRequest() {
        let (loop, actions) = told(.wake, [.woke, onlyWake, talk])
        #expect(actions[1] == [.tone(.listening), .expectSpeech, .setDeaf(false)])
        #expect(actions[2] == [.take])
        #expect(loop.state == .thinking)
    }

    @Test func aBreathTakenForARequestDoesNotLoseTheRequestAfterIt() {
        let (loop, actions) = told(.wake, [.woke, request, .turnEnded(expectsAnswer: true, control: nil), talk])
        #expect(actions[1] == [.take])
        #expect(actions[3] == [.take])
        #expect(loop.state == .thinking)
    }

    @Test func whenNobodyGoesOnItRestsAgain() {
        let (loop, actions) = told(.wake, [.woke, onlyWake, .nobodySpoke, talk])
        #expect(actions[2] == [.tone(.nothing)])
        #expect(actions[3].isEmpty)
        #expect(loop.state == .waiting)
    }

    @Test func speechWithoutThePhraseIsForSomebodyElse() {
        let (loop, actions) = told(.wake, [talk])
        #expect(actions == [[]])
        #expect(loop.state == .waiting)
    }

    @Test func withAnOpenMicrophoneAllSpeechIsForAloud() {
        #expect(told(.open, [talk]).1 == [[.setDeaf(true), .take]])
    }

    @Test func whileTheTalkKeyIsHeldSpeechIsForAloud() {
        #expect(told(.ptt, [talk]).1 == [[]])
        #expect(told(.ptt, [.talkKey(isDown: true), talk]).1.last == [.setDeaf(true), .take])
        #expect(told(.ptt, [.talkKey(isDown: true), .talkKey(isDown: false), talk]).1.last == [])
    }

    @Test func itsOwnQuestionIsAnsweredWithoutThePhrase() {
        let (loop, actions) = told(
            .wake, [.woke, request, .speakingBegan, .turnEnded(expectsAnswer: true, control: nil), talk])
        #expect(actions[3] == [.setDeaf(false), .tone(.listening), .expectSpeech])
        #expect(actions[2] == [.setDeaf(true)])
        #expect(actions[4] == [.take])
        #expect(loop.state == .thinking)
    }

    @Test func thePhraseStopsItsSpeech() {
        let (_, actions) = told(.wake, [.woke, request, .speakingBegan, .woke])
        #expect(actions[3] == [.stopSpeaking, .prepare])
    }

    @Test func mutedMeansClosedUntilUnmuted() {
        let (loop, actions) = told(.open, [.mute, talk, .woke, .unmute, talk])
        #expect(actions[0] == [.stopSpeaking, .tone(.muted), .closeMicrophone])
        #expect(actions[1].isEmpty && actions[2].isEmpty)
        #expect(actions[3] == [.openMicrophone, .setDeaf(false), .tone(.listening)])
        #expect(loop.state == .thinking)
    }

    @Test func aReplyMayMute() {
        let (loop, actions) = told(.wake, [.woke, request, .turnEnded(expectsAnswer: false, control: .mute)])
        #expect(actions[2] == [.stopSpeaking, .tone(.muted), .closeMicrophone])
        #expect(loop.state == .muted)
    }

    @Test func aSecondRequestBeforeTheFirstIsAnsweredKeepsItDeafUntilBothAre() {
        let (loop, actions) = told(
            .wake,
            [.woke, request, .woke, request, .turnEnded(expectsAnswer: true, control: nil)])
        #expect(actions[3] == [.take])
        #expect(actions[4].isEmpty)
        #expect(loop.state == .thinking)
    }
}
