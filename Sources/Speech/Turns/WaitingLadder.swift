/// What is told while somebody waits for an answer, and when. Milliseconds on the capture clock.
///
/// Nobody minds a second when they know that they were heard: 0.3 s, 1.8 s and 15 s are where others found patience to end
/// (see `docs/voice-guide.md`).
package struct WaitingLadder: Equatable, Sendable {
    package enum Step: Equatable, Sendable {
        /// What was said is taken.
        case taken
        /// Say what is being done.
        case hold
        /// A sound: it still goes on.
        case thinking
        /// Say that it still goes on.
        case still
    }

    private let began: Int
    private var next = 0

    private static let steps: [(after: Int, step: Step)] = [
        (300, .taken), (1_800, .hold), (6_000, .thinking), (10_000, .thinking), (15_000, .still),
    ]
    private static let still = 15_000

    package init(began: Int) { self.began = began }

    /// The step that is due, once.
    package mutating func step(at now: Int) -> Step? {
        let waited = now - began
        if next < Self.steps.count {
            guard waited >= Self.steps[next].after else { return nil }
            defer { next += 1 }
            return Self.steps[next].step
        }
        guard waited >= Self.still * (next - Self.steps.count + 2) else { return nil }
        next += 1
        return .still
    }
}
