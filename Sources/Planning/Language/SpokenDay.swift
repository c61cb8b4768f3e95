import Foundation

/// A day as people say it: `today`, `friday`, `next monday`, `in two weeks`, `the fifth of december`, `december 5 2027`.
package enum SpokenDay: Equatable, Sendable {
    case inDays(Int)
    /// 0 is Monday. The next one is that of the week after this one, which begins with a Monday.
    case weekday(Int, isNext: Bool)
    /// What was not said is what comes first.
    case date(day: Int, month: Int?, year: Int?)

    /// nil for what names no day. A day that no calendar has, such as the 31st of February, is one here.
    package init?(_ words: [String]) {
        let words = words.filter { !["on", "by", "the", "of", "day", "until"].contains($0) }
        switch words {
        case ["today"]: self = .inDays(0)
        case ["tomorrow"]: self = .inDays(1)
        case ["after", "tomorrow"]: self = .inDays(2)
        default:
            if words.count == 1, let day = Day(words[0]) {
                self = .date(day: day.day, month: day.month, year: day.year)
            } else if let found = Self.span(words) ?? Self.weekday(words) ?? Self.date(words) {
                self = found
            } else {
                return nil
            }
        }
    }

    /// nil when no calendar has such a day, or it lies beyond the year 9999.
    package func day(from today: Day) -> Day? {
        switch self {
        case .inDays(let count): return today.adding(days: count)
        case .weekday(let weekday, let isNext):
            guard isNext else { return today.adding(days: (weekday - today.weekday + 6) % 7 + 1) }
            return today.adding(days: 7 - today.weekday + weekday)
        case .date(let day, let month?, let year?): return Day(year: year, month: month, day: day)
        case .date(let day, let month?, nil):
            // Eight years: between two leap days there may lie as many.
            let days = (today.year...today.year + 8).lazy.compactMap { Day(year: $0, month: month, day: day) }
            return days.first { $0 >= today }
        case .date(let day, nil, _):
            let months = (0...12).lazy.map { today.month - 1 + $0 }
            let days = months.compactMap { Day(year: today.year + $0 / 12, month: $0 % 12 + 1, day: day) }
            return days.first { $0 >= today }
        }
    }

    /// `in two weeks`
    private static func span(_ words: [String]) -> SpokenDay? {
        guard words.first == "in", let unit = words.last, words.count > 2 else { return nil }
        let number = Array(words.dropFirst().dropLast())
        guard let count = number == ["a"] ? 1 : SpokenNumber.value(of: number), 1...1000 ~= count else { return nil }
        switch unit {
        case "day", "days": return .inDays(count)
        case "week", "weeks": return .inDays(7 * count)
        default: return nil
        }
    }

    private static func weekday(_ words: [String]) -> SpokenDay? {
        guard let last = words.last, let weekday = weekdays.firstIndex(of: last) else { return nil }
        switch words.dropLast() {
        case [], ["this"], ["coming"]: return .weekday(weekday, isNext: false)
        case ["next"]: return .weekday(weekday, isNext: true)
        default: return nil
        }
    }

    /// `fifth december 2027`, `december 5`, `fifth`
    private static func date(_ words: [String]) -> SpokenDay? {
        var rest = words
        var month: Int?
        if let place = rest.firstIndex(where: { months.contains($0) }) {
            month = months.firstIndex(of: rest[place]).map { $0 + 1 }
            rest.remove(at: place)
        }
        guard let (day, count) = SpokenNumber.prefix(of: rest) else { return nil }
        rest.removeFirst(count)
        var year: Int?
        if !rest.isEmpty, month != nil {
            year = Self.year(rest)
            guard year != nil else { return nil }
        } else if !rest.isEmpty {
            return nil
        }
        // Without a month a bare number may be anything: `the fifth` is a day, `five` is none.
        let isOrdinal =
            words.contains { ["st", "nd", "rd", "th"].contains(where: $0.hasSuffix) }
            || ordinals.contains { $0.split(separator: " ").last.map(String.init) == words.last }
        guard month != nil || isOrdinal else { return nil }
        return .date(day: day, month: month, year: year)
    }

    /// `2027`, `two thousand twenty seven`, `twenty twenty seven`
    private static func year(_ words: [String]) -> Int? {
        if let year = SpokenNumber.value(of: words), 1000...9999 ~= year { return year }
        guard words.first == "twenty", let rest = SpokenNumber.value(of: words.dropFirst()), 10...99 ~= rest else {
            return nil
        }
        return 2000 + rest
    }
}

extension SpokenDay {
    package static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    package static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    /// From the first of a month to its thirty first.
    package static let ordinals =
        [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth",
        ]
        + ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"].map { "twenty \($0)" }
        + ["thirtieth", "thirty first"]

    /// `Friday, the fifth of December`, with the year when it is not that of `today`.
    package static func words(_ day: Day, from today: Day) -> String {
        let year = day.year == today.year ? "" : " \(day.year)"
        return "\(weekdays[day.weekday].capitalized), the \(ordinals[day.day - 1]) of "
            + "\(months[day.month - 1].capitalized)\(year)"
    }
}
