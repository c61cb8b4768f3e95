import Glibc
import Planning
import Support
import Testing

@testable import Speech

/// What people complain of in voice assistants, each said in a room on a virtual clock: the sound of a user goes in, the sound
/// of Aloud comes out, and everything between is real but the words of its answers.
@Suite(.serialized) struct TurnTakingTests {
    private let command = "show my projects"
    private let long = """
        The plan has four sections. The first one tells what the users need. The second one tells how it is built. \
        The third one lists the tests. The last one is about the release.
        """

    @Test func aWholeCommandIsTakenAtTheFirstPause() async throws {
        let talk = Talk { _ in Talk.Answer("You have one project.") }
        await talk.pause(0.5)
        let said = try await talk.say(command).upperBound
        await talk.pause(4)
        #expect(talk.turns.value == [Talk.Turn(text: command, continues: false)])
        #expect(talk.spoken.value == ["You have one project."])
        let began = try #require(talk.sounding.first?.lowerBound)
        #expect((0...450).contains(began - said), "\(began - said) ms")
        await talk.end()
    }

    // MARK: 1. It talks to itself

    @Test(arguments: [-20.0, -6, 0])
    func itDoesNotAnswerItself(echo: Double) async throws {
        let long = long
        let talk = Talk(echo: VirtualRoom.Echo(level: echo)) { _ in Talk.Answer(long) }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(25)
        #expect(talk.turns.value.count == 1, "\(talk.turns.value) \(talk.events.value)")
        // It was never interrupted either.
        #expect(talk.spoken.value.first?.hasSuffix("about the release.") == true, "\(talk.sounding)")
        #expect(talk.sounding.count <= 6, "\(talk.sounding)")
        await talk.end()
    }

    // MARK: 2. The microphone opens before it has finished, or not at all

    @Test func afterItsQuestionItListensWhenTheSoundHasDiedAway() async throws {
        let talk = Talk(.wake) { text in
            text == "yes" ? Talk.Answer("Deleted.") : Talk.Answer("Shall I delete the plan?", asks: true)
        }
        await talk.pause(0.5)
        talk.service.give(.loop(.woke))
        await talk.pause(0.1)
        try await talk.say(command)
        await talk.pause(3)
        let listening = try #require(talk.times { $0 == .state(.listening) }.last)
        let drained = try #require(talk.times { if case .spoken = $0 { true } else { false } }.last)
        #expect(listening >= drained)
        try await talk.say("yes")
        await talk.pause(2)
        #expect(talk.turns.value.map(\.text) == [command, "yes"])
        await talk.end()
    }

    // MARK: 3. A short command hangs for seconds

    @Test(arguments: ["stop", "undo", "status"])
    func aShortCommandIsTakenSoon(word: String) async throws {
        let talk = Talk { _ in Talk.Answer("Done.") }
        await talk.pause(0.4)
        let said = try await talk.say(word).upperBound
        await talk.pause(3)
        let taken = try #require(talk.times { if case .transcript = $0 { true } else { false } }.first)
        #expect(taken - said <= 800, "\(taken - said) ms")
        await talk.end()
    }

    // MARK: 4. It cuts one off in mid-thought

    @Test func whoPausesAfterAndIsNotCutOff() async throws {
        let talk = Talk(
            transcriber: Talk.scripted(["add a task write the tests and", "add a task write the tests and the docs"])
        ) {
            _ in Talk.Answer("Added.")
        }
        await talk.pause(0.5)
        try await talk.say("add a task write the tests and")
        await talk.pause(1.1)
        try await talk.say("the documentation")
        await talk.pause(3)
        #expect(talk.turns.value == [Talk.Turn(text: "add a task write the tests and the docs", continues: false)])
        await talk.end()
    }

    @Test func whoGoesOnBeforeTheAnswerIsAnsweredOnce() async throws {
        let stopped = Shared(0)
        let talk = Talk(transcriber: Talk.scripted(["what about the", "release"]), judge: { _ in .open }) { _ in
            var answer = Talk.Answer("It is on Monday.", after: 2000)
            answer.stopped = { stopped.update { $0 += 1 } }
            return answer
        }
        await talk.pause(0.5)
        try await talk.say("what about the")
        await talk.pause(0.9)
        try await talk.say("release of the product")
        await talk.pause(5)
        #expect(talk.turns.value.map(\.continues) == [false, true])
        #expect(stopped.value == 1)
        #expect(talk.sounding.count == 1 || talk.spoken.value == ["", "It is on Monday."], "\(talk.spoken.value)")
        await talk.end()
    }

    // MARK: 6. The first words are lost

    @Test func theFirstWordOfTheSessionIsHeard() async throws {
        let talk = Talk { _ in Talk.Answer("You have one project.") }
        try await talk.say(command)
        await talk.pause(2)
        #expect(talk.turns.value.map(\.text) == [command])
        await talk.end()
    }

    // MARK: 7. A cough kills the answer

    @Test func aCoughOnlyMakesItQuieter() async throws {
        let long = long
        let talk = Talk { _ in Talk.Answer(long) }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(4)
        await talk.room.pass(saying: Talk.cough)
        await talk.pause(20)
        #expect(talk.turns.value.count == 1)
        #expect(talk.spoken.value.first?.hasSuffix("about the release.") == true, "\(talk.spoken.value)")
        await talk.end()
    }

