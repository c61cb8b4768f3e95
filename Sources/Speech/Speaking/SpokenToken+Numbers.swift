extension SpokenToken {
    /// Versions, dates, fractions, percentages, ranges, units, `#12`.
    static func number(_ word: String, after before: String?) -> String? {
        if let before, Double(before) != nil, let unit = units[word] { return before == "1" ? unit.one : unit.many }
        guard let first = word.first, first.isNumber || "vV#~-+".contains(first), word.contains(where: \.isNumber)
        else { return nil }
        return version(word) ?? date(word) ?? time(word) ?? fraction(word) ?? range(word) ?? measure(word)
            ?? marked(word)
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// `v1.2.3`, `1.2.3`, `v2`.
    private static func version(_ word: String) -> String? {
        let isMarked = word.lowercased().hasPrefix("v")
        let parts = word.dropFirst(isMarked ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy(isDigits), isMarked || parts.count > 2 else { return nil }
        return (isMarked ? "version " : "") + parts.joined(separator: " point ")
    }

    /// `2026-11-21`.
    private static func date(_ word: String) -> String? {
        let parts = word.split(separator: "-")
        guard parts.count == 3, parts.allSatisfy(isDigits), parts[0].count == 4, parts[1].count == 2,
            parts[2].count == 2,
            let month = Int(parts[1]), months.indices.contains(month - 1), let day = Int(parts[2]),
            (1...31).contains(day)
        else { return nil }
        return "\(months[month - 1]) \(day), \(parts[0])"
    }

    /// `14:30`, `09:05`.
    private static func time(_ word: String) -> String? {
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts.allSatisfy({ isDigits($0) && $0.count <= 2 }), parts[1].count == 2,
            let hour = Int(parts[0]), hour < 24, let minute = Int(parts[1]), minute < 60
        else { return nil }
        if minute == 0 { return "\(hour) o'clock" }
        return minute < 10 ? "\(hour) oh \(minute)" : "\(hour) \(minute)"
    }

    /// `3/5`: three of five.
    private static func fraction(_ word: String) -> String? {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(isDigits) else { return nil }
        return "\(parts[0]) of \(parts[1])"
    }

    /// `3-5`, `3–5`, `10-20%`.
    private static func range(_ word: String) -> String? {
        let parts = word.split(whereSeparator: { $0 == "-" || $0 == "–" || $0 == "—" })
        guard parts.count == 2, isDigits(parts[0]), !word.hasPrefix("-"), let end = measure(String(parts[1])) else {
            return nil
        }
        return "\(parts[0]) to \(end)"
    }

    /// `45%`, `5ms`, `16kHz`, `2h`.
    private static func measure(_ word: String) -> String? {
        let digits = word.prefix { $0.isNumber || $0 == "." || $0 == "," }
        let rest = word.dropFirst(digits.count)
        guard let last = digits.last, last.isNumber else { return nil }
        if rest.isEmpty { return isDigits(digits) && digits.count < 7 ? String(digits) : nil }
        guard let unit = units[String(rest)] else { return nil }
        return "\(digits) \(digits == "1" ? unit.one : unit.many)"
    }

    /// `#12`, `~5`, `-3`, `+2`.
    private static func marked(_ word: String) -> String? {
        let rest = word.dropFirst()
        guard let sign = ["#": "number", "~": "about", "-": "minus", "+": "plus"][word.prefix(1)],
            let value = measure(String(rest))
        else { return nil }
        return "\(sign) \(value)"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static let units: [String: (one: String, many: String)] = [
        "%": ("percent", "percent"), "ms": ("millisecond", "milliseconds"), "µs": ("microsecond", "microseconds"),
        "s": ("second", "seconds"), "min": ("minute", "minutes"), "h": ("hour", "hours"), "d": ("day", "days"),
        "w": ("week", "weeks"), "kB": ("kilobyte", "kilobytes"), "KB": ("kilobyte", "kilobytes"),
        "KiB": ("kibibyte", "kibibytes"), "MB": ("megabyte", "megabytes"), "MiB": ("mebibyte", "mebibytes"),
        "GB": ("gigabyte", "gigabytes"), "GiB": ("gibibyte", "gibibytes"), "TB": ("terabyte", "terabytes"),
        "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
        "GHz": ("gigahertz", "gigahertz"), "dB": ("decibel", "decibels"), "px": ("pixel", "pixels"),
        "pt": ("point", "points"), "km": ("kilometre", "kilometres"), "m": ("metre", "metres"),
        "cm": ("centimetre", "centimetres"), "mm": ("millimetre", "millimetres"), "kg": ("kilogram", "kilograms"),
        "°C": ("degree", "degrees"), "x": ("time", "times"),
    ]
}
