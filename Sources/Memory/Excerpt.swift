/// The part of a text that shows why it was found: the lines around the first word that was looked for.
struct Excerpt {
    let text: String

    private static let longest = 240

    init(_ whole: String, around terms: [String]) {
        let lines = whole.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
        // Words are found by their stem, so the beginning of one is enough.
        let wanted = terms.map { Array($0.lowercased().prefix(max(3, $0.count - 3)).utf8) }
        let first =
            lines.firstIndex { line in
                let plain = Array(line.lowercased().utf8)
                return wanted.contains { Excerpt.isPart($0, of: plain) }
            } ?? 0
        let shown = lines.dropFirst(first).prefix(3).joined(separator: " ")
        text = shown.count > Excerpt.longest ? shown.prefix(Excerpt.longest) + "…" : shown
    }

    /// Bytes, because letter by letter it would take as long as the search itself.
    private static func isPart(_ word: [UInt8], of line: [UInt8]) -> Bool {
        guard let first = word.first, word.count <= line.count else { return word.isEmpty }
        return (0...line.count - word.count).contains { start in
            line[start] == first && line[start..<start + word.count].elementsEqual(word)
        }
    }
}
