import Foundation

/// A moment in UTC, to the millisecond. Text and JSON show it as RFC 3339.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package init(_ date: Date) { milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded()) }

    package static var now: Timestamp { Timestamp(Date()) }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    package func advanced(byMilliseconds step: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + step) }
}

extension Timestamp: CustomStringConvertible, Codable {
    private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// The fraction is written from the whole milliseconds: a `Date` would round some of them down.
    package var description: String {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let fraction = String(abs(rest))
        let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
        return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast() + ".\(padded)Z"
    }

    package init?(_ text: String) {
        let date = (try? Date(text, strategy: Self.format)) ?? (try? Date(text, strategy: .iso8601))
        guard let date else { return nil }
        self.init(date)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time: \(text)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
