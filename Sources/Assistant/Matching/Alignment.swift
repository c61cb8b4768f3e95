import Planning

/// How well a pattern lies over what was said, and which words fill its slots.
struct Alignment: Equatable {
    /// 0 when every word of both is accounted for exactly.
    let cost: Double
    let fills: [Fill]
    /// How many words were found that the pattern has.
    let matched: Int

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
    /// For each class of words and each place: how many words one of its groups takes there, and what that costs.
    let classes: [[[Found]]]
    /// For each class: what it costs at least.
    let leastOfClass: [Double]
    let missingOfClass: [Double]

    struct Found {
        let length: Int
        var cost: Double
    }

    init(_ words: [SoundingWord], vocabulary: [SoundingWord], classes book: [WordClass]) {
        plain = words.map(\.text)
        substitution = vocabulary.map { expected in
            words.map { said in
                if Words.same(said.text, expected.text) { return 0 }
                guard !Words.meansAnother(said.text), !Words.tells(said.text, insteadOf: expected.text) else {
                    return Cost.impossible
                }
                let likeness = said.likeness(to: expected)
                return likeness >= SoundingWord.alike ? 1.2 * (1 - likeness) : Cost.impossible
            }
        }
        least = zip(vocabulary, substitution).map { word, costs in
            min(Cost.missing(word.text), costs.min() ?? Cost.impossible)
        }
        let substitution = substitution
        // Most words of a class are nowhere near anything that was said.
        let nearest = substitution.map { $0.min() ?? Cost.impossible }
        classes = book.map { wordClass in
            var places = [[Found]](repeating: [], count: words.count)
            for group in wordClass.groups where nearest[group[0]] < Cost.impossible && group.count <= words.count {
                for column in 0...(words.count - group.count) {
                    var cost = substitution[group[0]][column]
                    guard cost < Cost.impossible else { continue }
                    for offset in group.indices.dropFirst() { cost += substitution[group[offset]][column + offset] }
                    guard cost < SaidWords.farthest else { continue }
                    if let known = places[column].firstIndex(where: { $0.length == group.count }) {
                        places[column][known].cost = min(places[column][known].cost, cost)
                    } else {
                        places[column].append(Found(length: group.count, cost: cost))
                    }
                }
            }
            return places
        }
        missingOfClass = book.map(\.missing)
        leastOfClass = zip(book, classes).map { wordClass, places in
            places.reduce(wordClass.missing) { least, found in found.reduce(least) { min($0, $1.cost) } }
        }
    }

    /// A group that is further from what was said is not taken for it.
    private static let farthest = 1.0
}

enum Cost {
    static let impossible = 1000.0
    /// Leaving out a word of the pattern, or passing over one that was said.
    static func missing(_ word: String) -> Double { Words.isLight(word) ? 0.3 : 1.5 }
    /// A word that turns a command into a question, a wish or its opposite is never passed over.
    static func extra(_ word: String, isFirst: Bool) -> Double {
        if Words.isTurning(word, isFirst: isFirst) { return impossible }
        return Words.isLight(word) || Words.isBreath(word) ? 0.3 : 1.0
    }
    /// For each word in a slot: just enough to prefer fixed words.
    static let filled = 0.0001
}

enum Words {
    /// Words that carry no command of their own.
    static func isLight(_ word: String) -> Bool { light.contains(word) }

    /// A verb that asks for what no command does is not taken for one that sounds like it: “rename” is no “resume”.
    static func meansAnother(_ word: String) -> Bool { others.contains(word) }

    /// Little words that a recogniser hears where somebody breathes.
    static func isBreath(_ word: String) -> Bool { breaths.contains(word) }

    private static let breaths: Set<String> = ["uh", "um", "and", "in", "on", "at", "so", "ah", "er"]

    /// “Creating a project takes three clicks” tells something; nobody commands so.
    static func tells(_ said: String, insteadOf expected: String) -> Bool {
        said.hasSuffix("ing") && said.count > 4 && !expected.hasSuffix("ing")
    }

    private static let others: Set<String> = [
        "rename", "rewrite", "retitle", "edit", "explain", "describe", "merge", "split", "sort", "copy", "duplicate",
        "translate", "summarise", "summarize", "draw", "build", "write", "fix", "buy", "call", "send", "think",
        "wonder", "help",
    ]

    static func isTurning(_ word: String, isFirst: Bool) -> Bool {
        turning.contains(word) || isFirst && asking.contains(word)
    }

    private static let turning: Set<String> = [
        "not", "don't", "didn't", "doesn't", "isn't", "aren't", "won't", "never", "if", "unless", "until", "should",
        "would", "might", "maybe", "whether", "because", "when", "while", "why", "how", "who", "which", "what",
        "nobody", "someone", "somebody", "wonder", "think", "thought", "told", "said", "says", "asked", "was", "were",
        "had", "used", "without", "instead", "than", "but", "they", "he", "she", "wouldn't", "shouldn't", "cannot",
        "can't", "couldn't", "no",
    ]
    private static let asking: Set<String> = [
        "is", "are", "am", "does", "do", "did", "can", "could", "will", "shall", "may", "where",
    ]

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
        case .target, .format, .priority: 4
        case .version, .a, .b, .status, .taskStatus: 5
        case .label: 4
        case .estimate, .scope: 6
        case .due: 8
        case .tasks: 16
        case .task, .dependsOn: 12
        case .project, .plan, .section, .template, .assignee: 8
        case .name: 8
        case .title, .query, .summary, .topic: 24
        case .text, .reason: Matcher.longest
        }
    }

    /// No alignment costs less: what the fixed words cost wherever they stand. Most patterns are out of the question by it.
    func leastCost(_ said: SaidWords) -> Double {
        elements.reduce(0) { cost, element in
            switch element {
            case .word(let word): cost + said.least[word]
            case .any(let words, isOptional: false): cost + said.leastOfClass[words]
            case .any(_, isOptional: true), .slot: cost
            }
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
                if column < said.plain.count {
                    reach(cell + 1, cost + Cost.extra(said.plain[column], isFirst: column == 0), cell)
                }
                guard row < elements.count else { continue }
                switch elements[row] {
                case .word(let word):
                    reach(cell + columns, cost + Cost.missing(vocabulary[word]), cell)
                    if column < said.plain.count {
                        reach(cell + columns + 1, cost + said.substitution[word][column], cell)
                    }
                case .any(let words, let isOptional):
                    reach(cell + columns, cost + (isOptional ? 0 : said.missingOfClass[words]), cell)
                    guard column < said.plain.count else { continue }
                    for found in said.classes[words][column] {
                        reach(cell + columns + found.length, cost + found.cost, cell)
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
        return path(cost, from: from, columns: columns, said)
    }

    private func path(_ cost: Double, from: [Int], columns: Int, _ said: SaidWords) -> Alignment {
        var fills: [Alignment.Fill] = []
        var matched = 0
        var cell = from.count - 1
        while from.indices.contains(cell), from[cell] >= 0 {
            let origin = from[cell]
            let row = origin / columns
            if cell / columns > row {
                let range = origin % columns..<max(cell % columns, origin % columns)
                if case .slot(let slot) = elements[row] {
                    fills.append(Alignment.Fill(slot: slot, range: range))
                } else {
                    matched += range.count
                }
            }
            cell = origin
        }
        return Alignment(cost: cost, fills: fills.reversed(), matched: matched)
    }
}
