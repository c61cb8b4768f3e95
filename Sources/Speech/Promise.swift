import Synchronization

/// A value that one thread owes one task. Whoever keeps or breaks it first wins; the rest is ignored.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        /// Nobody waits, nothing came.
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        /// It came before anybody waited.
        case kept(Result<Value, any Error>)
        case spent
    }

    private let state = Mutex(State.open)

    func resolve(_ result: Result<Value, any Error>) {
        let waiting: CheckedContinuation<Value, any Error>? = state.withLock { state in
            switch state {
            case .open:
                state = .kept(result)
                return nil
            case .awaited(let continuation):
                state = .spent
                return continuation
            case .kept, .spent: return nil
            }
        }
        waiting?.resume(with: result)
    }

    func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<Value, any Error>? = state.withLock { state in
                guard case .kept(let result) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .spent
                return result
            }
            if let result { continuation.resume(with: result) }
        }
    }
}
