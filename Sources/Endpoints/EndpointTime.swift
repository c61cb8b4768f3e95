/// The time an endpoint lives by; tests hand in their own.
package struct EndpointTime: Sendable {
    package var now: @Sendable () -> ContinuousClock.Instant
    package var pause: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.pause = pause
    }

    package static let live = EndpointTime(now: { .now }, pause: { try await Task.sleep(for: $0) })
}
