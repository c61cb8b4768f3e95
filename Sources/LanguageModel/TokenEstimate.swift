import Support

/// How many tokens a text takes, before anybody counts them.
///
/// The rule of thumb is OpenAI's: a token is about four characters of English (help.openai.com, “What are tokens and how to
/// count them?”), and each message takes about three more (OpenAI Cookbook, “How to count tokens with tiktoken”). Letters
/// beyond ASCII count for one token each, which is too many for most scripts and too few for none that was looked at. What
/// a server reports afterwards corrects it: see `ratio`.
package struct TokenEstimate: Equatable, Sendable {
    package enum Source: String, Sendable {
        /// The rule of thumb alone.
        case rule
        /// The rule times what the server's own figures were in the last calls.
        case calibrated
    }

    /// What the estimate is multiplied by, 0.5 … 3.
    package let ratio: Double
    package let source: Source

    private static let limits = 0.5...3.0

    /// - Parameter ratio: Tokens told by the server over tokens of the rule; nil when nothing was told yet.
    package init(ratio: Double? = nil) {
        self.ratio = ratio.map { min(max($0, Self.limits.lowerBound), Self.limits.upperBound) } ?? 1
        source = ratio == nil ? .rule : .calibrated
    }

    package func tokens(in text: String) -> Int { corrected(Self.rule(text)) }

    package func tokens(of request: ChatRequest) -> Int { corrected(Self.rule(request)) }

    /// What the rule gave, corrected.
    package func corrected(_ tokens: Int) -> Int { Int((Double(tokens) * ratio).rounded(.up)) }

    /// The rule alone, which is what a server's figures are held against.
    package static func rule(_ request: ChatRequest) -> Int {
        request.messages.map { rule($0.text) + 3 }.reduce(3, +) + rule(tools: request.tools)
            + (request.form.map { rule(json: $0.shape.schema) } ?? 0)
    }

    package static func rule(tools: [ToolDefinition]) -> Int {
        tools.map(\.tokens).reduce(0, +)
    }

    package static func rule(_ text: String) -> Int {
        var (plain, other) = (0, 0)
        for byte in text.utf8 {
            if byte < 0x80 { plain += 1 } else if byte >= 0xC0 { other += 1 }
        }
        return (plain + 3) / 4 + other
    }

    static func rule(json: JSONValue) -> Int { (try? JSONText.line(json)).map(rule) ?? 0 }
}

extension ChatMessage {
    /// All the words of it.
    var text: String {
        switch self {
        case .system(let text), .user(let text), .tool(_, let text): text
        case .assistant(let text, let calls): text + calls.map { $0.name + $0.text }.joined(separator: " ")
        }
    }
}
