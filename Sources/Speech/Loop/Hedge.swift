import Endpoints

/// How long the first engine is waited for before the next one is asked too.
package struct Hedge: Sendable {
    /// Waits; a test hands in its own.
    package var pause: @Sendable (Duration) async throws -> Void
    /// Of an engine whose times are not known yet.
    var unknown = Duration.milliseconds(2500)
    /// Sooner only costs, and later helps nobody.
    var bounds = Duration.milliseconds(500)...Duration.seconds(4)

    package init(pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
        self.pause = pause
    }

    /// - Parameter slack: How often its usual time is waited for.
    func patience(with watch: EndpointWatch?, slack: Int = 1) -> Duration {
        guard let watch else { return unknown }
        // It has just come back: nobody pays for finding out that it has not.
        if watch.health.isOnTrial { return .zero }
        return watch.usual.map { min(max($0 * slack, bounds.lowerBound), bounds.upperBound) } ?? unknown
    }
}
