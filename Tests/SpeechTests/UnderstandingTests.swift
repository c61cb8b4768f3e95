import Assistant
import Audio
import Planning
import SpeechFixtures
import Testing

@testable import Speech

/// The recogniser on recorded commands. `Benchmarks/Recognition` measures all of them; here a part has to be right.
struct UnderstandingTests {
    private func words(_ text: String) -> [String] { SpokenForm(text).words }

    @Test func readsCommandsInEveryVoice() async throws {
        let fixtures = try Fixtures()
        let recognizer = LocalRecognizer()
        let expected = ExpectedSpeech(
            phrases: try CommandTable(CommandTable.english).phrases, names: fixtures.names)
        let matcher = Matcher(try CommandTable(CommandTable.english)) { recognizer.pronunciation.phones(of: $0) }
        var right = 0
        var wrong = 0
        let chosen = fixtures.files(.command).enumerated().filter { $0.offset % 9 == 0 }.map(\.element)
        for fixture in chosen {
            let samples = Sound.silence(0.2) + (try fixtures.samples(of: fixture)) + Sound.silence(0.4)
            let transcript = try await recognizer.transcribe(
                Utterance(samples: samples), expecting: expected, until: .now + .seconds(60))
            let intent = matcher.understand(transcript.text, names: fixtures.names)?.intent.rawValue
            if intent == fixture.intent { right += 1 } else if intent != nil { wrong += 1 }
        }
        #expect(Double(right) >= 0.9 * Double(chosen.count), "\(right) of \(chosen.count)")
        #expect(Double(wrong) <= 0.05 * Double(chosen.count), "\(wrong) of \(chosen.count)")
    }

    @Test func theWakePhraseIsNotPartOfTheText() async throws {
        let fixtures = try Fixtures()
        let recognizer = LocalRecognizer()
        let expected = ExpectedSpeech(
            phrases: try CommandTable(CommandTable.english).phrases, names: fixtures.names)
        var right = 0
        for fixture in fixtures.files(.wake) where fixture.file.contains("one-breath") {
            let samples = Sound.silence(0.2) + (try fixtures.samples(of: fixture)) + Sound.silence(0.4)
            let transcript = try await recognizer.transcribe(
                Utterance(samples: samples), expecting: expected, until: .now + .seconds(60))
            #expect(!transcript.text.contains("planner") && transcript.heardWake == true)
            if transcript.text.hasPrefix("create new project ") { right += 1 }
        }
        #expect(right >= 3)
    }

    /// What we say ourselves can be understood: the voice is fit for people, and the tests for the recogniser.
    @Test func ourOwnVoiceIsUnderstood() async throws {
        let replies = [
            "Created project voice notes.", "You have three projects.", "The plan has nine tasks.",
            "Task three is done.", "Saved as version two.", "I opened the project.",
            "The next task is to write the tests.", "Which project do you mean?", "There is no open plan.",
            "Undone.",
        ]
        let recognizer = LocalRecognizer()
        var errors = 0
        var all = 0
        for reply in replies {
            let spoken = Sentences.cut(SpeakableText.spoken(reply)).joined(separator: " ")
            let samples = Sound.silence(0.2) + (try await Sound.spoken(spoken)) + Sound.silence(0.3)
            let transcript = try await recognizer.transcribe(
                Utterance(samples: samples), expecting: ExpectedSpeech(), until: .now + .seconds(60))
            errors += edits(words(reply), words(transcript.text))
            all += words(reply).count
        }
        #expect(Double(errors) <= 0.3 * Double(all), "\(errors) of \(all) words")
    }

    private func edits(_ left: [String], _ right: [String]) -> Int {
        let longest = max(left.count, right.count)
        return Int((PhoneDistance.between(left, right) * Double(longest)).rounded())
    }
}