    /// A recogniser hears a word in everything.
    @Test func aCoughThatIsTakenForAWordOnlyInterrupts() async throws {
        let long = long
        let talk = Talk(transcriber: Talk.scripted([command, "it"])) { _ in Talk.Answer(long) }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(4)
        await talk.room.pass(saying: Talk.cough + Talk.cough)
        await talk.pause(25)
        #expect(talk.turns.value.count == 1, "\(talk.turns.value)")
        #expect(talk.spoken.value.first?.hasSuffix("about the release.") == true, "\(talk.spoken.value)")
        await talk.end()
    }

    /// In four voices, after the echo guard has heard Aloud for two seconds.
    @Test(arguments: LocalVoice.Name.allCases)
    func whoSaysNoIsHeardThroughTheEcho(voice: LocalVoice.Name) async throws {
        let long = long
        let talk = Talk(
            echo: VirtualRoom.Echo(level: -12), voice: voice, transcriber: Talk.scripted([command, "no not that"])
        ) { text in
            Talk.Answer(text.contains("projects") ? long : "")
        }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(5)
        let began = try await talk.say("no, not that one").lowerBound
        await talk.pause(4)
        let silent = try #require(talk.sounding.last { $0.lowerBound < began }?.upperBound)
        #expect(silent - began <= 600, "\(silent - began) ms")
        #expect(talk.turns.value.count == 2)
        await talk.end()
    }

    @Test func aSignToGoOnIsNoInterruption() async throws {
        let long = long
        let talk = Talk(transcriber: Talk.scripted([command, "mm-hmm"])) { _ in Talk.Answer(long) }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(4)
        try await talk.say("oh I see")
        await talk.pause(25)
        #expect(talk.turns.value.count == 1)
        #expect(talk.spoken.value.first?.hasSuffix("about the release.") == true, "\(talk.spoken.value)")
        #expect(talk.spoken.value.first?.hasPrefix("The plan has four") == true)
        await talk.end()
    }

    // MARK: 8. After an interruption it believes that it said everything

    @Test func wordsStopItAndOnlyWhatWasHeardCounts() async throws {
        let long = long
        let talk = Talk { text in text.contains("projects") ? Talk.Answer(long) : Talk.Answer("") }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(5)
        let began = try await talk.say("wait, stop").lowerBound
        await talk.pause(4)
        let silent = try #require(talk.sounding.last { $0.lowerBound < began }?.upperBound)
        #expect((50...200).contains(silent - began), "\(silent - began) ms")
        // The empty answer to the interruption may be told first.
        let heard = try #require(talk.spoken.value.first { !$0.isEmpty })
        #expect(long.hasPrefix(heard) && heard.count > 20 && heard.count < long.count - 40, "\(heard)")
        await talk.end()
    }

    // MARK: 9. Voice, no text, and everything waits

    @Test func whatNobodyUnderstandsEndsTheTurn() async throws {
        let talk = Talk(transcriber: Talk.scripted(["", command])) { _ in Talk.Answer("You have one project.") }
        await talk.pause(0.5)
        try await talk.say("mumble mumble")
        await talk.pause(3)
        #expect(talk.service.state == .waiting)
        #expect(talk.turns.value.isEmpty)
        try await talk.say(command)
        await talk.pause(3)
        #expect(talk.turns.value.map(\.text) == [command])
        await talk.end()
    }

    // MARK: 11. Markdown is read aloud

    @Test func markdownAndCodeAreNotReadAloud() async throws {
        let talk = Talk { _ in
            Talk.Answer("**Three** things, see [the docs](https://example.org/x):\n```swift\nlet a = 1\n```\n- `one`")
        }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(8)
        let spoken = try #require(talk.spoken.value.first)
        #expect(!spoken.contains("*") && !spoken.contains("http") && !spoken.contains("let a"), "\(spoken)")
        await talk.end()
    }

    // MARK: 14. Dead air while it thinks

    @Test func whoWaitsHearsThatItIsBeingDone() async throws {
        let talk = Talk { _ in
            var answer = Talk.Answer("You have one project.", after: 18_000)
            answer.progress = "Looking through the projects."
            return answer
        }
        await talk.pause(0.5)
        try await talk.say(command)
        await talk.pause(1)
        #expect(talk.sounding.count == 1)
        await talk.pause(21)
        let starts = talk.sounding.map { Double($0.lowerBound - talk.sounding[0].lowerBound) / 1000 }
        // A tone, a sentence, two sounds, a sentence, the answer.
        #expect(starts.count >= 6, "\(talk.sounding)")
        #expect((1.2...1.7).contains(starts[1]), "\(starts)")
        #expect(talk.spoken.value == ["You have one project."])
        await talk.end()
    }
}

extension Talk {
    /// A recogniser that hears these texts, one after the other; the last again and again.
    static func scripted(_ texts: [String]) -> Transcriber {
        let left = Shared(texts)
        return Transcriber(name: "scripted") { _, _, _ in
            let text = left.update { left in left.count > 1 ? left.removeFirst() : left.first ?? "" }
            return Transcript(text: text, confidence: 1, source: .dictation)
        }
    }

    /// A burst of noise with the pitch of a voice, 90 ms long.
    static let cough: [Int16] = (0..<1440).map { index in
        let wave = (1...12).reduce(0.0) { $0 + (Double(index * $1 * 140 * 2) * .pi / 16_000).sine / Double($1) }
        return Int16(6000 * wave * (Double(index) * .pi / 1440).sine)
    }
}

extension Double {
    fileprivate var sine: Double { sin(self) }
}
