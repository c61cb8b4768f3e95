import Audio
import Endpoints
import Planning

extension Transcriber {
    /// A recogniser behind an OpenAI-compatible API. It hears what follows the wake phrase, and no more.
    ///
    /// - Parameter language: ISO 639-1; nil lets the server find out.
    package static func openai(
        _ endpoint: OpenAIEndpoint, language: String?, wakePhrase: String? = nil
    ) -> Transcriber {
        let phrase = WakePhrase(wakePhrase)
        return Transcriber(
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
                        opus: { try request.encoded() }, wav: { WAVFile.write(request.pcm) }, language: language,
                        prompt: prompt, deadline: deadline))
                let evidence = RemoteEvidence(answer)
                let text = phrase.stripped(from: answer.text, isCut: utterance.wakeEnd != nil)
                let isMadeUp = evidence.refutes(text, voiced: utterance.voiced, prompt: prompt)
                return Transcript(
                    text: isMadeUp ? "" : text, confidence: isMadeUp ? 0 : evidence.confidence, source: .remote,
                    evidence: evidence)
            })
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
