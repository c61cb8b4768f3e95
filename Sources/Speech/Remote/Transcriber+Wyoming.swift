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
        let follow: Follow = { utterance, _, deadline, partial in
            let isCut = utterance.wakeEnd != nil
            @Sendable func kept(_ text: String) -> String {
                let tidy = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                return phrase.stripped(from: tidy, isCut: isCut)
            }
            let text = try await endpoint.transcribe(
                utterance.withoutWake.samples, rate: SpeechFormat.rate, language: languages.sent, until: deadline
            ) { partial(kept($0)) }
            // It says nothing of how sure it is: as sure as a remote engine that leaves that out.
            let evidence = RemoteEvidence(TranscriptionAnswer(text: text))
            return Transcript(kept(text), evidence, languages, voiced: utterance.voiced, prompt: nil)
        }
        var transcriber = Transcriber(name: "wyoming", host: endpoint.host) { utterance, expected, deadline in
            try await follow(utterance, expected, deadline) { _ in }
        }
        transcriber.follow = follow
        transcriber.watch = endpoint.watch
        transcriber.prepare = { _ in Task { await endpoint.warm() } }
        return transcriber
    }
}
