extension Plan {
    /// The numbers of the plans that must be done before this one.
    package var waitsFor: [Int] { metadata.dependencies.compactMap { Int($0) } }

    package var isFinished: Bool { status == .completed || status == .archived }
}

extension [Plan] {
    /// The way back to plan `number` that there would be if it waited for `others`; nil when there is none.
    package func circle(_ number: Int, dependingOn others: [Int]) -> [Int]? {
        let waits = Dictionary(map { ($0.number, $0.waitsFor) }, uniquingKeysWith: { first, _ in first })
        // What each was reached from: a way is kept once, however long it is.
        var cameFrom: [Int: Int] = [:]
        var next = others
        for other in others { cameFrom[other] = number }
        while let last = next.popLast() {
            if last == number {
                var way: [Int] = []
                var at = cameFrom[number]
                while let place = at, place != number {
                    way.append(place)
                    at = cameFrom[place]
                }
                way.reverse()
                return [number] + way + [number]
            }
            for further in waits[last] ?? [] where cameFrom[further] == nil {
                cameFrom[further] = last
                next.append(further)
            }
        }
        return nil
    }
}
