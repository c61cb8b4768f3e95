/// A line that is read from its beginning, byte by byte: a sign and a mark that stands on it are two here, so that a
/// format's signs are found whatever follows them.
struct LineCursor {
    private(set) var rest: Substring.UTF8View

    init(_ line: some StringProtocol) { rest = Substring(line).utf8 }

    var text: String { String(Substring(rest)) }
    var isAtEnd: Bool { rest.isEmpty }

    /// Goes past `literal` when it stands next.
    mutating func take(_ literal: String) -> Bool {
        guard rest.starts(with: literal.utf8) else { return false }
        rest = rest.dropFirst(literal.utf8.count)
        return true
    }

    /// Goes past blanks and tabs; how many.
    @discardableResult
    mutating func takeBlanks() -> Int { take { $0 == 0x20 || $0 == 0x09 }.utf8.count }

    /// Goes past at most nine digits that stand next.
    mutating func takeNumber() -> Int? {
        let digits = rest.prefix { 0x30...0x39 ~= $0 }
        guard 1...9 ~= digits.count, let number = Int(Substring(digits)) else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    @discardableResult
    mutating func take(while isWanted: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: isWanted)
        rest = rest.dropFirst(taken.count)
        return String(Substring(taken))
    }

    /// Goes past `- [ ] ` or `* [x] `; whether it is checked, nil when nothing of the kind stands next.
    mutating func takeCheckBox(_ bullets: String = "-*") -> Bool? {
        var cursor = self
        guard let bullet = cursor.rest.first, bullets.utf8.contains(bullet) else { return nil }
        cursor.rest = cursor.rest.dropFirst()
        guard cursor.takeBlanks() > 0, cursor.take("[") else { return nil }
        let isChecked = cursor.take("x") || cursor.take("X")
        guard isChecked || cursor.take(" "), cursor.take("]"), cursor.takeBlanks() > 0 else { return nil }
        self = cursor
        return isChecked
    }
}

/// One more backslash where a text would be taken for a sign of its format, and one less on the way back: whatever stood
/// there before is there again.
enum Guarded {
    private static let backslash = UInt8(ascii: "\\")

    /// Guards a text whose beginning, past any backslashes, is special.
    static func beginning(_ text: String, _ isSpecial: (LineCursor) -> Bool) -> String {
        isSpecial(pastBackslashes(text)) ? "\\" + text : text
    }

    static func unguardedBeginning(_ text: String, _ isSpecial: (LineCursor) -> Bool) -> String {
        guard text.utf8.first == backslash, isSpecial(pastBackslashes(text)) else { return text }
        return String(Substring(text.utf8.dropFirst()))
    }

    private static func pastBackslashes(_ text: String) -> LineCursor {
        var cursor = LineCursor(text)
        cursor.take { $0 == backslash }
        return cursor
    }

    /// Guards every place where `opening`, past any backslashes, goes on with one of `words`.
    static func inner(_ text: String, after opening: String, _ words: [String]) -> String {
        changed(text, opening, words) { "\\" + $0 }
    }

    static func unguardedInner(_ text: String, after opening: String, _ words: [String]) -> String {
        changed(text, opening, words) { String($0.dropFirst()) }
    }

    private static func changed(
        _ text: String, _ opening: String, _ words: [String], _ change: (String) -> String
    ) -> String {
        guard text.utf8.count >= opening.utf8.count else { return text }
        var result: [UInt8] = []
        var rest = LineCursor(text)
        let first = opening.utf8.first ?? 0
        while !rest.isAtEnd {
            result += rest.take { $0 != first }.utf8
            guard rest.take(opening) else {
                // Not the sign: its first byte is a byte like others.
                if let byte = rest.rest.first {
                    result.append(byte)
                    rest.dropFirst()
                }
                continue
            }
            result += opening.utf8
            let slashes = rest.take { $0 == backslash }
            let isSpecial = words.contains { rest.rest.starts(with: $0.utf8) }
            result += (isSpecial ? change(slashes) : slashes).utf8
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension LineCursor {
    fileprivate mutating func dropFirst() { rest = rest.dropFirst() }
}
