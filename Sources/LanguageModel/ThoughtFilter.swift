/// Takes out what a model thinks aloud: a `<think>` block at the beginning of its reply, which some servers leave in.
struct ThoughtFilter: Equatable {
    private enum State: Equatable {
        /// Only white space has come, or the beginning of the mark.
        case undecided(String)
        /// In the block; what may be the beginning of its end is kept.
        case thinking(String)
        case through
    }

    private var state = State.undecided("")

    private static let opening = "<think>"
    private static let closing = "</think>"

    mutating func add(_ piece: String) -> String {
        switch state {
        case .through: return piece
        case .undecided(let held):
            let text = held + piece
            let start = text.drop(while: \.isWhitespace)
            if start.hasPrefix(Self.opening) {
                state = .thinking("")
                return add(String(start.dropFirst(Self.opening.count)))
            }
            if Self.opening.hasPrefix(start) {
                state = .undecided(text)
                return ""
            }
            state = .through
            return text
        case .thinking(let held):
            let text = held + piece
            guard let end = text.firstRange(of: Self.closing) else {
                state = .thinking(String(text.suffix(Self.closing.count - 1)))
                return ""
            }
            state = .through
            return String(text[end.upperBound...].drop(while: \.isWhitespace))
        }
    }

    /// What was held back although no block came of it.
    mutating func finish() -> String {
        defer { state = .through }
        if case .undecided(let held) = state { return held }
        return ""
    }
}
