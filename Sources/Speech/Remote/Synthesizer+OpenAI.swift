import Audio
import Endpoints
import Support

extension Synthesizer {
    /// A voice behind an OpenAI-compatible API.
    ///
    /// - Parameter rate: Of headerless PCM, in samples a second.
    package static func openai(
        _ endpoint: OpenAIEndpoint, voices: VoiceChoice = VoiceChoice(), rate: Int = 24_000, cache: SpeechCache? = nil
    ) -> Synthesizer {
        let shelf = cache.map { cache in
            SpeechShelf(cache) { text, pace in
                let choice = voices.voice(for: text)
                return SpokenBy(
                    engine: "openai", address: endpoint.identity, model: endpoint.configuration.model,
                    voice: choice.voice, language: choice.language, rate: pace.factor, format: "\(rate)")
            }
        }
        var voice = Synthesizer(name: "openai", host: endpoint.host, shelf: shelf) { text, pace in
            let deadline = ContinuousClock.now + RemoteSpeech.longest(text) + RemoteSpeech.patience
            let speech = RemoteSpeech(
                endpoint,
                SpeechRequest(
                    text, voice: voices.voice(for: text).voice, speed: pace.factor, deadline: deadline), rate: rate)
            return AsyncThrowingStream { try await speech.next() }
        }
        voice.watch = endpoint.watch
        voice.prepare = { Task { await endpoint.warm() } }
        return voice
    }
}

/// Reads the sound of one text on demand, so that a player that is behind holds the server back.
private actor RemoteSpeech {
    private let endpoint: OpenAIEndpoint
    private let request: SpeechRequest
    private var pieces: HTTPBody.Iterator?
    private var sound: RemoteSound
    private let rate: Int
    private let longest: Duration
    private var length = Duration.zero
    private var hasSounded = false
    private var isOver = false

    init(_ endpoint: OpenAIEndpoint, _ request: SpeechRequest, rate: Int) {
        self.endpoint = endpoint
        self.request = request
        self.rate = rate
        longest = RemoteSpeech.longest(request.text)
        sound = RemoteSound(rate: rate)
    }

    /// The longest sound that a text can have, several times what slow speakers take: a server may send without end.
    static func longest(_ text: String) -> Duration { .seconds(10) + .milliseconds(500) * text.count }

    /// How long a server may take beyond the time that playing the sound takes.
    static let patience = Duration.seconds(30)

    func next() async throws -> PCM? {
        guard request.text.count <= SpeechRequest.longest else { throw SpeechError.tooLong }
        do {
            return try await piece()
        } catch is RemoteSound.Failure where endpoint.asksForPCM && !hasSounded {
            // Whatever it sent for PCM, WAV may be honest.
            endpoint.refusePCM()
            pieces = nil
            sound = RemoteSound(rate: rate)
            return try await piece()
        }
    }

    private func piece() async throws -> PCM? {
        while !isOver {
            if pieces == nil { pieces = try await endpoint.speak(request).makeAsyncIterator() }
            guard let iterator = pieces else { break }
            let bytes: [UInt8]?
            do {
                bytes = try await iterator.next()
            } catch {
                throw endpoint.failed(error)
            }
            let made = if let bytes { try sound.add(bytes) } else { try sound.finish() }
            isOver = bytes == nil
            if let made, !made.samples.isEmpty {
                hasSounded = true
                length += .milliseconds(made.milliseconds)
                guard length <= longest else {
                    isOver = true
                    throw EndpointError(.decode, "the sound is longer than the text can be")
                }
                return made
            }
        }
        guard hasSounded else { throw EndpointError(.decode, "no sound came") }
        return nil
    }
}
