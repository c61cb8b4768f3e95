import LanguageModel
import Planning
import Support

/// One turn with one model: asks it, does what it calls for, asks again, until it has said its piece.
struct AgentTurn {
    let model: ChatModel
    let tools: AgentTools
    let deadline: ContinuousClock.Instant

    /// Requests of one turn at most.
    static let rounds = 6
    /// Calls of one answer that are done.
    static let callsAtOnce = 16
    private static let tooMany = #"{"error":"at most 16 calls at once are done; call again for the rest"}"#
    /// Characters of a reply that are kept and spoken.
    static let longestReply = 20_000

    /// What came of it. A failure is a part of it: what was said and done before stays said and done.
    struct Outcome {
        var said = ""
        var calls: [EngineCall] = []
        var failure: ChatFailure?
        /// Why there is no more, as a sentence, when the reply did not come to its own end.
        var shortfall: String?
        /// Whether the reply ended in the middle.
        var brokeOff = false
    }

    func run(_ messages: [ChatMessage], say: @Sendable (String) -> Void) async throws -> Outcome {
        var outcome = Outcome()
        var messages = messages
        for round in 1...Self.rounds {
            guard let reply = try await ask(messages, &outcome, say) else { return outcome }
            guard !reply.calls.isEmpty else { return outcome }
            guard round < Self.rounds else { break }
            messages.append(.assistant(reply.text, calls: reply.calls))
            // Every call gets its result, or the next request would be refused.
            for (count, call) in reply.calls.enumerated() {
                let result = count < Self.callsAtOnce ? try await tools.run(call) : Self.tooMany
                messages.append(.tool(callId: call.id, result: result))
                try Task.checkCancellation()
            }
        }
        outcome.shortfall = "I stopped there, because it took too many steps."
        return outcome
    }

    /// One request. nil when the turn ends with it.
    private func ask(
        _ messages: [ChatMessage], _ outcome: inout Outcome, _ say: @Sendable (String) -> Void
    ) async throws -> (text: String, calls: [ToolCall])? {
        let started = Timestamp.now
        let began = ContinuousClock.now
        var text = ""
        var calls: [ToolCall] = []
        var usage: ChatUsage?
        var ending = ChatEvent.Ending.truncated
        var failure: ChatFailure?
        do {
            let request = ChatRequest(messages, tools: AgentTools.definitions, deadline: deadline)
            for try await event in model.reply(request) {
                switch event {
                case .text(let raw):
                    let piece = CleanText.block(raw)
                    guard outcome.said.count + piece.count <= Self.longestReply else { continue }
                    let joined = outcome.said.joining(piece, isNewReply: text.isEmpty)
                    say(joined)
                    outcome.said += joined
                    text += piece
                case .calls(let wanted): calls = wanted
                case .usage(let told): usage = told
                case .end(let told): ending = told
                }
            }
            // A stream that was cancelled may just end.
            try Task.checkCancellation()
            if text.isEmpty, calls.isEmpty, outcome.said.isEmpty, await tools.done.isEmpty {
                failure = ChatFailure(.garbled, "an empty answer (\(ending.rawValue))")
            }
        } catch let error as ChatFailure {
            failure = error
        }
        outcome.calls.append(
            EngineCall(
                turnId: nil, kind: .chat, engine: model.engine, host: model.host, startedAt: started,
                milliseconds: (ContinuousClock.now - began).milliseconds,
                outcome: failure?.kind.rawValue ?? (ending == .truncated ? "truncated" : "ok"),
                detail: failure?.description ?? detail(usage)))
        outcome.failure = failure
        outcome.brokeOff = failure != nil || ending == .truncated
        guard failure == nil else { return nil }
        outcome.shortfall = ending.shortfall
        return ending == .calls ? (text, calls) : nil
    }

    private func detail(_ usage: ChatUsage?) -> String {
        model.model + (usage.map { ", \($0.promptTokens) + \($0.completionTokens) tokens" } ?? "")
    }
}

extension ChatEvent.Ending {
    fileprivate var shortfall: String? {
        switch self {
        case .stop, .calls: nil
        case .length: "I had to stop there."
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
