/// Whole numbers as people say and write them, from zero to 9999: `three`, `twenty one`, `a hundred and two`, `third`.
package enum SpokenNumber {
    /// The number at the start of `words` and how many of them it takes.
    package static func prefix(of words: some Collection<String>) -> (value: Int, count: Int)? {
        let words = Array(words.prefix(8))
        guard let first = words.first else { return nil }
        if let digits = digits(first) { return (digits, 1) }
        var total = 0
        var group = 0
        var count = 0
        var last = Size.none
        scan: for (index, word) in words.enumerated() {
            if let value = ones[word] ?? ordinals[word] {
                guard last != .ones, !(last == .tens && value >= 10), !(last == .tens && value == 0) else { break scan }
                group += value
                last = .ones
                count = index + 1
                if ordinals[word] != nil { break scan }
            } else if let value = tens[word] ?? ordinalTens[word] {
                guard last == .none || last == .hundreds else { break scan }
                group += value
                last = .tens
                count = index + 1
                if ordinalTens[word] != nil { break scan }
            } else if word == "hundred", last == .ones, group < 10 {
                group *= 100
                last = .hundreds
                count = index + 1
            } else if word == "thousand", last != .none, total == 0 {
                total = group * 1000
                group = 0
                last = .hundreds
                count = index + 1
            } else if word == "a", index == 0, words.count > 1, ["hundred", "thousand"].contains(words[1]) {
                group = 1
                last = .ones
            } else if word == "and", last == .hundreds {
                continue
            } else {
                break scan
            }
        }
        return count > 0 ? (total + group, count) : nil
    }

    /// The number that `words` are, all of them.
    package static func value(of words: some Collection<String>) -> Int? {
        guard let found = prefix(of: words), found.count == words.count else { return nil }
        return found.value
    }

    /// How `value` is said; digits beyond 9999.
    package static func words(_ value: Int) -> String {
        guard (0...9999).contains(value) else { return String(value) }
        if value < 20 { return spokenOnes[value] }
        if value < 100 {
            let rest = value % 10
            return spokenTens[value / 10] + (rest > 0 ? " " + spokenOnes[rest] : "")
        }
        let (size, unit) = value < 1000 ? (100, "hundred") : (1000, "thousand")
        let rest = value % size
        return spokenOnes[value / size] + " " + unit + (rest > 0 ? " " + words(rest) : "")
    }

    private enum Size { case none, ones, tens, hundreds }

    /// `3`, `3rd`, `#3`.
    private static func digits(_ word: String) -> Int? {
        var rest = Substring(word)
        if rest.first == "#" { rest.removeFirst() }
        for ending in ["st", "nd", "rd", "th"] where rest.hasSuffix(ending) && rest.count > 2 {
            rest = rest.dropLast(2)
        }
        guard !rest.isEmpty, rest.count <= 9, rest.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(rest)
    }

    private static let spokenOnes = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let spokenTens = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
    private static let ones = Dictionary(uniqueKeysWithValues: spokenOnes.enumerated().map { ($1, $0) })
    private static let tens = Dictionary(
        uniqueKeysWithValues: spokenTens.enumerated().dropFirst(2).map { ($1, $0 * 10) })
    private static let ordinals = Dictionary(
        uniqueKeysWithValues: [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
            "nineteenth",
        ].enumerated().map { ($1, $0 + 1) })
    private static let ordinalTens = Dictionary(
        uniqueKeysWithValues: [
            "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth",
        ].enumerated().map { ($1, ($0 + 2) * 10) })
}
