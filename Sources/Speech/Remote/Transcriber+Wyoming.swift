import Audio
import Endpoints
import Planning

extension Transcriber {
    /// A recogniser behind a Wyoming server. It hears what follows the wake phrase, and no more.
    ///
    /// - Parameter language: ISO 639-1; nil lets the server find out.
    package static func wyoming(
        _ endpoint: WyomingEndpoint, language: String?, wakePhrase: String? = nil
    ) -> Transcriber {
        let phrase = WakePhrase(wakePhrase)
        return Transcriber(name: "wyoming", host: endpoint.host) { utterance, _, deadline in
            let text = try await endpoint.transcribe(
                utterance.withoutWake.samples, rate: SpeechFormat.rate, language: language, until: deadline)
            // It says nothing of how sure it is: as sure as a remote engine that leaves that out.
            let evidence = RemoteEvidence(TranscriptionAnswer(text: text))
            let tidy = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let kept = phrase.stripped(from: tidy, isCut: utterance.wakeEnd != nil)
            let isMadeUp = evidence.refutes(kept, voiced: utterance.voiced, prompt: nil)
            return Transcript(
                text: isMadeUp ? "" : kept, confidence: isMadeUp ? 0 : evidence.confidence, source: .remote,
                evidence: evidence)
        }
    }
}
