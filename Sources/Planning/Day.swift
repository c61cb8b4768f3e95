/// A day of the Gregorian calendar. Text and JSON show it as RFC 3339 does: `2027-03-01`.
package struct Day: Hashable, Comparable, Sendable {
    package let year: Int
    /// 1 … 12.
    package let month: Int
    /// From 1.
    package let day: Int

    /// nil for a day that no calendar has, such as 31 February.
    package init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, 1...Day.length(ofMonth: month, year) ~= day else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || 0x30...0x39 ~= $0 }) else {
            return nil
        }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    package static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day {
    /// How many days later `other` is; negative when it is earlier.
    package func days(until other: Day) -> Int { other.ordinal - ordinal }

    /// 0 is Monday.
    package var weekday: Int { (ordinal + 2) % 7 }

    /// nil beyond the years that there are.
    package func adding(days: Int) -> Day? {
        let whole = ordinal + days
        guard whole >= 0 else { return nil }
        // Four hundred years have as many days, whichever they are: then the days within them, months from March.
        let (era, dayOfEra) = whole.quotientAndRemainder(dividingBy: 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        return Day(
            year: era * 400 + year + (month < 10 ? 0 : 1), month: month < 10 ? month + 3 : month - 9,
            day: dayOfYear - (153 * month + 2) / 5 + 1)
    }

    /// Days since 1 March of the year 0, whose years end with the leap day.
    private var ordinal: Int {
        let year = month > 2 ? year : year - 1
        let months = month > 2 ? month - 3 : month + 9
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * months + 2) / 5 + day - 1
    }
}

extension Day: CustomStringConvertible, Codable {
    package var description: String {
        [(year, 4), (month, 2), (day, 2)].map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no day such as 2027-03-01: \(text)")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
