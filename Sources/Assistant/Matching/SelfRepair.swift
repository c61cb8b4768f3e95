import Planning

/// Words that are taken back while speaking: “start task one, no, sorry, task two”.
enum SelfRepair {
    /// What may have been meant, the likeliest first: what follows the mark stands for the last words before it.
    static func readings(of words: SpokenWords) -> [SpokenWords] {
        let plain = words.plain
        for place in plain.indices.dropFirst() {
            guard let length = marks.first(where: { plain[place...].starts(with: $0) })?.count,
                place + length < plain.count
            else { continue }
            let head = words.words[..<place]
            let tail = Array(words.words[(place + length)...])
            // The words that the new ones begin alike with show where they belong: “to anna … to ben”.
            let alike = head.lastIndex { $0.plain == tail.first?.plain }.map { head.count - $0 }
            let counts = [alike].compactMap(\.self) + [1, 2, 3, 4, 5].filter { $0 != alike && $0 <= place }
            return counts.map { SpokenWords(Array(head.dropLast($0)) + tail) }
        }
        return []
    }

    private static let marks: [[String]] = [
        "no wait sorry", "no i'm sorry", "no sorry i mean", "no sorry", "no wait", "sorry i mean", "sorry i meant",
        "i mean",
        "i meant", "no i mean", "no i meant", "or rather", "rather", "wait no", "make that", "no make that", "sorry no",
        "sorry",
        "actually no", "no actually", "correction", "no", "oh no", "oops",
    ].map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }
}
