import Foundation
import LanguageModel
import Planning
import Storage

/// What the user allows language models to take.
package struct ModelLimits: Equatable, Sendable {
    /// Of a day that begins at midnight here, in millionths of the currency that the prices are in.
    package var dailyCostMicros: Int?
    package var dailyTokens: Int?
    package var callsPerMinute: Int?
    /// Whether prompts and answers are kept at all; the figures always are.
    package var keepsWords: Bool

    package init(
        dailyCostMicros: Int? = nil, dailyTokens: Int? = nil, callsPerMinute: Int? = nil, keepsWords: Bool = true
    ) {
        self.keepsWords = keepsWords
        self.dailyCostMicros = dailyCostMicros
        self.dailyTokens = dailyTokens
        self.callsPerMinute = callsPerMinute
    }
}

extension ModelLimits {
    /// Why a call must not be made now; nil when it may. Calls of all processes count.
    ///
    /// - Parameter tokens: What the prompt is thought to take. A reply is counted as long as it may become, where the model
    ///   has a bound.
    func obstacle(to model: ChatModel, tokens: Int, _ store: Store) async throws -> ChatFailure? {
        if let callsPerMinute {
            let recent = try await store.modelSpending(since: Timestamp.now.advanced(byMilliseconds: -60_000)).calls
            if recent >= callsPerMinute {
                return ChatFailure(.paced, "asked \(recent) times within a minute, of \(callsPerMinute) allowed")
            }
        }
        guard dailyTokens != nil || dailyCostMicros != nil else { return nil }
        let spent = try await store.modelSpending(since: Timestamp(Calendar.current.startOfDay(for: Date())))
        let reply = model.maximumTokens ?? 0
        if let dailyTokens, spent.tokens + tokens + reply > dailyTokens {
            return ChatFailure(.capped, "\(spent.tokens) tokens used today, of \(dailyTokens) allowed")
        }
        if let dailyCostMicros, let price = model.price,
            spent.costMicros + price.micros(prompt: tokens, completion: reply) > dailyCostMicros
        {
            return ChatFailure(.capped, "\(spent.costMicros) millionths spent today, of \(dailyCostMicros) allowed")
        }
        return nil
    }
}
