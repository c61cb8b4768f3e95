/// How fast Aloud speaks: 1 is the voice's own pace.
package struct Pace: Equatable, Sendable, Codable {
    package enum Change: Equatable, Sendable {
        case slower, faster
    }

    package private(set) var factor: Double

    package static let normal = Pace(1)
    /// Slower than this words fall apart, faster than this nobody follows.
    package static let bounds = 0.5...2.0
    /// One step is well heard, and five of them are the whole way.
    private static let step = 1.2

    package init(_ factor: Double) {
        self.factor = factor.isFinite ? min(max(factor, Self.bounds.lowerBound), Self.bounds.upperBound) : 1
    }

    package func changed(_ change: Change) -> Pace {
        Pace(change == .faster ? factor * Self.step : factor / Self.step)
    }
}
