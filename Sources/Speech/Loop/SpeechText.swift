/// Cuts a text that grows into sentences that can be spoken.
struct SpeechText {
    private var rest = ""

    mutating func add(_ piece: String) -> [String] {
        rest += piece
        var sentences: [String] = []
        while let end = rest.indices.first(where: { index in
            let next = rest.index(after: index)
            return ".!?\n".contains(rest[index]) && next < rest.endIndex && rest[next].isWhitespace
        }) {
            sentences.append(String(rest[...end]))
            rest = String(rest[rest.index(after: end)...])
        }
        return sentences.filter { $0.contains(where: \.isLetter) }
    }

    mutating func finish() -> [String] {
        defer { rest = "" }
        return rest.contains { $0.isLetter || $0.isNumber } ? [rest] : []
    }
}
