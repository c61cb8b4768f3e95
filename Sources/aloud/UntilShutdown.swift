import ServiceLifecycle

/// Runs `body` until the daemon shuts down, and ends well when that cut it off.
func untilShutdown(_ body: @Sendable @escaping () async throws -> Void) async throws {
    do {
        try await cancelWhenGracefulShutdown(body)
    } catch is CancellationError {
        // What was read at that moment is read again at the next start.
    }
}
