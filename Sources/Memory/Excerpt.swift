/// The part of a text that shows why it was found: the lines around the first word that was looked for.
struct Excerpt {
    let text: String

    private static let longest = 240

    init(_ whole: String, around terms: [String]) {
        let lines = whole.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
        let wanted = terms.map { $0.lowercased() }
        // Words are found by their stem, so the beginning of one is enough.
        let first =
            lines.firstIndex { line in
                let plain = line.lowercased()
                return wanted.contains { plain.contains($0.prefix(max(3, $0.count - 3))) }
            } ?? 0
        let shown = lines.dropFirst(first).prefix(3).joined(separator: " ")
        text = shown.count > Excerpt.longest ? shown.prefix(Excerpt.longest) + "…" : shown
    }
}
