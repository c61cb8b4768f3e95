import SeededRandom

@testable import Planning

/// Documents and edits from a seed: the same in every run.
struct Writer {
    private var random: SeededRandom

    init(_ seed: Int) { random = SeededRandom(UInt64(truncatingIfNeeded: seed)) }

    mutating func number(below limit: Int) -> Int { random.next(below: limit) }

    mutating func line() -> String {
        let words = [
            "cache", "the", "parser", "`make`", "- [ ] test", "**slow**", "retry", "naïve", "", "  indented",
            "| a | b |",
        ]
        return (0..<number(below: 5)).map { _ in words[number(below: words.count)] }.joined(separator: " ")
            + " \(number(below: 1000))"
    }

    mutating func document() -> Outline {
        Outline(
            sections: [Section(level: 1, heading: "Plan", text: line())]
                + (0..<1 + number(below: 7)).map { index in
                    Section(level: 2 + number(below: 2), heading: "Part \(number(below: 5))", text: paragraph())
                })
    }

    mutating func paragraph() -> String { (0..<number(below: 6)).map { _ in line() }.joined(separator: "\n") }

    /// The document after a few edits, read again as a writer's editor would save it.
    mutating func edited(_ outline: Outline, times: Int) -> Outline {
        var outline = Outline(markdown: outline.markdown)
        for _ in 0..<times {
            let index = number(below: outline.sections.count)
            switch number(below: 6) {
            case 0 where outline.sections.count > 2: outline.sections.remove(at: max(1, index))
            case 1:
                outline.sections.insert(
                    Section(level: 2, heading: "New \(number(below: 100))", text: paragraph()), at: max(1, index))
            case 2: outline.sections[index].text = ""
            default: outline.sections[index].text += "\n" + line()
            }
        }
        return Outline(markdown: outline.markdown)
    }
}
