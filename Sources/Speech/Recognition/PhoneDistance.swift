/// How different two phone strings are.
enum PhoneDistance {
    /// 0 for the same, 1 for nothing in common: the edits over the length of the longer.
    static func between(_ left: [String], _ right: [String]) -> Double {
        let longest = max(left.count, right.count)
        guard longest > 0 else { return 0 }
        return Double(edits(left, right)) / Double(longest)
    }

    private static func edits(_ left: [String], _ right: [String]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let cost = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[right.count]
    }
}
