import Planning

/// How well a pattern lies over what was said, and which words fill its slots.
struct Alignment: Equatable {
    /// 0 when every word of both is accounted for exactly.
    let cost: Double
    let fills: [Fill]

    struct Fill: Equatable {
        let slot: Slot
        let range: Range<Int>
    }
}

/// What the aligner knows about the words that were said, worked out once for all patterns.
struct SaidWords {
    let plain: [String]
    /// For each word of the vocabulary and each word said: what it costs to take the one for the other.
    let substitution: [[Double]]
    /// For each word of the vocabulary: what it costs at least, found among what was said or left out.
    let least: [Double]

    init(_ words: [SoundingWord], vocabulary: [SoundingWord]) {
        plain = words.map(\.text)
        substitution = vocabulary.map { expected in
            words.map { said in
                if Words.same(said.text, expected.text) { return 0 }
                let likeness = said.likeness(to: expected)
                return likeness >= SoundingWord.alike ? 1.2 * (1 - likeness) : Cost.impossible
            }
        }
        least = zip(vocabulary, substitution).map { word, costs in
            min(Cost.missing(word.text), costs.min() ?? Cost.impossible)
        }
    }
}

enum Cost {
    static let impossible = 1000.0
    /// Leaving out a word of the pattern, or passing over one that was said.
    static func missing(_ word: String) -> Double { Words.isLight(word) ? 0.3 : 1.5 }
    static func extra(_ word: String) -> Double { Words.isLight(word) ? 0.3 : 1.0 }
    /// For each word in a slot: just enough to prefer fixed words.
    static let filled = 0.0001
}

enum Words {
    /// Words that carry no command of their own.
    static func isLight(_ word: String) -> Bool { light.contains(word) }

    /// Written apart, said alike.
    static func same(_ left: String, _ right: String) -> Bool {
        left == right || (forms[left] ?? left) == (forms[right] ?? right)
    }

    private static let light: Set<String> = [
        "a", "an", "the", "my", "this", "that", "me", "to", "of", "it", "is", "as", "please", "all", "for", "i",
        "number",
    ]
    private static let forms = [
        "whats": "what's", "im": "i'm", "devplans": "devplan", "quite": "quiet",
    ]
}

extension Pattern {
    /// The longest stretch of words that a slot takes.
    private static func reach(_ slot: Slot) -> Int {
        switch slot {
        case .version, .a, .b, .status, .target, .format, .priority: 3
        case .label: 4
        case .estimate, .scope: 5
        case .due: 8
        case .task, .dependsOn: 12
        case .project, .plan, .section, .template, .assignee: 8
        case .name: 8
        case .title, .query, .summary: 24
        case .text, .reason: Matcher.longest
        }
    }

    /// No alignment costs less: what the fixed words cost wherever they stand. Most patterns are out of the question by it.
    func leastCost(_ said: SaidWords) -> Double {
        elements.reduce(0) { cost, element in
            if case .word(let word) = element { cost + said.least[word] } else { cost }
        }
    }

    /// Lays the pattern over the words with the least cost, by dynamic programming; nil above `limit`.
    func align(_ said: SaidWords, vocabulary: [String], limit: Double) -> Alignment? {
        let columns = said.plain.count + 1
        var best = [Double](repeating: Cost.impossible, count: (elements.count + 1) * columns)
        var from = [Int](repeating: -1, count: best.count)
        best[0] = 0
        func reach(_ cell: Int, _ cost: Double, _ origin: Int) {
            if cost < best[cell] {
                best[cell] = cost
                from[cell] = origin
            }
        }
        for row in 0...elements.count {
            for column in 0..<columns {
                let cell = row * columns + column
                let cost = best[cell]
                guard cost <= limit else { continue }
                if column < said.plain.count { reach(cell + 1, cost + Cost.extra(said.plain[column]), cell) }
                guard row < elements.count else { continue }
                switch elements[row] {
                case .word(let word):
                    reach(cell + columns, cost + Cost.missing(vocabulary[word]), cell)
                    if column < said.plain.count {
                        reach(cell + columns + 1, cost + said.substitution[word][column], cell)
                    }
                case .slot(let slot):
                    let longest = min(Pattern.reach(slot), said.plain.count - column)
                    for length in stride(from: 1, through: longest, by: 1) {
                        reach(cell + columns + length, cost + Double(length) * Cost.filled, cell)
                    }
                }
            }
        }
        guard let cost = best.last, cost <= limit else { return nil }
        return Alignment(cost: cost, fills: fills(from: from, columns: columns))
    }

    private func fills(from: [Int], columns: Int) -> [Alignment.Fill] {
        var fills: [Alignment.Fill] = []
        var cell = from.count - 1
        while from.indices.contains(cell), from[cell] >= 0 {
            let origin = from[cell]
            let row = origin / columns
            if cell / columns > row, case .slot(let slot) = elements[row] {
                fills.append(Alignment.Fill(slot: slot, range: origin % columns..<cell % columns))
            }
            cell = origin
        }
        return fills.reversed()
    }
}
