import Audio
import Endpoints
import Planning

extension Transcriber {
    /// A recogniser behind an OpenAI-compatible API. It hears what follows the wake phrase, and no more.
    ///
    /// - Parameter languages: One is sent; of several the server finds out which, and another one is not believed.
    package static func openai(
        _ endpoint: OpenAIEndpoint, languages: SpokenLanguages, wakePhrase: String? = nil
    ) -> Transcriber {
        let phrase = WakePhrase(wakePhrase)
        var transcriber = Transcriber(
            name: "openai", host: endpoint.host,
            prepare: { _ in
                // Nobody waits for it: its deadline is its own, and a failure shows when the utterance comes.
                Task { await endpoint.warm() }
            },
            transcribe: { utterance, expected, deadline in
                let request = utterance.withoutWake
                let prompt = TranscriptionPrompt.text(expected)
                let answer = try await endpoint.transcribe(
                    TranscriptionRequest(
                        opus: { try request.encoded() }, wav: { WAVFile.write(request.pcm) }, language: languages.sent,
                        prompt: prompt, deadline: deadline))
                let evidence = RemoteEvidence(answer)
                let text = phrase.stripped(from: answer.text, isCut: utterance.wakeEnd != nil)
                return Transcript(text, evidence, languages, voiced: utterance.voiced, prompt: prompt)
            })
        transcriber.watch = endpoint.watch
        return transcriber
    }
}

extension Transcript {
    /// What another machine's recogniser wrote, unless something speaks against it: then nothing was said.
    init(_ text: String, _ evidence: RemoteEvidence, _ languages: SpokenLanguages, voiced: Int, prompt: String?) {
        let isMadeUp =
            evidence.refutes(text, voiced: voiced, prompt: prompt)
            || evidence.refutes(text, voiced: voiced, languages: languages)
        // Whole sentences of another language are not thrown away, but nothing is done without asking.
        let share = languages.isForeign(text, said: evidence.language) ? 0.5 : 1
        self.init(
            text: isMadeUp ? "" : text, confidence: isMadeUp ? 0 : evidence.confidence * share, source: .remote,
            evidence: evidence)
    }
}

extension Utterance {
    /// What was said after the wake phrase; its Opus is of the whole and so is dropped.
    var withoutWake: Utterance {
        guard let wakeEnd, wakeEnd > start else { return self }
        var rest = self
        rest.samples = Array(samples.dropFirst(wakeEnd - start))
        rest.start = min(wakeEnd, end)
        rest.opus = []
        return rest
    }

    /// Ogg Opus, made now when it was not made as the sound came.
    func encoded() throws -> [UInt8] {
        guard opus.isEmpty else { return opus }
        let encoder = try OggOpusEncoder()
        return try encoder.encode(samples) + encoder.finish()
    }
}
