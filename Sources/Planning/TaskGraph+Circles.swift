extension TaskGraph {
    /// Tasks that wait for each other in a circle, the first again at the end; nil when there are none.
    package var circle: [Int]? { circle { $0.dependsOn } }

    /// Tasks that are a part of each other.
    package var circleOfParts: [Int]? { circle { $0.parent.map { [$0] } ?? [] } }

    /// A task with more than `limit` tasks above it. Wants parts without circles.
    package func partDeeper(than limit: Int) -> Int? {
        let parents = Dictionary(
            tasks.compactMap { task in task.parent.map { (task.number, $0) } }, uniquingKeysWith: { first, _ in first })
        return tasks.map(\.number).first { number in
            var above = parents[number]
            var depth = 0
            while let number = above, depth <= limit {
                depth += 1
                above = parents[number]
            }
            return depth > limit
        }
    }

    /// Every task and every way is looked at once; no recursion, since a way may be as long as there are tasks.
    private func circle(_ next: (PlanTask) -> [Int]) -> [Int]? {
        let ways = Dictionary(tasks.map { ($0.number, next($0)) }, uniquingKeysWith: { first, _ in first })
        var finished: Set<Int> = []
        for start in tasks.map(\.number) where !finished.contains(start) {
            var path = [start]
            var onPath: [Int: Int] = [start: 0]
            var rest = [ways[start]?[...] ?? []]
            while let number = path.last {
                guard let other = rest[rest.count - 1].popFirst() else {
                    finished.insert(number)
                    onPath[number] = nil
                    path.removeLast()
                    rest.removeLast()
                    continue
                }
                if let begin = onPath[other] { return path[begin...] + [other] }
                guard !finished.contains(other), ways[other] != nil else { continue }
                onPath[other] = path.count
                path.append(other)
                rest.append(ways[other]?[...] ?? [])
            }
        }
        return nil
    }
}
