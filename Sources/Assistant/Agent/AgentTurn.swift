import LanguageModel
import Planning
import Support

/// One turn with one model: asks it, does what it calls for, asks again, until it has said its piece.
struct AgentTurn {
    let desk: ModelDesk
    let model: ChatModel
    let tools: ToolSession
    let offered: [ToolDefinition]
    let turn: Turn.ID?
    let deadline: ContinuousClock.Instant

    /// Requests of one turn at most.
    static let rounds = 6
    /// Calls of one answer that are done.
    static let callsAtOnce = 16
    private static let tooMany = #"{"error":"at most \#(callsAtOnce) calls at once are done; call again for the rest"}"#
    /// Characters of a reply that are kept and spoken.
    static let longestReply = 20_000
    private static let left = #"{"note":"left out here to save room"}"#
    private static let writtenCall = """
        You wrote a tool call as text. Nothing was done and nobody heard it. Call the tool through the tool interface, or \
        say in plain words what you mean.
        """

    /// What came of it. A failure is a part of it: what was said and done before stays said and done.
    struct Outcome {
        var said = ""
        var failure: ChatFailure?
        /// Why there is no more, as a sentence, when the reply did not come to its own end.
        var shortfall: String?
        /// Whether the reply ended in the middle.
        var brokeOff = false
    }

    func run(_ messages: [ChatMessage], tell: @Sendable (PlannerEvent) -> Void) async throws -> Outcome {
        var outcome = Outcome()
        var messages = messages
        var hasWrittenCall = false
        for round in 1...Self.rounds {
            try await shorten(&messages)
            let reply = try await ask(messages, &outcome) { tell(.delta($0)) }
            guard let reply else { return outcome }
            if reply.wroteCall {
                guard !hasWrittenCall, round < Self.rounds else {
                    outcome.failure = ChatFailure(.garbled, "tool calls written as text")
                    outcome.brokeOff = true
                    return outcome
                }
                hasWrittenCall = true
                messages += [.assistant(String(reply.raw.prefix(4000))), .user(Self.writtenCall)]
                continue
            }
            guard !reply.calls.isEmpty else { return outcome }
            guard round < Self.rounds else { break }
            messages.append(.assistant(reply.raw, calls: reply.calls))
            // Every call gets its result, or the next request would be refused.
            for (count, call) in reply.calls.enumerated() {
                tell(.doing(call.doing))
                let result = count < Self.callsAtOnce ? try await tools.run(call) : Self.tooMany
                messages.append(.tool(callId: call.id, result: result))
                try Task.checkCancellation()
            }
        }
        outcome.shortfall = "I stopped there, because it took too many steps."
        return outcome
    }

    /// Bytes of a call's arguments that are short enough to repeat.
    private static let longCall = 2000

    /// The calls and results of tools pile up: the oldest are left out when they no longer fit.
    private func shorten(_ messages: inout [ChatMessage]) async throws {
        let estimate = try await desk.estimate(for: model)
        let room = ModelDesk.room(of: model)
        var tokens = estimate.tokens(of: ChatRequest(messages, tools: offered))
        for index in messages.indices where tokens > room {
            switch messages[index] {
            case .tool(let id, _): messages[index] = .tool(callId: id, result: Self.left)
            case .assistant(let text, let calls) where !calls.isEmpty:
                messages[index] = .assistant(
                    text,
                    calls: calls.map { call in
                        call.text.utf8.count > Self.longCall
                            ? ToolCall(id: call.id, name: call.name, text: Self.left) : call
                    })
            default: continue
            }
            tokens = estimate.tokens(of: ChatRequest(messages, tools: offered))
        }
    }

    private struct Reply {
        var raw: String
        var calls: [ToolCall]
        var wroteCall: Bool
    }

    /// One request. nil when the turn ends with it.
    private func ask(
        _ messages: [ChatMessage], _ outcome: inout Outcome, _ say: @Sendable (String) -> Void
    ) async throws -> Reply? {
        let (done, pending) = await (tools.done, tools.pending)
        let needsWords = outcome.said.isEmpty && done.isEmpty && pending == nil
        var filter = WrittenCallFilter()
        var said = outcome.said
        var isNew = true
        func tell(_ piece: String) {
            guard !piece.isEmpty, said.count + piece.count <= Self.longestReply else { return }
            let joined = said.joining(piece, isNewReply: isNew)
            isNew = false
            say(joined)
            said += joined
        }
        let answer = try await desk.ask(
            model, ChatRequest(messages, tools: offered, deadline: deadline), for: "talk", turn: turn,
            needsWords: needsWords
        ) { piece in tell(filter.add(piece)) }
        let (rest, wroteCall) = filter.finish()
        tell(rest)
        outcome.said = said
        outcome.failure = answer.failure
        outcome.brokeOff = answer.failure != nil || answer.ending == .truncated
        guard answer.failure == nil else { return nil }
        outcome.shortfall = answer.ending.shortfall
        if wroteCall, answer.ending == .stop {
            return Reply(raw: answer.text, calls: [], wroteCall: true)
        }
        return answer.ending == .calls ? Reply(raw: answer.text, calls: answer.calls, wroteCall: false) : nil
    }
}

extension ChatEvent.Ending {
    fileprivate var shortfall: String? {
        switch self {
        case .stop, .calls: nil
        case .length: "I had to stop there, because the reply reached the longest that the model may write."
        case .filtered: "The server held back the rest."
        case .truncated: "The answer broke off there."
        }
    }
}

extension String {
    /// `piece` with the space that two replies of one turn need between them.
    fileprivate func joining(_ piece: String, isNewReply: Bool) -> String {
        let needsSpace = isNewReply && last.map { !$0.isWhitespace } == true && piece.first?.isWhitespace == false
        return needsSpace ? " " + piece : piece
    }
}
