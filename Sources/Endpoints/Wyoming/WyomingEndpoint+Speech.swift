import Support

/// A stretch of sound from a Wyoming voice: 16-bit samples of one channel.
package struct WyomingSound: Equatable, Sendable {
    package var samples: [Int16]
    package var rate: Int
}

extension WyomingEndpoint {
    /// Speaks `text` and gives the sound to `each` as it comes. Something sounds, or it throws.
    ///
    /// - Parameters:
    ///   - voice: The voice to ask for; nil for the server's own choice.
    ///   - longest: The longest sound that is taken: a server may send without end.
    package func speak(
        _ text: String, voice: String? = nil, longest: Duration, until deadline: ContinuousClock.Instant,
        each: @escaping @Sendable (WyomingSound) -> Void
    ) async throws {
        let streams = try await info(until: deadline).tts.first?.streams
        guard let streams else { throw EndpointError(.notFound, "the server has no voice") }
        try await ask(until: deadline) { link in
            for event in Self.wishes(text, voice: voice, streams: streams) {
                try await link.send(event)
            }
            var incoming = IncomingSpeech(longest: longest, isStream: streams)
            for try await event in link.events {
                if let sound = try incoming.take(event) { each(sound) }
                if incoming.isOver { break }
            }
            guard incoming.hasSounded else { throw EndpointError(.decode, "no sound came") }
            guard incoming.isOver else { throw WyomingError.cutOff }
        }
    }

    private static func wishes(_ text: String, voice: String?, streams: Bool) -> [WyomingEvent] {
        let voice: [String: JSONValue] = voice.map { ["voice": ["name": .string($0)]] } ?? [:]
        let whole = WyomingEvent("synthesize", voice.merging(["text": .string(text)]) { $1 })
        guard streams else { return [whole] }
        // The whole among the pieces is for those that do not stream after all.
        return [
            WyomingEvent("synthesize-start", voice), WyomingEvent("synthesize-chunk", ["text": .string(text)]), whole,
            WyomingEvent("synthesize-stop"),
        ]
    }
}

/// Puts the audio events of a voice together.
struct IncomingSpeech {
    private(set) var isOver = false
    private(set) var hasSounded = false
    private let longest: Duration
    /// Whether several sounds may come, up to `synthesize-stopped`.
    private let isStream: Bool
    private var samples: WyomingSamples?
    private var length = Duration.zero

    init(longest: Duration, isStream: Bool) {
        self.longest = longest
        self.isStream = isStream
    }

    mutating func take(_ event: WyomingEvent) throws -> WyomingSound? {
        switch event.type {
        case "audio-start":
            guard let format = WyomingFormat(event) else { throw Self.unplayable }
            samples = WyomingSamples(format)
        case "audio-chunk": return try sound(event)
        case "audio-stop":
            samples = nil
            isOver = !isStream
        case "synthesize-stopped": isOver = true
        case "error": throw EndpointError.said(event)
        default: break
        }
        return nil
    }

    private mutating func sound(_ event: WyomingEvent) throws -> WyomingSound? {
        // Every chunk repeats the format, for those that missed the beginning.
        guard var current = samples ?? WyomingFormat(event).map({ WyomingSamples($0) }) else { throw Self.unplayable }
        let made = current.add(event.payload)
        samples = current
        guard !made.isEmpty else { return nil }
        hasSounded = true
        length += .microseconds(made.count * 1_000_000 / current.format.rate)
        guard length <= longest else { throw EndpointError(.decode, "the sound is longer than the text can be") }
        return WyomingSound(samples: made, rate: current.format.rate)
    }

    private static let unplayable = EndpointError(.decode, "the sound has a format that cannot be played")
}
