import Synchronization

/// State that tasks wait on: whoever changes it wakes those whose condition then holds.
package final class Watched<State: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let id: Int
        /// Gives the waiter its value when there is one, and tells whether there was.
        let look: @Sendable (inout State) -> Bool
        let cancel: @Sendable () -> Void
    }

    private struct Inside: Sendable {
        var state: State
        var waiters: [Waiter] = []
        var lastID = 0
        /// Waiters that were cancelled before they began to wait.
        var cancelled: Set<Int> = []

        /// Wakes those whose condition holds; false when there was none.
        mutating func wakeSome() -> Bool {
            let before = waiters
            waiters = []
            for waiter in before where !waiter.look(&state) { waiters.append(waiter) }
            return waiters.count < before.count
        }
    }

    private let inside: Mutex<Inside>
    private let work: Work?

    /// - Parameter work: Counts whoever is awake; a task that waits here is not.
    package init(_ state: State, work: Work? = nil) {
        inside = Mutex(Inside(state: state))
        self.work = work
    }

    package var value: State { inside.withLock { $0.state } }

    @discardableResult
    package func update<Result: Sendable>(_ change: @Sendable (inout State) -> Result) -> Result {
        inside.withLock { inside in
            let result = change(&inside.state)
            // One may make room for another.
            while inside.wakeSome() {}
            return result
        }
    }

    /// Waits until `take`, which may change the state, gives a value. Throws `CancellationError`.
    package func next<Value: Sendable>(_ take: @escaping @Sendable (inout State) -> Value?) async throws -> Value {
        let id = inside.withLock { inside in
            inside.lastID += 1
            return inside.lastID
        }
        defer { inside.withLock { _ = $0.cancelled.remove(id) } }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(id, take, continuation)
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func wait<Value: Sendable>(
        _ id: Int, _ take: @escaping @Sendable (inout State) -> Value?,
        _ continuation: CheckedContinuation<Value, any Error>
    ) {
        let isWaiting = inside.withLock { inside in
            guard inside.cancelled.remove(id) == nil else {
                continuation.resume(throwing: CancellationError())
                return false
            }
            if let value = take(&inside.state) {
                continuation.resume(returning: value)
                // It may have changed what others wait for.
                while inside.wakeSome() {}
                return false
            }
            inside.waiters.append(
                Waiter(id: id) { [work] state in
                    guard let value = take(&state) else { return false }
                    work?.begin()
                    continuation.resume(returning: value)
                    return true
                } cancel: { [work] in
                    work?.begin()
                    continuation.resume(throwing: CancellationError())
                })
            return true
        }
        // Not under the lock: who hears that there is no work may want to change the state.
        if isWaiting { work?.end() }
    }

    private func cancel(_ id: Int) {
        inside.withLock { inside in
            if let index = inside.waiters.firstIndex(where: { $0.id == id }) {
                inside.waiters.remove(at: index).cancel()
            } else {
                inside.cancelled.insert(id)
            }
        }
    }
}
