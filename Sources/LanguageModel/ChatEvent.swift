/// What comes of a request, in this order: text in pieces, the calls, the usage when the server tells it, the end.
package enum ChatEvent: Equatable, Sendable {
    case text(String)
    /// All of them, whole: they are given out only when the reply is known to be complete.
    case calls([ToolCall])
    case usage(ChatUsage)
    case end(Ending)

    package enum Ending: String, Sendable {
        case stop
        /// The model wants results of its calls.
        case calls
        /// The reply reached the bound on its length.
        case length
        /// The server held the rest back.
        case filtered
        /// The stream broke off; calls in it are not given out.
        case truncated
    }
}

package struct ChatUsage: Equatable, Sendable {
    package let promptTokens: Int
    package let completionTokens: Int

    package init(promptTokens: Int, completionTokens: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
    }
}
