import LanguageModel
import Planning
import Storage
import Support

/// The one way to a language model: minds the limits, asks, and keeps what was asked and what was answered.
package struct ModelDesk: Sendable {
    let store: Store
    let limits: Shared<ModelLimits>

    package init(store: Store, limits: Shared<ModelLimits> = Shared(ModelLimits())) {
        self.store = store
        self.limits = limits
    }

    struct Answer {
        var text = ""
        var calls: [ToolCall] = []
        var ending = ChatEvent.Ending.truncated
        var failure: ChatFailure?
        var usage: ChatUsage?
    }

    /// Tokens that are kept free for what the estimate missed, in a hundred.
    static let margin = 5

    func estimate(for model: ChatModel) async throws -> TokenEstimate {
        TokenEstimate(ratio: try await store.tokenRatio(of: model.model))
    }

    /// Tokens that a prompt may take.
    static func room(of model: ChatModel) -> Int {
        let reply = model.maximumTokens ?? min(4096, model.contextTokens / 4)
        return (model.contextTokens - min(reply, model.contextTokens / 2)) * (100 - margin) / 100
    }

    /// Asks once. A failure is a part of the answer; only a cancellation and a failing store are thrown.
    ///
    /// - Parameter needsWords: Whether an answer without text and calls is a failure.
    func ask(
        _ model: ChatModel, _ request: ChatRequest, for purpose: String, turn: Turn.ID?, needsWords: Bool = true,
        each: (String) -> Void = { _ in }
    ) async throws -> Answer {
        var answer = Answer()
        let thought = TokenEstimate.rule(request)
        let tokens = try await estimate(for: model).corrected(thought)
        guard tokens <= Self.room(of: model) else {
            answer.failure = ChatFailure(
                .tooLong, "about \(tokens) tokens to send, and the model takes \(Self.room(of: model))")
            return answer
        }
        if let obstacle = try await limits.value.obstacle(to: model, tokens: tokens, store) {
            answer.failure = obstacle
            return answer
        }
        let started = Timestamp.now
        let began = ContinuousClock.now
        var wasCancelled = false
        do {
            for try await event in model.reply(request) {
                switch event {
                case .text(let raw):
                    let piece = CleanText.block(raw)
                    guard answer.text.utf8.count + piece.utf8.count <= ModelCall.longest else { continue }
                    answer.text += piece
                    each(piece)
                case .calls(let wanted): answer.calls = wanted
                case .usage(let told): answer.usage = told
                case .end(let told): answer.ending = told
                }
            }
            // A stream that was cancelled may just end.
            try Task.checkCancellation()
            if needsWords, answer.text.allSatisfy(\.isWhitespace), answer.calls.isEmpty {
                answer.failure = ChatFailure(.garbled, "an empty answer (\(answer.ending.rawValue))")
            }
        } catch let error as ChatFailure {
            answer.failure = error
        } catch is CancellationError {
            wasCancelled = true
        }
        let call = EngineCall(
            turnId: turn, kind: .chat, engine: model.engine, host: model.host, startedAt: started,
            milliseconds: (ContinuousClock.now - began).milliseconds,
            outcome: wasCancelled
                ? "cancelled"
                : answer.failure?.kind.rawValue
                    ?? ([.truncated, .length].contains(answer.ending) ? answer.ending.rawValue : "ok"),
            detail: answer.failure?.description ?? answer.detail(model))
        try await store.record(call, words(answer, request, model, call, purpose, thought: thought))
        guard !wasCancelled else { throw CancellationError() }
        return answer
    }

    private func words(
        _ answer: Answer, _ request: ChatRequest, _ model: ChatModel, _ call: EngineCall, _ purpose: String,
        thought: Int
    ) -> ModelCall {
        let prompt = request.transcript
        let calls = answer.calls.map { "\($0.name) \($0.text)" }
        let said = ([answer.text] + calls).filter { !$0.isEmpty }.joined(separator: "\n")
        let cost = answer.usage.flatMap { usage in
            model.price?.micros(prompt: usage.promptTokens, completion: usage.completionTokens)
        }
        return ModelCall(
            callId: call.id, purpose: purpose, model: model.model, prompt: limits.value.keepsWords ? prompt : "",
            response: limits.value.keepsWords ? said : "",
            promptHash: SHA256.hex(prompt), estimatedTokens: thought, promptTokens: answer.usage?.promptTokens,
            completionTokens: answer.usage?.completionTokens, costMicros: cost, at: call.startedAt)
    }
}

extension ModelDesk.Answer {
    fileprivate func detail(_ model: ChatModel) -> String {
        model.model + (usage.map { ", \($0.promptTokens) + \($0.completionTokens) tokens" } ?? "")
    }
}
