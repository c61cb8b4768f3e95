import Assistant
import Audio
import Endpoints
import Speech
import Support

/// One Wyoming client, from its first event to its last. Requests are answered one after the other.
struct WyomingSession: Sendable {
    let surface: WyomingSurface
    let link: WyomingLink

    /// Bytes of text that are spoken for one request.
    static let longestText = 64 * 1024

    /// What a client has begun and not ended.
    private struct Begun {
        var sound: IncomingSound?
        /// Set when the sound that comes is refused, so that it is said once.
        var isSoundRefused = false
        var text: SentenceCutter?
        var textBytes = 0
    }

    func run() async throws {
        var begun = Begun()
        do {
            for try await event in link.events { try await take(event, &begun) }
        } catch let error as WyomingError {
            // Nobody knows where the next event would begin.
            try await link.send(.error(error.description, code: "bad-event"))
        }
    }

    private func take(_ event: WyomingEvent, _ begun: inout Begun) async throws {
        switch event.type {
        case "describe": try await link.send(surface.info.event)
        case "ping": try await link.send(.pong(to: event))
        case "audio-start":
            begun.sound = nil
            begun.isSoundRefused = false
            try await hear(&begun) { _ in try IncomingSound(event) }
        case "audio-chunk":
            guard !begun.isSoundRefused else { return }
            try await hear(&begun) { sound in
                var sound = try sound ?? IncomingSound(event)
                try sound.add(event)
                return sound
            }
        case "audio-stop": try await transcribe(&begun)
        case "synthesize":
            // Within a stream it repeats the whole text for those that do not stream.
            guard begun.text == nil else { return }
            try await speak(event)
        case "synthesize-start":
            begun.text = SentenceCutter()
            begun.textBytes = 0
        case "synthesize-chunk": try await speak(piece: event, &begun)
        case "synthesize-stop":
            guard var text = begun.text else { return }
            begun.text = nil
            try await speak(text.finish())
            try await link.send(WyomingEvent("synthesize-stopped"))
        case "transcript", "text": try await handle(event)
        default: return
        }
    }
}

// MARK: Ears

extension WyomingSession {
    private func hear(
        _ begun: inout Begun, _ change: (IncomingSound?) throws -> IncomingSound
    ) async throws {
        do {
            begun.sound = try change(begun.sound)
        } catch let failure as IncomingSound.Failure {
            begun.sound = nil
            begun.isSoundRefused = true
            switch failure {
            case .format:
                try await link.send(
                    .error("send PCM of one rate from 8 to 96 kHz, 1 to 4 bytes wide", code: "bad-audio"))
            case .tooLong:
                try await link.send(
                    .error("at most \(IncomingSound.longest) s of sound are taken at once", code: "audio-too-long"))
            }
        }
    }

    private func transcribe(_ begun: inout Begun) async throws {
        defer { begun.isSoundRefused = false }
        guard let sound = begun.sound else {
            guard !begun.isSoundRefused else { return }
            return try await link.send(.error("audio-stop came without any sound", code: "no-audio"))
        }
        begun.sound = nil
        let text: String
        do {
            let expected = try await surface.house.dialogue.expected()
            let utterance = Utterance(samples: try sound.pcm().samples)
            text = try await surface.ears.transcribe(utterance, expected, .now + .seconds(60)).text
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return try await link.send(.error("\(error)", code: "asr-failed"))
        }
        try await link.send(WyomingEvent("transcript", ["text": .string(text), "language": "en"]))
    }
}

// MARK: Voice

extension WyomingSession {
    private func speak(_ event: WyomingEvent) async throws {
        guard let text = event["text"]?.string, text.utf8.count <= Self.longestText else {
            return try await link.send(
                .error("synthesize takes a text of at most \(Self.longestText / 1024) KiB", code: "bad-text"))
        }
        var cutter = SentenceCutter()
        try await speak(cutter.add(text) + cutter.finish(), always: true)
    }

    private func speak(piece event: WyomingEvent, _ begun: inout Begun) async throws {
        guard var text = begun.text, let piece = event["text"]?.string else { return }
        begun.textBytes += piece.utf8.count
        guard begun.textBytes <= Self.longestText else {
            begun.text = nil
            return try await link.send(
                .error("at most \(Self.longestText / 1024) KiB of text are spoken at once", code: "bad-text"))
        }
        let sentences = text.add(piece)
        begun.text = text
        try await speak(sentences)
    }

    /// - Parameter always: Whether a sound is begun and ended even when there is nothing to say: somebody waits for it.
    private func speak(_ sentences: [String], always: Bool = false) async throws {
        var rate: Int?
        do {
            for sentence in sentences {
                for try await sound in surface.voice.synthesize(sentence, .normal) {
                    if rate == nil { try await link.send(.audioStart(WyomingFormat(rate: sound.rate))) }
                    let wanted = rate ?? sound.rate
                    rate = wanted
                    let fitting = sound.rate == wanted ? sound : try Resampler.convert(sound, to: wanted)
                    try await link.send(.audioChunk(fitting.samples, rate: wanted))
                }
            }
        } catch let error as SpeechError {
            try await link.send(.error(error.description, code: "tts-failed"))
        }
        if rate == nil, always { try await link.send(.audioStart(WyomingFormat(rate: SpeechFormat.rate))) }
        if rate != nil || always { try await link.send(.audioStop) }
    }
}
