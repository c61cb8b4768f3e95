import LanguageModel

extension ChatFailure {
    /// One honest sentence about what failed and, where there is one, the remedy.
    func spoken(_ model: ChatModel) -> String {
        let host = model.host ?? "this machine"
        return switch kind {
        case .unreachable: "The language model at \(host) cannot be reached."
        case .slow: "The language model at \(host) did not answer in time."
        case .key: "The key of the language model at \(host) is missing or refused."
        case .quota: "The account at \(host) has no credit left for the language model."
        case .busy: "The language model at \(host) has too much to do right now."
        case .missing: "\(host) knows no language model called \(model.model)."
        case .garbled: "The language model at \(host) sent an answer that I cannot read."
        case .refused: "\(host) refused what I asked the language model."
        case .broken: "The language model at \(host) failed."
        case .capped: "What you allow the language model for one day is used up."
        case .paced: "The language model was asked as often as you allow within a minute; try again in a moment."
        case .tooLong: "That is more text than the language model takes at once."
        case .resting: "The language model failed a moment ago, so I have not asked it again yet."
        }
    }
}
