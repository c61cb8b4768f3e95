import Audio
import CSpeech
import Planning

/// The local recogniser on its thread: a grammar of the expected phrases, and dictation as its witness.
///
/// The grammar hears a command in everything. Only when dictation, which knows nothing of commands being likely, heard
/// something that sounds alike, it was one.
final class RecognitionEngine {
    private let configuration: LocalRecognizer.Configuration
    private let pronunciation: Pronunciation
    private let wake: [String]
    private var commands: CommandSearch?
    private var dictation: DictationSearch?

    init(_ configuration: LocalRecognizer.Configuration, pronunciation: Pronunciation) {
        self.configuration = configuration
        self.pronunciation = pronunciation
        wake = configuration.wakePhrase.map { SpokenForm($0).words } ?? []
    }

    func prepare(_ expected: ExpectedSpeech) throws {
        _ = try readyCommands(expected)
        _ = try readyDictation(expected)
    }

    /// Gives the memory of the models back.
    func rest() {
        commands = nil
        dictation = nil
        cspeech_return_memory()
    }

    func transcribe(_ utterance: Utterance, _ expected: ExpectedSpeech, _ abort: Abort) throws -> Transcript {
        let commands = try readyCommands(expected)
        try abort.check()
        let sound = SpeechPart(of: try Suppression.applied(configuration.suppression, to: utterance.samples))
        let cepstra = commands.cepstra(sound.samples)
        guard cepstra.frames > 0 else { return Transcript(text: "", confidence: 0, source: .dictation) }
        let readings = try commands.read(cepstra, abort)
        let dictation = try readyDictation(expected)
        try abort.check()
        let heard = Dictated(try dictation.read(cepstra, abort))
        let wakeFrame = utterance.wakeEnd.map { ($0 - utterance.start - sound.start) / SpeechFormat.frame }
        let said = heard.withoutWake(wake, endingAt: wakeFrame, pronunciation)
        var transcript = Agreement(configuration, pronunciation, expected).judge(readings, said)
        // By the grammar alone every utterance might begin with it.
        transcript.heardWake = said.segments.count < heard.segments.count && readings.contains { $0.wakeEnd != nil }
        return transcript
    }

    private func readyCommands(_ expected: ExpectedSpeech) throws -> CommandSearch {
        let search =
            try commands ?? CommandSearch(configuration.model, wake: wake, pronunciation: pronunciation)
        commands = search
        try search.expect(expected)
        return search
    }

    private func readyDictation(_ expected: ExpectedSpeech) throws -> DictationSearch {
        let search =
            try dictation
            ?? DictationSearch(
                configuration.model, weight: configuration.planningWeight, wake: wake, pronunciation: pronunciation)
        dictation = search
        try search.expect(expected)
        return search
    }
}
