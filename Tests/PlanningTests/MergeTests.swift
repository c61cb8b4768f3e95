import Testing

@testable import Planning

@Suite struct MergeTests {
    private let base = Outline(markdown: "# Plan\n\n## Design\n\nold design\n\n## Testing\n\nold tests\n")

    private func merge(_ mine: String, _ theirs: String) -> OutlineMerge {
        OutlineMerge(base: base, mine: Outline(markdown: mine), theirs: Outline(markdown: theirs))
    }

    @Test func editsOfDifferentSectionsAreJoined() {
        let merge = merge(
            "# Plan\n\n## Design\n\nnew design\n\n## Testing\n\nold tests\n",
            "# Plan\n\n## Design\n\nold design\n\n## Testing\n\nnew tests\n\n## Rollout\n\nslowly")
        guard case .merged(let outline) = merge else { return #expect(Bool(false), "\(merge)") }
        #expect(
            outline.markdown
                == "# Plan\n\n## Design\n\nnew design\n\n## Testing\n\nnew tests\n\n## Rollout\n\nslowly")
    }

    @Test func editsOfOneSectionAreAConflictThatIsNamed() {
        let merge = merge(
            "# Plan\n\n## Design\n\nmine\n\n## Testing\n\nold tests\n",
            "# Plan\n\n## Design\n\ntheirs\n\n## Testing\n\nold tests\n")
        #expect(merge == .conflict([Outline.Key(path: ["Design"], ordinal: 0)]))
        #expect("\(Outline.Key(path: ["Design", "Tables"], ordinal: 1))" == "Design / Tables (2)")
    }

    @Test func whatOneRemovedAndTheOtherChangedIsAConflict() {
        let merge = merge(
            "# Plan\n\n## Testing\n\nold tests\n", "# Plan\n\n## Design\n\nnew\n\n## Testing\n\nold tests\n")
        #expect(merge == .conflict([Outline.Key(path: ["Design"], ordinal: 0)]))
    }

    @Test func theSameEditTwiceIsOne() {
        let both = "# Plan\n\n## Design\n\nnew\n\n## Testing\n\nold tests\n\n## Rollout\n\nslowly\n"
        #expect(merge(both, both).text == both)
    }

    /// Any edits of two writers: a line that neither deleted is in the result, or the writers are told.
    @Test func noLineThatNeitherDeletedIsEverLost() {
        var merged = 0
        var conflicts = 0
        for seed in 1...2000 {
            var writer = Writer(seed)
            let base = Outline(markdown: writer.document().markdown)
            let mine = writer.edited(base, times: 1 + writer.number(below: 3))
            let theirs = writer.edited(base, times: 1 + writer.number(below: 3))
            guard case .merged(let joined) = OutlineMerge(base: base, mine: mine, theirs: theirs) else {
                conflicts += 1
                continue
            }
            merged += 1
            let wanted = Lines(base).kept(by: Lines(mine), Lines(theirs))
            #expect(Lines(joined).contains(wanted), "seed \(seed)")
            // What is joined is a document of its own: read again it is the same.
            #expect(Outline(markdown: joined.markdown).markdown == joined.markdown)
        }
        #expect(merged > 500 && conflicts > 200, "\(merged) and \(conflicts)")
    }

    @Test func aMergeWithOneWhoDidNothingIsTheOther() {
        for seed in 1...500 {
            var writer = Writer(seed)
            let base = Outline(markdown: writer.document().markdown)
            let mine = writer.edited(base, times: 3)
            #expect(OutlineMerge(base: base, mine: mine, theirs: base).lines == Lines(mine), "seed \(seed)")
            #expect(OutlineMerge(base: base, mine: base, theirs: mine).lines == Lines(mine), "seed \(seed)")
        }
    }
}

extension OutlineMerge {
    fileprivate var text: String? { if case .merged(let outline) = self { outline.markdown } else { nil } }
    fileprivate var lines: Lines? { if case .merged(let outline) = self { Lines(outline) } else { nil } }
}

/// How often each line stands in a document, empty ones left out.
private struct Lines: Equatable {
    private let counts: [Substring: Int]

    init(_ outline: Outline) {
        counts = Dictionary(
            outline.markdown.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map {
                ($0, 1)
            },
            uniquingKeysWith: +)
    }

    private init(_ counts: [Substring: Int]) { self.counts = counts }

    /// What must be there after both: of each line as many as the more careful kept, and all that either added.
    func kept(by one: Lines, _ other: Lines) -> Lines {
        var wanted: [Substring: Int] = [:]
        for line in Set(counts.keys).union(one.counts.keys).union(other.counts.keys) {
            let before = counts[line] ?? 0
            let deleted = max(0, before - (one.counts[line] ?? 0)) + max(0, before - (other.counts[line] ?? 0))
            let added = max((one.counts[line] ?? 0) - before, (other.counts[line] ?? 0) - before, 0)
            wanted[line] = max(0, before - deleted) + added
        }
        return Lines(wanted)
    }

    func contains(_ wanted: Lines) -> Bool { wanted.counts.allSatisfy { counts[$0.key] ?? 0 >= $0.value } }
}
