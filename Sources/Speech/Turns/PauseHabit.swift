import Glibc
import Planning

/// How long somebody pauses within what they say, learned from each pause after which they went on.
///
/// It answers how much silence ends an utterance: as little as lets nearly all of this speaker's pauses pass. Milliseconds.
package struct PauseHabit: Equatable, Sendable, Codable {
    /// How many pauses were in each fifth of a second, from `shortest` on; older ones weigh less.
    private var counts: [Double]

    /// Shorter gaps are within words.
    package static let shortest = 200
    private static let step = 50
    private static let steps = 40
    /// What a pause weighs when this many came after it is a half.
    private static let memory = 200.0
    /// Pauses that are as good as known before the first was heard: spread evenly up to what is usual.
    private static let prior = 20.0
    /// The share of pauses that must pass.
    private static let share = 0.95

    package static let bounds = 400...1600

    package init() { counts = [Double](repeating: 0, count: Self.steps) }

    /// Somebody went on after a pause of so many milliseconds.
    package mutating func wentOn(after pause: Int) {
        guard pause >= Self.shortest, counts.count == Self.steps else { return }
        let forgetting = exp2(-1 / Self.memory)
        for index in counts.indices { counts[index] *= forgetting }
        counts[min((pause - Self.shortest) / Self.step, Self.steps - 1)] += 1
    }

    /// The silence after which an utterance that may be whole is taken to be.
    ///
    /// - Parameter usual: What it is for somebody who is not known yet.
    package func trailing(usual: Int) -> Int {
        let usualSteps = max(1, (usual - Self.shortest) / Self.step)
        let wanted = Self.share * (counts.reduce(0, +) + Self.prior)
        var passed = 0.0
        var step = 0
        while step < counts.count {
            passed += counts[step] + (step < usualSteps ? Self.prior / Double(usualSteps) : 0)
            step += 1
            if passed >= wanted { break }
        }
        let edge = Self.shortest + step * Self.step
        return min(max(edge, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// The silence after which an utterance is taken to be over.
    package func trailing(_ completeness: Completeness, usual: Int) -> Int {
        switch completeness {
        case .complete: 0
        case .open: trailing(usual: usual)
        case .incomplete: Self.bounds.upperBound
        }
    }
}
