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
        let follow: Follow = { utterance, expected, deadline, partial in
            let prompt = TranscriptionPrompt.text(expected)
            let isCut = utterance.wakeEnd != nil
            let answer = try await endpoint.transcribe(
                TranscriptionRequest(
                    utterance.withoutWake, language: languages.sent, prompt: prompt, deadline: deadline
                ) { partial(phrase.stripped(from: $0, isCut: isCut)) })
            let text = phrase.stripped(from: answer.text, isCut: isCut)
            return Transcript(
                text, RemoteEvidence(answer), languages, voiced: utterance.voiced, prompt: prompt)
        }
        var transcriber = Transcriber(
            name: "openai", host: endpoint.host,
            prepare: { _ in
                // Nobody waits for it: its deadline is its own, and a failure shows when the utterance comes.
                Task { await endpoint.warm() }
            },
            transcribe: { try await follow($0, $1, $2) { _ in } })
        transcriber.follow = follow
        transcriber.learn = {
            guard endpoint.mayStream else { return }
            await endpoint.learnWhetherItStreams(
                TranscriptionRequest(.hush, language: languages.sent, prompt: nil, deadline: .now + .seconds(20)))
        }
        transcriber.watch = endpoint.watch
        return transcriber
    }
}

extension TranscriptionRequest {
    fileprivate init(
        _ utterance: Utterance, language: String?, prompt: String?, deadline: ContinuousClock.Instant,
        partial: (@Sendable (String) -> Void)? = nil
    ) {
        self.init(
            opus: { try utterance.encoded() }, wav: { WAVFile.write(utterance.pcm) }, language: language,
            prompt: prompt, deadline: deadline, partial: partial)
    }
}

extension Utterance {
    /// A second of next to nothing, to ask a server something with: some refuse what is shorter, or is nothing at all.
    fileprivate static var hush: Utterance {
        Utterance(samples: (0..<SpeechFormat.rate).map { Int16($0 * 7919 % 41 - 20) })
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
