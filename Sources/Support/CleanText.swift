import Foundation

/// Text as it is kept and shown: without characters that a terminal would obey and SQLite would end at.
package enum CleanText {
    /// Several lines: line breaks and tabs stay, other control characters go.
    package static func block(_ text: String) -> String {
        guard text.utf8.contains(where: mayControl) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !isControl($0) })
        return String(kept)
    }

    /// One line, such as a name: white space of any kind becomes one blank, none stands at the ends, and letters are in
    /// Unicode's composed form (NFC), so that what looks the same is the same.
    package static func line(_ text: String) -> String {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                end()
            } else if !isControl(scalar), !invisible.contains(scalar) {
                word.append(scalar)
            }
        }
        end()
        return words.joined(separator: " ").precomposedStringWithCanonicalMapping
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t" && scalar != "\r"
    }

    /// A first look that is cheap: C0, DEL, and the lead byte of C1.
    private static func mayControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D || byte == 0x7F || byte == 0xC2
    }

    /// Zero width space, word joiner, byte order mark, and the marks that turn the direction of a line.
    private static let invisible: Set<Unicode.Scalar> = [
        "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}",
        "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
    ]
}
