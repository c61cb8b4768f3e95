import Assistant
import Foundation
import NIOCore
import Planning
import Support

/// One client of the local socket, from its first line to its last.
struct SocketSession: Sendable {
    let house: House
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Requests are answered one after the other; a subscription speaks in between.
    func run(_ lines: NIOAsyncChannelInboundStream<ClientLine>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for try await line in lines {
                switch line {
                case .tooLong:
                    try await write("error: a line is at most \(LocalSocket.lineLimit / 1024) KiB; goodbye")
                    group.cancelAll()
                    return
                case .notText:
                    try await write("error: that was not UTF-8 text; send one line of text, or a JSON object")
                case .text(let text) where text.hasPrefix("{"):
                    if try await answer(json: text) { group.addTask { try await follow() } }
                case .text(let text) where text.allSatisfy(\.isWhitespace):
                    continue
                case .text(let text):
                    try await answer(text: text)
                }
            }
            group.cancelAll()
        }
    }

    private func answer(text: String) async throws {
        do {
            var isStreaming = false
            for try await event in house.dialogue.take(Heard(text, surface: .socket)) {
                house.publish(event)
                switch event {
                case .kept, .routed, .doing: continue
                case .delta(let piece):
                    isStreaming = true
                    try await write(piece, line: false)
                case .reply(let reply, _):
                    await house.obey(reply)
                    try await write(isStreaming ? "" : reply.text)
                }
            }
        } catch let error as any CustomStringConvertible & Error where !(error is ChannelError) {
            try await write("error: \(error)")
        }
    }

    /// Whether the request was to subscribe.
    private func answer(json: String) async throws -> Bool {
        let request: SocketRequest
        do {
            request = try JSONText.decode(SocketRequest.self, from: json)
        } catch {
            let methods = SocketRequest.Method.allCases.map(\.rawValue).joined(separator: ", ")
            try await answer(
                (try? JSONText.decode(RequestIdentity.self, from: json))?.id, "error",
                [
                    "code": "bad_request",
                    "message": .string("send one JSON object a line, with a method (\(methods)) and an id"),
                ])
            return false
        }
        switch request.method {
        case .ping: try await answer(request.id, "pong")
        case .status: try await answer(request.id, "status", await house.live.status())
        case .mute, .unmute:
            await house.live.setMuted(request.method == .mute)
            try await answer(request.id, "done", ["muted": .bool(request.method == .mute)])
        case .ptt: try await talkKey(request)
        case .subscribe:
            try await answer(request.id, "subscribed")
            return true
        case .say: try await say(request)
        }
        return false
    }

    private func talkKey(_ request: SocketRequest) async throws {
        guard let key = request.key else {
            return try await answer(
                request.id, "error", ["code": "bad_request", "message": "ptt needs a key: down, up or toggle"])
        }
        guard await house.live.talkKey(key) else {
            return try await answer(
                request.id, "error", ["code": "no_audio", "message": "the daemon runs without a microphone"])
        }
        try await answer(request.id, "done", ["key": .string(key.rawValue)])
    }

    private func say(_ request: SocketRequest) async throws {
        guard let text = request.text, !text.allSatisfy(\.isWhitespace) else {
            return try await answer(
                request.id, "error", ["code": "bad_request", "message": "say needs a text that is not empty"])
        }
        do {
            for try await event in house.dialogue.take(Heard(text, surface: .socket)) {
                house.publish(event)
                if case .reply(let reply, _) = event { await house.obey(reply) }
                let shown = event.houseEvent
                try await answer(request.id, shown.event, shown.facts)
                if case .reply(let reply, let turn) = event, request.aloud == true {
                    try await speak(reply, turn, request.id)
                }
            }
        } catch let error as any CustomStringConvertible & Error where !(error is ChannelError) {
            try await answer(
                request.id, "error",
                ["code": .string(ErrorCode(error).rawValue), "message": .string(error.description)])
        }
    }

    private func speak(_ reply: Reply, _ turn: Turn.ID, _ id: JSONValue?) async throws {
        guard let milliseconds = await house.live.speak(reply, turn) else {
            return try await answer(
                id, "error", ["code": "not_spoken", "message": "the reply could not be spoken; see: aloud doctor"])
        }
        try await answer(id, "spoken", ["duration_ms": .number(Double(milliseconds))])
    }

    private func follow() async throws {
        for await event in house.hub.events() { try await write(JSONText.line(event)) }
    }

    private func answer(_ id: JSONValue?, _ event: String, _ facts: JSONValue = .object([:])) async throws {
        try await write(JSONText.line(SocketAnswer(id: id, event: HouseEvent(event, facts))))
    }

    private func write(_ text: String, line: Bool = true) async throws {
        let buffer = ByteBuffer(string: line ? text + "\n" : text)
        try await withDeadline(LocalSocket.writeDeadline) { try await outbound.write(buffer) }
    }
}

extension DialogueEvent {
    /// The event as JSON lines show it.
    package var houseEvent: HouseEvent {
        switch self {
        case .kept(let turn): HouseEvent("kept", ["turn_id": .string(turn.rawValue)])
        case .routed(let routing):
            HouseEvent(
                "routed",
                [
                    "tier": .string(routing.tier.rawValue),
                    "command": routing.command.map(JSONValue.string) ?? .null,
                    "slots": .object(routing.slots),
                    "needs_confirmation": .bool(routing.needsConfirmation),
                ])
        case .delta(let text): HouseEvent("delta", ["text": .string(text)])
        case .doing(let what): HouseEvent("doing", ["text": .string(what)])
        case .reply(let reply, let turn):
            HouseEvent(
                "reply",
                [
                    "text": .string(reply.text), "expects_answer": .bool(reply.expectsAnswer),
                    "turn_id": .string(turn.rawValue),
                ])
        }
    }
}
