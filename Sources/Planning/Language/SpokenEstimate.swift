/// How long something takes, as people say and write it: `two hours`, `half an hour`, `a week`, `90m`, `1d`.
package struct SpokenEstimate: Equatable, Sendable, CustomStringConvertible {
    package enum Unit: String, Sendable {
        case minutes = "m"
        case hours = "h"
        case days = "d"
        case weeks = "w"

        /// A day is eight hours of work, a week five days.
        var minutes: Int {
            switch self {
            case .minutes: 1
            case .hours: 60
            case .days: 480
            case .weeks: 2400
            }
        }
    }

    package let count: Int
    package let unit: Unit

    package var minutes: Int { count * unit.minutes }
    /// `90m`, `4h`, `2d`, `1w`.
    package var description: String { "\(count)\(unit.rawValue)" }

    /// nil for what is no length of time, none at all, or longer than a year of work.
    package init?(_ words: [String]) {
        let words = words.filter { !["about", "around", "roughly", "of", "work"].contains($0) }
        if ["half an hour", "half hour", "a half hour"].contains(words.joined(separator: " ")) {
            self.init(count: 30, unit: .minutes)
        } else if ["half a day", "half day"].contains(words.joined(separator: " ")) {
            self.init(count: 4, unit: .hours)
        } else if let half = Self.withHalf(words) {
            self.init(count: half, unit: .minutes)
        } else if words.count == 1, let word = words.first {
            self.init(written: word)
        } else if let last = words.last, let unit = Self.units[last] {
            let number = Array(words.dropLast())
            self.init(count: [["a"], ["an"]].contains(number) ? 1 : SpokenNumber.value(of: number), unit: unit)
        } else {
            return nil
        }
    }

    /// Minutes of `an hour and a half`, `two and a half days`.
    private static func withHalf(_ words: [String]) -> Int? {
        let half = ["and", "a", "half"]
        var rest = words
        guard let place = rest.indices.first(where: { rest[$0...].starts(with: half) }) else { return nil }
        rest.removeSubrange(place..<place + half.count)
        guard let last = rest.last, let unit = units[last] else { return nil }
        let number = Array(rest.dropLast())
        let count = [["a"], ["an"]].contains(number) ? 1 : SpokenNumber.value(of: number)
        return count.flatMap { (0...1000).contains($0) ? $0 * unit.minutes + unit.minutes / 2 : nil }
    }

    private init?(written word: String) {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        self.init(count: Int(digits), unit: Self.units[String(word.dropFirst(digits.count))])
    }

    private init?(count: Int?, unit: Unit?) {
        guard let count, let unit, count > 0, count <= 200_000 / unit.minutes else { return nil }
        self.count = count
        self.unit = unit
    }

    private static let units: [String: Unit] = [
        "m": .minutes, "min": .minutes, "mins": .minutes, "minute": .minutes, "minutes": .minutes, "h": .hours,
        "hr": .hours, "hrs": .hours, "hour": .hours, "hours": .hours, "d": .days, "day": .days, "days": .days,
        "w": .weeks, "week": .weeks, "weeks": .weeks,
    ]
}
