import Audio
import Endpoints
import Planning

extension Transcriber {
    /// A recogniser behind a Wyoming server. It hears what follows the wake phrase, and no more.
    ///
    /// - Parameter languages: One is sent; of several the server finds out which, and another one is not believed.
    package static func wyoming(
        _ endpoint: WyomingEndpoint, languages: SpokenLanguages, wakePhrase: String? = nil
    ) -> Transcriber {
        let phrase = WakePhrase(wakePhrase)
        var transcriber = Transcriber(name: "wyoming", host: endpoint.host) { utterance, _, deadline in
            let text = try await endpoint.transcribe(
                utterance.withoutWake.samples, rate: SpeechFormat.rate, language: languages.sent, until: deadline)
            // It says nothing of how sure it is: as sure as a remote engine that leaves that out.
            let evidence = RemoteEvidence(TranscriptionAnswer(text: text))
            let tidy = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let kept = phrase.stripped(from: tidy, isCut: utterance.wakeEnd != nil)
            return Transcript(kept, evidence, languages, voiced: utterance.voiced, prompt: nil)
        }
        transcriber.watch = endpoint.watch
        transcriber.prepare = { _ in Task { await endpoint.warm() } }
        return transcriber
    }
}
