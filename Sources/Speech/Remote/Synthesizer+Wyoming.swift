import Audio
import Endpoints

extension Synthesizer {
    /// A voice behind a Wyoming server. The protocol knows no pace.
    package static func wyoming(
        _ endpoint: WyomingEndpoint, voices: VoiceChoice = VoiceChoice(), cache: SpeechCache? = nil
    ) -> Synthesizer {
        let asked = endpoint.configuration
        let shelf = cache.map { cache in
            SpeechShelf(cache) { text, _ in
                let choice = voices.voice(for: text)
                return SpokenBy(
                    engine: "wyoming", address: asked.address.description, model: asked.model ?? "",
                    voice: choice.voice, language: choice.language)
            }
        }
        var voice = Synthesizer(name: "wyoming", host: endpoint.host, shelf: shelf) { text, _ in
            // What waits to be played is bounded by the longest sound that a text can have.
            AsyncThrowingStream { continuation in
                guard text.count <= SpeechRequest.longest else {
                    return continuation.finish(throwing: SpeechError.tooLong)
                }
                let longest = Duration.seconds(10) + .milliseconds(500) * text.count
                let task = Task {
                    do {
                        try await endpoint.speak(
                            text, voice: voices.voice(for: text).voice, longest: longest,
                            until: .now + longest + .seconds(30)
                        ) {
                            continuation.yield(PCM(samples: $0.samples, rate: $0.rate))
                        }
                        continuation.finish()
                    } catch {
                        continuation.finish(throwing: error)
                    }
                }
                continuation.onTermination = { _ in task.cancel() }
            }
        }
        voice.watch = endpoint.watch
        voice.prepare = { Task { await endpoint.warm() } }
        return voice
    }
}
