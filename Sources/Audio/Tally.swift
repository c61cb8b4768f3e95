/// Counts what may come in swarms, and says when the count is worth telling: at once, then at most every `quiet`.
struct Tally {
    private let quiet: Duration
    private var total = 0
    private var told = 0
    private var lastTold: ContinuousClock.Instant?

    init(quiet: Duration) { self.quiet = quiet }

    mutating func add(_ count: Int = 1) { total += count }

    /// The whole count, when there is news.
    mutating func due(at now: ContinuousClock.Instant) -> Int? {
        guard total > told, lastTold.map({ now - $0 >= quiet }) ?? true else { return nil }
        told = total
        lastTold = now
        return total
    }
}
