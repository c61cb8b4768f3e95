/// The words that a text is found by.
enum Terms {
    /// Names written in one word, such as PlanStore or HTTPClient2, as their parts; empty without any.
    static func parts(of text: String) -> String {
        var parts: [String] = []
        for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
            let pieces = pieces(of: word)
            if pieces.count > 1 { parts.append(pieces.joined(separator: " ")) }
        }
        return parts.joined(separator: " ")
    }

    /// What to look for when somebody asks with `text`: its words without those that every text has, and names both whole
    /// and as their parts.
    static func wanted(in text: String) -> [String] {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
        let telling = words.filter { !common.contains($0.lowercased()) }
        return (telling.isEmpty ? words : telling).flatMap { word -> [String] in
            let pieces = pieces(of: Substring(word))
            return pieces.count > 1 ? [word, pieces.joined(separator: " ")] : [word]
        }
    }

    /// `PlanStore` is Plan, Store; `HTTPClient2` is HTTP, Client, 2.
    private static func pieces(of word: Substring) -> [String] {
        var pieces: [String] = []
        var piece = ""
        let letters = Array(word)
        for (index, letter) in letters.enumerated() {
            let before = index > 0 ? letters[index - 1] : nil
            let after = index + 1 < letters.count ? letters[index + 1] : nil
            let beginsHump = letter.isUppercase && (before?.isLowercase == true || after?.isLowercase == true)
            let changesKind = before.map { $0.isNumber != letter.isNumber } ?? false
            if !piece.isEmpty, beginsHump || changesKind {
                pieces.append(piece)
                piece = ""
            }
            piece.append(letter)
        }
        if !piece.isEmpty { pieces.append(piece) }
        return pieces
    }

    private static let common: Set<String> = [
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from",
        "had",
        "has", "have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "our", "should", "that", "the",
        "there",
        "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "you",
        "your",
    ]
}
