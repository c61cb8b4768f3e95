import Foundation

/// What was said, as words: each with the form it is compared in and the form it was heard in.
package struct SpokenWords: Equatable, Sendable {
    package struct Word: Equatable, Sendable {
        /// Lower case, without the punctuation around it.
        package let plain: String
        /// As heard, without the punctuation around it.
        package let heard: String
        /// As heard, with its punctuation.
        package let raw: String
    }

    package var words: [Word]

    package init(_ words: [Word]) { self.words = words }

    package init(_ text: String) {
        words = text.split { $0.isWhitespace || $0 == "—" || $0 == "–" }.compactMap { piece in
            let heard = piece.trimmed { !($0.isLetter || $0.isNumber || "#+'’".contains($0)) }
                .trimmed { "'’".contains($0) }
            guard !heard.isEmpty else { return nil }
            let plain = heard.lowercased().map { $0 == "’" ? "'" : $0 }
            return Word(plain: String(plain), heard: String(heard), raw: String(piece))
        }
    }

    package var plain: [String] { words.map(\.plain) }
    package var heard: String { words.map(\.heard).joined(separator: " ") }

    /// The words as a text of their own: punctuation inside is kept, at the ends it is dropped.
    package var text: String {
        guard let first = words.first, let last = words.last else { return "" }
        guard words.count > 1 else { return first.heard }
        return ([first.withoutLeading] + words.dropFirst().dropLast().map(\.raw) + [last.withoutTrailing])
            .joined(separator: " ")
    }
}

extension SpokenWords.Word {
    fileprivate var withoutLeading: String {
        raw.range(of: heard).map { String(raw[$0.lowerBound...]) } ?? raw
    }

    fileprivate var withoutTrailing: String {
        raw.range(of: heard).map { String(raw[..<$0.upperBound]) } ?? raw
    }
}

extension Substring {
    fileprivate func trimmed(_ isDropped: (Character) -> Bool) -> Substring {
        var rest = self.drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
