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
    private var searches: Searches?

    init(_ configuration: LocalRecognizer.Configuration, pronunciation: Pronunciation) {
        self.configuration = configuration
        self.pronunciation = pronunciation
        wake = configuration.wakePhrase.map { SpokenForm($0).words } ?? []
    }

    func prepare(_ expected: ExpectedSpeech) throws {
        _ = try ready(expected)
    }

    /// Gives back what is free.
    func tidy() { cspeech_return_memory() }

    /// Gives the memory of the models back.
    func rest() {
        searches = nil
        cspeech_return_memory()
    }

    func transcribe(_ utterance: Utterance, _ expected: ExpectedSpeech, _ abort: Abort) throws -> Transcript {
        let searches = try ready(expected)
        try abort.check()
        let sound = SpeechPart(of: try Suppression.applied(configuration.suppression, to: utterance.samples))
        let cepstra = searches.decoder.cepstra(sound.samples)
        guard cepstra.frames > 0 else { return Transcript(text: "", confidence: 0, source: .dictation) }
        let readings = try searches.commands.read(cepstra, abort)
        try abort.check()
        let heard = Dictated(try searches.dictation.read(cepstra, abort))
        let wakeFrame = utterance.wakeEnd.map { ($0 - utterance.start - sound.start) / SpeechFormat.frame }
        let said = heard.withoutWake(wake, endingAt: wakeFrame, pronunciation)
        var transcript = Agreement(configuration, pronunciation, expected).judge(readings, said)
        // By the grammar alone every utterance might begin with it.
        transcript.heardWake = said.segments.count < heard.segments.count && readings.contains { $0.wakeEnd != nil }
        return transcript
    }

    private func ready(_ expected: ExpectedSpeech) throws -> Searches {
        if let searches, searches.expected == expected { return searches }
        let last = searches?.decoder
        // Should it fail, the decoder is in no state to go on with.
        searches = nil
        let ready = try Searches(expected, configuration, wake: wake, pronunciation, after: last)
        searches = ready
        return ready
    }
}
