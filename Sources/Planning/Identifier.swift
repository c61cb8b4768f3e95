/// The stable id of an entity: a UUIDv7 (RFC 9562 §5.7) in text, so that ids sort by the time they were made.
package struct Identifier<Entity>: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }
}

extension Identifier {
    /// A new id for `moment`; the random part comes from the system.
    package static func make(at moment: Timestamp = .now) -> Identifier {
        var random = SystemRandomNumberGenerator()
        return make(at: moment, using: &random)
    }

    package static func make(at moment: Timestamp, using random: inout some RandomNumberGenerator) -> Identifier {
        let milliseconds = UInt64(bitPattern: moment.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &random)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &random)
        let digits = hex(high) + hex(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return Identifier(rawValue: text)
    }

    /// Whether it has the form of an id: 36 letters, the version and the variant in their places.
    package var isWellFormed: Bool {
        let bytes = Array(rawValue.utf8)
        return bytes.count == 36 && bytes[14] == UInt8(ascii: "7")
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == UInt8(ascii: "-")
                    : UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
            }
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
