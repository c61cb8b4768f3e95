/// Whether what was heard is what Aloud itself just said: the last line of defence against talking to oneself.
package struct SelfHearing: Equatable, Sendable {
    /// Fewer words are no evidence: people repeat the name they were just offered.
    static let fewest = 4
    /// The share of what was heard that stands, in order, in what was said.
    static let likeness = 0.8
    /// Words that are remembered: about ten seconds of speech.
    private static let remembered = 30

    private var words: [Substring] = []

    package init() {}

    package mutating func said(_ text: String) {
        words.append(contentsOf: Self.words(of: text))
        words.removeFirst(max(0, words.count - Self.remembered))
    }

    package func recognises(_ text: String) -> Bool {
        let heard = Self.words(of: text)
        guard heard.count >= Self.fewest else { return false }
        return Double(Self.common(heard, words)) >= Self.likeness * Double(heard.count)
    }

    private static func words(of text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }
    }

    /// Length of the longest common subsequence.
    private static func common(_ first: [Substring], _ second: [Substring]) -> Int {
        var row = [Int](repeating: 0, count: second.count + 1)
        for word in first {
            var diagonal = 0
            for (index, other) in second.enumerated() {
                let above = row[index + 1]
                row[index + 1] = word == other ? diagonal + 1 : max(above, row[index])
                diagonal = above
            }
        }
        return row.last ?? 0
    }
}
