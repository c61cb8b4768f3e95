import Assistant
import Audio
import Planning
import Testing

@testable import Speech

struct LocalRecognizerTests {
    static let names = LiveNames(
        projects: ["voice-notes", "Fintrack", "payments api"], plans: ["beta launch"],
        tasks: [1: "write the tests", 2: "fix the login page"], versions: 3)

    private func heard(_ text: String, with recognizer: LocalRecognizer) async throws -> Transcript {
        let expected = ExpectedSpeech(
            phrases: try CommandTable(CommandTable.english).phrases, names: Self.names)
        let samples = Sound.silence(0.3) + (try await Sound.spoken(text)) + Sound.silence(0.5)
        return try await recognizer.transcribe(
            Utterance(samples: samples), expecting: expected, until: .now + .seconds(30))
    }

    @Test func readsALiveNameInItsOwnSpelling() async throws {
        let transcript = try await heard("open project fintrack", with: LocalRecognizer())
        #expect(transcript.text == "open project Fintrack")
        #expect(transcript.source == .grammar)
    }

    @Test(arguments: [[], [Int16](repeating: 0, count: 100), Sound.silence(2)])
    func nothingHeardIsNothingUnderstood(samples: [Int16]) async throws {
        let transcript = try await LocalRecognizer().transcribe(
            Utterance(samples: samples), expecting: ExpectedSpeech(names: Self.names), until: .now + .seconds(30))
        #expect(transcript.text.isEmpty)
    }

    @Test func tooMuchSoundIsRefused() async throws {
        await #expect(throws: SpeechError.tooLong) {
            try await LocalRecognizer().transcribe(
                Utterance(samples: Sound.silence(61)), expecting: ExpectedSpeech(), until: .now + .seconds(30))
        }
    }

    @Test func aDeadlineThatPassedEndsTheWaiting() async throws {
        let recognizer = LocalRecognizer()
        await #expect(throws: SpeechError.deadline) {
            try await recognizer.transcribe(
                Utterance(samples: Sound.silence(3)), expecting: ExpectedSpeech(), until: .now + .milliseconds(1))
        }
    }

    @Test func cancellingEndsTheWaiting() async throws {
        let recognizer = LocalRecognizer()
        let task = Task {
            try await recognizer.transcribe(
                Utterance(samples: Sound.silence(3)), expecting: ExpectedSpeech(), until: .now + .seconds(60))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func missingModelsAreToldAndNotACrash() async throws {
        var configuration = LocalRecognizer.Configuration()
        configuration.model = SphinxModel(folder: "/nonexistent")
        await #expect(throws: SpeechError.missingModel("/nonexistent/en-us")) {
            try await LocalRecognizer(configuration).transcribe(
                Utterance(samples: Sound.silence(1)), expecting: ExpectedSpeech(), until: .now + .seconds(30))
        }
    }
}
