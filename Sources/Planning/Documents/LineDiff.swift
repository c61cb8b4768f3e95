/// Where two texts differ, line by line; lines are the same when their bytes are.
///
/// Lines that stand once in both texts anchor it (patience diff), and between them Myers' difference is taken.
package struct LineDiff: Equatable, Sendable {
    /// Lines `old` of the first text stand as lines `new` in the second. One of them may be empty.
    package struct Change: Equatable, Sendable {
        package let old: Range<Int>
        package let new: Range<Int>
    }

    /// The lines with their ends.
    package let old: [String]
    package let new: [String]
    package let changes: [Change]

    /// Blocks without an anchor are compared line by line up to this many lines; beyond, one replaces the other.
    private static let mostCompared = 4_000

    package init(_ old: String, _ new: String) {
        let oldLines = MarkdownLines(old)
        let newLines = MarkdownLines(new)
        self.old = (0..<oldLines.count).map { oldLines[$0..<$0 + 1] }
        self.new = (0..<newLines.count).map { newLines[$0..<$0 + 1] }
        var numbers: [[UInt8]: Int] = [:]
        func numbered(_ line: String) -> Int {
            let count = numbers.count
            let bytes = Array(line.utf8)
            if let known = numbers[bytes] { return known }
            numbers[bytes] = count
            return count
        }
        let matches = Self.matches(self.old.map(numbered), self.new.map(numbered))
        changes = Self.gaps(between: matches, self.old.count, self.new.count)
    }

    package var isEmpty: Bool { changes.isEmpty }
    package var removed: Int { changes.reduce(0) { $0 + $1.old.count } }
    package var added: Int { changes.reduce(0) { $0 + $1.new.count } }

    private typealias Match = (old: Int, new: Int)
    private typealias Block = (old: Range<Int>, new: Range<Int>)

    private static func matches(_ old: [Int], _ new: [Int]) -> [Match] {
        var matches: [Match] = []
        // A stack and not recursion: a text may be as deep in blocks as it has lines.
        var waiting: [Block] = [(old.indices, new.indices)]
        while var block = waiting.popLast() {
            while let first = block.old.first, let other = block.new.first, old[first] == new[other] {
                matches.append((first, other))
                block = (block.old.dropFirst(), block.new.dropFirst())
            }
            while let last = block.old.last, let other = block.new.last, old[last] == new[other] {
                matches.append((last, other))
                block = (block.old.dropLast(), block.new.dropLast())
            }
            guard !block.old.isEmpty, !block.new.isEmpty else { continue }
            let anchors = anchors(block, old, new)
            if anchors.isEmpty {
                matches += compared(block, old, new)
                continue
            }
            var start = (old: block.old.lowerBound, new: block.new.lowerBound)
            for anchor in anchors {
                matches.append(anchor)
                waiting.append((start.old..<anchor.old, start.new..<anchor.new))
                start = (anchor.old + 1, anchor.new + 1)
            }
            waiting.append((start.old..<block.old.upperBound, start.new..<block.new.upperBound))
        }
        return matches.sorted { $0.old < $1.old }
    }

    /// The most lines that stand once in both and in the same order.
    private static func anchors(_ block: Block, _ old: [Int], _ new: [Int]) -> [Match] {
        var places: [Int: (old: Int?, new: Int?, isUnique: Bool)] = [:]
        for index in block.old {
            let known = places[old[index]]
            places[old[index]] = (index, nil, known == nil)
        }
        for index in block.new {
            guard var known = places[new[index]] else { continue }
            known.isUnique = known.isUnique && known.new == nil
            known.new = index
            places[new[index]] = known
        }
        var candidates: [Match] = []
        for place in places.values where place.isUnique {
            if let first = place.old, let second = place.new { candidates.append((first, second)) }
        }
        return longestRising(candidates.sorted { $0.old < $1.old })
    }

    /// The longest part of `matches` whose second numbers rise, by patience sorting.
    private static func longestRising(_ matches: [Match]) -> [Match] {
        var piles: [Int] = []
        var previous = [Int?](repeating: nil, count: matches.count)
        for (index, match) in matches.enumerated() {
            var low = 0
            var high = piles.count
            while low < high {
                let middle = (low + high) / 2
                if matches[piles[middle]].new < match.new { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[index] = piles[low - 1] }
            if low == piles.count { piles.append(index) } else { piles[low] = index }
        }
        var longest: [Match] = []
        var next = piles.last
        while let index = next {
            longest.append(matches[index])
            next = previous[index]
        }
        return longest.reversed()
    }

    private static func compared(_ block: Block, _ old: [Int], _ new: [Int]) -> [Match] {
        guard block.old.count + block.new.count <= mostCompared else { return [] }
        let difference = new[block.new].difference(from: old[block.old])
        let removed = Set(difference.removals.map { $0.offset + block.old.lowerBound })
        let inserted = Set(difference.insertions.map { $0.offset + block.new.lowerBound })
        return Array(
            zip(block.old.filter { !removed.contains($0) }, block.new.filter { !inserted.contains($0) })
        ).map { (old: $0.0, new: $0.1) }
    }

    private static func gaps(between matches: [Match], _ oldCount: Int, _ newCount: Int) -> [Change] {
        var changes: [Change] = []
        var start = (old: 0, new: 0)
        for match in matches + [(oldCount, newCount)] {
            if start.old < match.old || start.new < match.new {
                changes.append(Change(old: start.old..<match.old, new: start.new..<match.new))
            }
            start = (match.old + 1, match.new + 1)
        }
        return changes
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
