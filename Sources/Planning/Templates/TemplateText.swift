/// Text in which `{{name}}` stands for something. `{{ name }}`, with blanks, is what other programs write, and is left alone.
enum TemplateText {
    /// A name is a lower case letter, then letters, digits and underscores.
    static let longestName = 40

    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, 0x61...0x7A ~= first, text.utf8.count <= longestName else { return false }
        return text.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x5F }
    }

    /// The text with what `value` gives in the place of each name; nil leaves it as it stands. Values are not looked into.
    static func filled(_ text: String, _ value: (String) -> String?) -> String {
        var filled = ""
        for piece in pieces(of: text) {
            switch piece {
            case .text(let text): filled += text
            case .name(let name): filled += value(name) ?? "{{\(name)}}"
            }
        }
        return filled
    }

    /// The names in the text.
    static func variables(of text: String) -> Set<String> {
        Set(
            pieces(of: text).compactMap { piece in
                if case .name(let name) = piece { name } else { nil }
            })
    }

    private enum Piece {
        case text(String)
        case name(String)
    }

    /// By bytes: braces are never part of another character.
    private static func pieces(of text: String) -> [Piece] {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        var begin = 0
        var index = 0
        func keep(to end: Int) {
            if begin < end { pieces.append(.text(String(decoding: bytes[begin..<end], as: UTF8.self))) }
        }
        while index + 1 < bytes.count {
            guard bytes[index] == 0x7B, bytes[index + 1] == 0x7B else {
                index += 1
                continue
            }
            let name = bytes[(index + 2)...].prefix { $0 != 0x7B && $0 != 0x7D && $0 > 0x20 }.prefix(longestName + 1)
            let end = name.endIndex
            let said = String(decoding: name, as: UTF8.self)
            guard end + 1 < bytes.count, bytes[end] == 0x7D, bytes[end + 1] == 0x7D, isName(said) else {
                index += 1
                continue
            }
            keep(to: index)
            pieces.append(.name(said))
            index = end + 2
            begin = index
        }
        keep(to: bytes.count)
        return pieces
    }
}
