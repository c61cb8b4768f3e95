import Synchronization

/// Lets whoever waits for a turn end what can be ended of it: a language model's answer, never a write.
package final class Stop: Sendable {
    private enum State {
        case going((@Sendable () -> Void)?)
        case stopped
    }

    private let state = Mutex(State.going(nil))

    package init() {}

    package func now() {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            guard case .going(let cancel) = state else { return nil }
            state = .stopped
            return cancel
        }
        cancel?()
    }

    /// Calls `cancel` when it is stopped; at once when it is already.
    func cancels(_ cancel: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            if case .stopped = state { return true }
            state = .going(cancel)
            return false
        }
        if isStopped { cancel() }
    }
}
