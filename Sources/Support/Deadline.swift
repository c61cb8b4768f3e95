/// The work was not done in time.
package struct DeadlineError: Error, Equatable, CustomStringConvertible {
    package let limit: Duration

    package init(limit: Duration) { self.limit = limit }

    package var description: String { "not done within \(limit)" }
}

/// Does `work`, and cancels it and throws `DeadlineError` when it takes longer than `limit`.
package func withDeadline<Value: Sendable>(
    _ limit: Duration, clock: some Clock<Duration> = ContinuousClock(),
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: work)
        group.addTask {
            try await clock.sleep(for: limit, tolerance: nil)
            throw DeadlineError(limit: limit)
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw DeadlineError(limit: limit) }
        return first
    }
}
