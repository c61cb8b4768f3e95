import Foundation

/// A stretch of one line of Markdown as it is said: marks removed, and every word as people say it.
struct InlineText {
    let spoken: String

    init(_ markdown: String) {
        var scanner = InlineScanner(markdown)
        let plain = scanner.plain()
        var words: [String] = []
        for word in plain.split(whereSeparator: \.isWhitespace) {
            let said = SpokenToken(String(word), after: words.last).spoken
            if said == ",", let last = words.popLast() {
                words.append(last.last?.isPunctuation == true ? last : last + ",")
            } else if !said.isEmpty, said != "," {
                words.append(said)
            }
        }
        spoken = words.joined(separator: " ")
    }

    /// Whether no mark is open that the rest of the line may close.
    static func isBalanced(_ markdown: String) -> Bool {
        var ticks = 0
        var brackets = 0
        for character in markdown {
            switch character {
            case "`": ticks += 1
            case "[", "(", "<": brackets += 1
            case "]", ")", ">": brackets = max(0, brackets - 1)
            default: break
            }
        }
        // `a < b` opens nothing that is ever closed: such a line waits for its end.
        return ticks.isMultiple(of: 2) && brackets == 0
    }
}

/// Takes the marks out of a line of Markdown.
private struct InlineScanner {
    private let text: [Character]
    private var index = 0

    init(_ markdown: String) { text = Array(markdown) }

    mutating func plain() -> String {
        var result = ""
        while index < text.count {
            let character = text[index]
            switch character {
            case "\\" where next.map { $0.isPunctuation || $0.isSymbol } == true:
                result.append(text[index + 1])
                index += 2
            case "`": result += code()
            case "!" where next == "[":
                index += 1
                result += link()
            case "[": result += link()
            case "<": result += tag()
            case "&": result += entity()
            case "*", "~": result += emphasis(character, in: result)
            default:
                if !character.isEmoji { result.append(character) }
                index += 1
            }
        }
        return result
    }

    private var next: Character? { index + 1 < text.count ? text[index + 1] : nil }

    private mutating func code() -> String {
        let ticks = text[index...].prefix { $0 == "`" }.count
        let start = index + ticks
        var end = start
        while end < text.count {
            let run = text[end...].prefix { $0 == "`" }.count
            if run == ticks {
                index = end + ticks
                return String(text[start..<end])
            }
            end += max(1, run)
        }
        index = start
        return ""
    }

    /// `[text](target)`, `[text][reference]`, `[text]`: the text; a footnote: nothing.
    private mutating func link() -> String {
        guard let close = closing("]", from: index) else {
            index += 1
            return ""
        }
        let inner = String(text[index + 1..<close])
        index = close + 1
        if index < text.count, text[index] == "(", let end = closing(")", from: index) {
            index = end + 1
        } else if index < text.count, text[index] == "[", let end = closing("]", from: index) {
            index = end + 1
        }
        if inner.hasPrefix("^") { return "" }
        var scanner = InlineScanner(inner)
        return scanner.plain()
    }

    private func closing(_ mark: Character, from start: Int) -> Int? {
        let open = text[start]
        var depth = 0
        for position in start..<min(text.count, start + 1000) {
            if text[position] == open { depth += 1 }
            if text[position] == mark {
                depth -= 1
                if depth == 0 { return position }
            }
        }
        return nil
    }

    /// `<https://…>` is an address, `<b>` and `</b>` are nothing, `<` alone is said.
    private mutating func tag() -> String {
        guard let first = next, first.isLetter || first == "/" || first == "!",
            let end = text[index...].firstIndex(of: ">")
        else {
            index += 1
            return " less than "
        }
        let inner = String(text[index + 1..<end])
        index = end + 1
        if inner.contains("://") || inner.contains("@") { return inner }
        return " "
    }

    private mutating func entity() -> String {
        let names = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "mdash": "—", "hellip": "…",
        ]
        for (name, character) in names where String(text[(index + 1)...].prefix(name.count + 1)) == name + ";" {
            index += name.count + 2
            return character == "<" ? " less than " : character
        }
        index += 1
        return "&"
    }

    /// `2 * 3` is times, `**bold**` and `~~gone~~` are marks, `~5` is about.
    private mutating func emphasis(_ mark: Character, in before: String) -> String {
        let run = text[index...].prefix { $0 == mark }.count
        let after = index + run < text.count ? text[index + run] : " "
        let previous = before.last ?? " "
        index += run
        if mark == "*", run == 1, previous.isWhitespace, after.isWhitespace { return "times" }
        if mark == "~", run == 1, after.isNumber { return "about " }
        return ""
    }
}

extension Character {
    /// A picture, and not a digit or a sign that is a picture only when asked to be.
    fileprivate var isEmoji: Bool {
        unicodeScalars.contains {
            $0.properties.isEmojiPresentation || $0.value == 0xFE0F || $0.value == 0x200D
                || (0x1F000...0x1FAFF).contains($0.value) || (0x2600...0x27BF).contains($0.value)
        }
    }
}
