/// What of a text was not heard yet, because its speaking was cut.
///
/// What is spoken is not written the same (no markup, numbers as words), so the two are laid side by side word by word.
package struct Remainder: Equatable, Sendable {
    /// From the beginning of the sentence that was cut; nil when all of it was heard.
    package let text: String?
    /// From the sentence behind that one; nil when there is none.
    package let behind: String?

    /// - Parameters:
    ///   - whole: The text as it is written.
    ///   - heard: What was heard of it, from its beginning.
    package init(of whole: String, heard: String) {
        let words = Self.words(of: whole)
        let place = Self.place(in: words.map { whole[$0].lowercased() }, after: heard)
        guard place < words.count else {
            (text, behind) = (nil, nil)
            return
        }
        let starts = Self.sentenceStarts(in: whole)
        let cut = words[place].lowerBound
        let start = starts.last { $0 <= cut } ?? whole.startIndex
        text = Self.trimmed(whole[start...])
        behind = starts.first { $0 > cut }.flatMap { Self.trimmed(whole[$0...]) }
    }

    /// Words that may be written and are not spoken, or are spoken otherwise.
    private static let reach = 8

    /// How many words were heard.
    private static func place(in words: [String], after heard: String) -> Int {
        var place = 0
        for range in Self.words(of: heard) {
            let word = heard[range].lowercased()
            let reach = words[place..<min(place + Self.reach, words.count)]
            if let found = reach.firstIndex(of: word) { place = found + 1 }
        }
        return place
    }

    private static func words(of text: String) -> [Range<String.Index>] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }.map { $0.startIndex..<$0.endIndex }
    }

    private static func sentenceStarts(in text: String) -> [String.Index] {
        var starts = [text.startIndex]
        var isEnd = false
        for index in text.indices {
            let character = text[index]
            if isEnd, !character.isWhitespace {
                starts.append(index)
                isEnd = false
            } else if character.isNewline {
                isEnd = true
            } else if character.isWhitespace, index > text.startIndex,
                ".!?…".contains(text[text.index(before: index)])
            {
                isEnd = true
            }
        }
        return starts
    }

    private static func trimmed(_ text: Substring) -> String? {
        let trimmed = text.drop(while: \.isWhitespace)
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}
