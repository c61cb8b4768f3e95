import Assistant
import Endpoints
import Planning
import Support

extension WyomingSession {
    /// A turn of the one conversation, whoever wrote the words down.
    func handle(_ event: WyomingEvent) async throws {
        guard let text = event["text"]?.string, !text.allSatisfy(\.isWhitespace) else {
            return try await answer("not-handled", "I did not hear anything.", to: event)
        }
        let isBegun = Shared(false)
        do {
            for try await happened in surface.house.dialogue.take(Heard(text, surface: .socket)) {
                surface.house.publish(happened)
                switch happened {
                case .kept, .routed, .doing: continue
                case .delta(let piece): try await tell(piece, isBegun, to: event)
                case .reply(let reply, _):
                    await surface.house.obey(reply)
                    if !isBegun.value { try await tell(reply.text, isBegun, to: event) }
                    // The whole once more, for those that do not take pieces.
                    try await answer("handled", reply.text, to: event)
                }
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try await answer("not-handled", "\(error)", to: event)
        }
        if isBegun.value { try await link.send(WyomingEvent("handled-stop")) }
    }

    /// A piece of a reply as it is written.
    private func tell(_ piece: String, _ isBegun: Shared<Bool>, to event: WyomingEvent) async throws {
        if !isBegun.value {
            isBegun.value = true
            try await answer("handled-start", nil, to: event)
        }
        try await link.send(WyomingEvent("handled-chunk", ["text": .string(piece)]))
    }

    /// The context comes back as it came: by it the client knows its own conversations apart.
    private func answer(_ type: String, _ text: String?, to event: WyomingEvent) async throws {
        var data: [String: JSONValue] = [:]
        if let text { data["text"] = .string(text) }
        if let context = event["context"] { data["context"] = context }
        try await link.send(WyomingEvent(type, data))
    }
}
