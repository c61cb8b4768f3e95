/// Several whole numbers as people say them: `one two and three`, `three through five`, `4, 5 and 6`.
package struct SpokenNumberList: Equatable, Sendable {
    /// In the order they were said, each once.
    package let numbers: [Int]

    /// More than these nobody says.
    private static let most = 200

    /// nil for what holds other words, or fewer than two numbers.
    package init?(_ words: [String]) {
        var rest = words[...]
        var numbers: [Int] = []
        var opens: Int?
        while let first = rest.first {
            if let found = Self.number(rest) {
                rest = rest.dropFirst(found.count)
                if let start = opens {
                    guard found.value > start, found.value - start < Self.most else { return nil }
                    numbers += (start + 1)...found.value
                    opens = nil
                } else {
                    numbers.append(found.value)
                }
            } else if ["through", "until", "till", "thru"].contains(first) || first == "to", let last = numbers.last {
                opens = last
                rest.removeFirst()
            } else if ["and", "number", "numbers", "task", "tasks", "also", "plus"].contains(first) {
                rest.removeFirst()
            } else {
                return nil
            }
        }
        var seen: Set<Int> = []
        let unique = numbers.filter { seen.insert($0).inserted }
        guard opens == nil, 2...Self.most ~= unique.count else { return nil }
        self.numbers = unique
    }

    /// One number: “one two” are two of them, “twenty one” is one.
    private static func number(_ words: ArraySlice<String>) -> (value: Int, count: Int)? {
        SpokenNumber.prefix(of: words)
    }
}
