import Planning

extension SpokenText {
    /// “Two point three point oh” is 2.3.0, “v two” is v2.
    mutating func joinVersions() {
        var index = 0
        while index < words.count {
            defer { index += 1 }
            if plain[index] == "v", index + 1 < words.count, let number = Self.number(plain[(index + 1)...]) {
                replace(index..<index + 1 + number.count, with: "v\(number.value)")
                continue
            }
            guard let first = Self.number(plain[index...]) else { continue }
            var end = index + first.count
            var parts = [first.value]
            while end + 1 < words.count, Self.points.contains(plain[end]), let next = Self.part(plain[(end + 1)...]),
                isWhole(index..<end + 1 + next.count)
            {
                parts.append(next.value)
                end += 1 + next.count
            }
            if parts.count > 1 { replace(index..<end, with: parts.map(String.init).joined(separator: ".")) }
        }
    }

    /// “Twenty five” is 25; numbers of one word stay, and so do lists and ordinals.
    mutating func joinNumbers() {
        var index = 0
        while index < words.count {
            defer { index += 1 }
            let isInList = index > 0 && SpokenNumber.prefix(of: [plain[index - 1]]) != nil
            guard !isInList, let found = SpokenNumber.prefix(of: plain[index...]), found.count > 1,
                isWhole(index..<index + found.count), let last = plain[..<(index + found.count)].last,
                !Self.ordinalEndings.contains(where: last.hasSuffix)
            else { continue }
            replace(index..<index + found.count, with: String(found.value))
        }
    }

    private static let points: Set<String> = ["point", "dot"]
    private static let ordinalEndings = ["th", "rst", "ond", "ird"]

    private static func number(_ words: ArraySlice<String>) -> (value: Int, count: Int)? {
        guard let found = SpokenNumber.prefix(of: words), found.value <= 999 else { return nil }
        return found
    }

    /// What stands behind a point: also “oh”.
    private static func part(_ words: ArraySlice<String>) -> (value: Int, count: Int)? {
        if let first = words.first, ["oh", "o", "zero"].contains(first) { return (0, 1) }
        return number(words)
    }
}
