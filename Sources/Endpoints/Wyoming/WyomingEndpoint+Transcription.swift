import Support

extension WyomingEndpoint {
    /// Samples that are sent at once: 64 ms.
    private static let chunk = 1024

    /// What was said in `samples`, which are 16-bit and of one channel.
    ///
    /// - Parameters:
    ///   - language: ISO 639-1; nil lets the server find out.
    ///   - partial: Is told what there is of the text, each time a server that streams sends more.
    package func transcribe(
        _ samples: [Int16], rate: Int, language: String?, until deadline: ContinuousClock.Instant,
        partial: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> String {
        try await ask(until: deadline) { [configuration] link in
            try await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask {
                    // A server that leaves before it has heard all has said why, and that is read beside this.
                    try? await Self.say(samples, rate: rate, model: configuration.model, language: language, on: link)
                    return nil
                }
                group.addTask { try await Self.transcript(link, partial) }
                defer { group.cancelAll() }
                while let text = try await group.next() { if let text { return text } }
                throw EndpointError(.network, "the server closed the connection before it answered")
            }
        }
    }

    private static func say(
        _ samples: [Int16], rate: Int, model: String?, language: String?, on link: WyomingLink
    ) async throws {
        var wish: [String: JSONValue] = [:]
        if let model { wish["name"] = .string(model) }
        if let language { wish["language"] = .string(language) }
        try await link.send(WyomingEvent("transcribe", wish))
        try await link.send(.audioStart(WyomingFormat(rate: rate)))
        for start in stride(from: 0, to: samples.count, by: chunk) {
            try await link.send(.audioChunk(samples[start..<min(start + chunk, samples.count)], rate: rate))
        }
        try await link.send(.audioStop)
    }

    /// The whole text, or the pieces of a server that streams them and leaves the whole out.
    private static func transcript(
        _ link: WyomingLink, _ partial: @Sendable (String) -> Void
    ) async throws -> String {
        var pieces = ""
        for try await event in link.events {
            switch event.type {
            case "transcript":
                guard let text = event["text"]?.string else {
                    throw EndpointError(.decode, "the transcript has no text")
                }
                return text
            case "transcript-start": pieces = ""
            case "transcript-chunk":
                pieces += event["text"]?.string ?? ""
                guard pieces.utf8.count <= WyomingDecoder.longestData else {
                    throw EndpointError(.decode, "the transcript is without end")
                }
                partial(pieces)
            case "transcript-stop":
                if !pieces.isEmpty { return pieces }
            case "error": throw EndpointError.said(event)
            default: continue
            }
        }
        throw EndpointError(.network, "the server closed the connection before it answered")
    }
}
