import Assistant
import Audio
import Planning
import Support
import Testing

@testable import Speech

struct LocalRecognizerTests {
    static let names = LiveNames(
        projects: ["voice-notes", "Fintrack", "payments api"], plans: ["beta launch"],
        tasks: [1: "write the tests", 2: "fix the login page"], versions: 3, templates: TemplateSet.builtIn.names)

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

    /// With our own voice, which is plainer than a person's: the words of the templates are known to the recogniser.
    @Test(arguments: [
        ("what templates are there", Intent.listTemplates, nil as String?),
        ("create a security plan", .createPlan, "security"),
        ("create a database migration plan", .createPlan, "database migration"),
        ("create a bug fix plan called voice search", .createPlan, "bug fix"),
        ("create a plan called voice search from template refactoring", .createPlan, "refactoring"),
    ])
    func hearsWhichTemplateIsMeant(said: String, intent: Intent, template: String?) async throws {
        let recognizer = LocalRecognizer()
        let transcript = try await heard(said, with: recognizer)
        let matcher = Matcher(try CommandTable(CommandTable.english)) { recognizer.pronunciation.phones(of: $0) }
        let understanding = matcher.understand(transcript.text, names: Self.names)
        #expect(understanding?.intent == intent, "\(transcript.text)")
        #expect(understanding?.slots["template"]?.string == template, "\(transcript.text)")
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
