import Foundation

/// What was said, as words: each with the form it is compared in and the form it was written in.
package struct SpokenWords: Equatable, Sendable {
    package struct Word: Equatable, Sendable {
        /// Lower case, without the punctuation around it.
        package let plain: String
        /// As heard, with its punctuation.
        let raw: String
        /// What stands between it and the next word, signs that are no words included.
        fileprivate(set) var gap = " "
        /// Whether nothing but signs follows it.
        fileprivate(set) var isLast = false
    }

    package var words: [Word]

    package init(_ words: [Word]) { self.words = words }

    package init(_ text: String) {
        words = []
        var end = text.startIndex
        for piece in text.split(whereSeparator: { $0.isWhitespace || $0 == "—" || $0 == "–" }) {
            let heard = piece.trimmed { !($0.isLetter || $0.isNumber || "#+'’".contains($0)) }
                .trimmed { "'’".contains($0) }
            guard !heard.isEmpty else { continue }
            if !words.isEmpty { words[words.count - 1].gap = Self.gap(text[end..<piece.startIndex]) }
            let plain = heard.lowercased().map { $0 == "’" ? "'" : $0 }
            words.append(Word(plain: String(plain), raw: String(piece)))
            end = piece.endIndex
        }
        guard !words.isEmpty else { return }
        words[words.count - 1].gap = String(text[end...])
        words[words.count - 1].isLast = true
    }

    package var plain: [String] { words.map(\.plain) }

    /// The words as they were written, without the stops around them.
    package var text: String {
        guard let last = words.last else { return "" }
        let whole = words.dropLast().map { $0.raw + $0.gap }.joined() + last.raw + (last.isLast ? last.gap : "")
        return String(whole[...].trimmed { $0.isWhitespace || ".,;:–—".contains($0) })
    }

    /// The words as a name: also without quotation marks and exclamations.
    package var name: String {
        String(text[...].trimmed { $0.isWhitespace || ".,;:–—!?\"“”„«»'’`".contains($0) })
    }

    private static func gap(_ text: Substring) -> String {
        text.allSatisfy { $0.isWhitespace && !$0.isNewline } ? " " : String(text)
    }
}

extension Substring {
    fileprivate func trimmed(_ isDropped: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
