/// Holds back what a model writes as text although it is a tool call, as models do behind servers that do not know their
/// way of calling. Nobody is to hear it, and it is not carried out: who knows what it was meant for.
package struct WrittenCallFilter: Equatable, Sendable {
    private var held = ""
    private var isHolding = false

    private static let marks = ["<tool_call", "<function", "[TOOL_CALLS]", "<|tool", "```", "{\"", "{ \"", "{\n", "[{"]
    /// The longest mark but one character.
    private static let edge = 11

    package init() {}

    /// What of it can be said.
    package mutating func add(_ piece: String) -> String {
        held += piece
        guard !isHolding else { return "" }
        if let first = Self.marks.compactMap({ held.firstRange(of: $0)?.lowerBound }).min() {
            isHolding = true
            let said = String(held[..<first])
            held = String(held[first...])
            return said
        }
        // The end may be the beginning of a mark.
        let keep = (1...Self.edge).reversed().first { count in
            held.count >= count && Self.marks.contains { $0.hasPrefix(held.suffix(count)) && $0.count > count }
        }
        let said = String(held.dropLast(keep ?? 0))
        held = String(held.suffix(keep ?? 0))
        return said
    }

    /// What was held back and is no call; and whether there is a call.
    package mutating func finish() -> (text: String, hasCall: Bool) {
        defer { self = WrittenCallFilter() }
        guard isHolding, isCall else { return (held, false) }
        return ("", true)
    }

    private var isCall: Bool {
        if ["<tool_call", "<function", "[TOOL_CALLS]", "<|tool"].contains(where: held.hasPrefix) { return true }
        return held.contains("\"name\"") && (held.contains("\"arguments\"") || held.contains("\"parameters\""))
    }
}
