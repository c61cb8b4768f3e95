import Synchronization

/// A body that is sent while it is produced. The producer waits while `bound` bytes are unsent.
package final class HTTPUpload: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var sent = 0
        var end: End?
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Tells the exchange that there is something to send again.
        var wake: (@Sendable () -> Void)?
    }

    private enum End { case finished, failed, unwanted }

    enum Reading: Equatable {
        case bytes(Int)
        /// Nothing now; `wake` will tell.
        case nothing
        case end
        case failed
    }

    private let state = Mutex(State())
    private let bound: Int

    package init(bound: Int = 256 << 10) { self.bound = bound }

    /// Gives bytes to be sent. Throws when the exchange is over and nobody wants them any longer.
    package func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        let (isWanted, wake) = state.withLock { state in
            guard state.end == nil else { return (false, (@Sendable () -> Void)?.none) }
            state.pending += bytes
            return (true, state.wake)
        }
        guard isWanted else { throw HTTPError.closed }
        wake?()
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard state.pending.count > bound, state.end == nil else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    package func finish() { end(.finished) }

    /// The rest cannot be produced; the exchange fails.
    package func fail() { end(.failed) }

    /// The exchange is over.
    func close() { end(.unwanted) }

    func onWake(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// On the client's thread.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        let (reading, released) = state.withLock { state in
            guard !state.pending.isEmpty else {
                let reading: Reading =
                    switch state.end {
                    case nil: .nothing
                    case .finished: .end
                    case .failed, .unwanted: .failed
                    }
                return (reading, [CheckedContinuation<Void, Never>]())
            }
            let count = min(buffer.count, state.pending.count)
            buffer.copyBytes(from: state.pending[..<count])
            state.pending.removeFirst(count)
            state.sent += count
            guard state.pending.count <= bound else { return (.bytes(count), []) }
            defer { state.waiting = [] }
            return (.bytes(count), state.waiting)
        }
        for continuation in released { continuation.resume() }
        return reading
    }

    /// Whether nothing has been sent yet, so that another connection may begin anew.
    var isUntouched: Bool { state.withLock { $0.sent == 0 } }

    private func end(_ end: End) {
        let (waiting, wake) = state.withLock { state in
            state.end = state.end ?? end
            defer {
                state.waiting = []
                if end == .unwanted { state.wake = nil }
            }
            return (state.waiting, state.wake)
        }
        for continuation in waiting { continuation.resume() }
        wake?()
    }
}
