import Synchronization

/// One request and its answer, between the client's thread that fills it and the task that reads it.
final class HTTPExchange: Sendable {
    let request: HTTPRequest

    private struct State {
        var head: Head?
        var pieces: [[UInt8]] = []
        var buffered = 0
        /// Whether the connection is held until the reader has caught up.
        var isPaused = false
        var end: Result<Void, any Error>?
        var headWaiter: CheckedContinuation<Head, any Error>?
        var pieceWaiter: CheckedContinuation<Void, Never>?
    }

    struct Head: Sendable {
        let status: Int
        let headers: [HTTPHeader]
    }

    /// Bytes that wait for the reader before the connection is held, and at which it goes on.
    static let high = 256 << 10
    static let low = 64 << 10

    private let state = Mutex(State())

    init(_ request: HTTPRequest) { self.request = request }

    // MARK: The client's thread

    func tell(_ head: Head) {
        let waiter = state.withLock { state in
            state.head = head
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: head)
    }

    /// Whether the bytes were taken; else the connection is to be held.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, waiter) = state.withLock { state in
            guard state.end == nil else { return (true, CheckedContinuation<Void, Never>?.none) }
            guard state.buffered < Self.high else {
                state.isPaused = true
                return (false, nil)
            }
            state.pieces.append(Array(bytes))
            state.buffered += bytes.count
            defer { state.pieceWaiter = nil }
            return (true, state.pieceWaiter)
        }
        waiter?.resume()
        return isTaken
    }

    func finish() { end(.success(())) }

    /// Whether this ended it.
    @discardableResult
    func fail(_ error: any Error) -> Bool { end(.failure(error)) }

    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Whether the connection is held because the reader is behind.
    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// Whether the connection was held and may now go on.
    func unpause() -> Bool {
        state.withLock { state in
            defer { state.isPaused = false }
            return state.isPaused && state.end == nil
        }
    }

    @discardableResult
    private func end(_ result: Result<Void, any Error>) -> Bool {
        let (isFirst, head, piece) = state.withLock { state in
            guard state.end == nil else {
                return (false, CheckedContinuation<Head, any Error>?.none, CheckedContinuation<Void, Never>?.none)
            }
            state.end = result
            defer {
                state.headWaiter = nil
                state.pieceWaiter = nil
            }
            return (true, state.headWaiter, state.pieceWaiter)
        }
        if let head {
            switch result {
            case .success: head.resume(throwing: HTTPError.closed)
            case .failure(let error): head.resume(throwing: error)
            }
        }
        piece?.resume()
        if isFirst, case .stream(let upload) = request.body { upload.close() }
        return isFirst
    }

    // MARK: The reader's task

    func head() async throws -> Head {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<Head, any Error>? = state.withLock { state in
                if let head = state.head { return .success(head) }
                switch state.end {
                case nil:
                    state.headWaiter = continuation
                    return nil
                case .success: return .failure(HTTPError.closed)
                case .failure(let error): return .failure(error)
                }
            }
            if let result { continuation.resume(with: result) }
        }
    }

    /// The next piece, nil at the end; and whether the connection was held and may go on.
    func nextPiece() async throws -> (piece: [UInt8]?, isDrained: Bool) {
        while true {
            enum Step {
                case piece([UInt8], Bool)
                case end(Result<Void, any Error>)
                case wait
            }
            let step: Step = state.withLock { state in
                // Cancelled means now; any other failure is told after what came before it.
                if case .failure(let error)? = state.end, error is CancellationError { return .end(.failure(error)) }
                guard state.pieces.isEmpty else {
                    let piece = state.pieces.removeFirst()
                    state.buffered -= piece.count
                    return .piece(piece, state.isPaused && state.buffered <= Self.low)
                }
                return state.end.map { .end($0) } ?? .wait
            }
            switch step {
            case .piece(let piece, let isDrained): return (piece, isDrained)
            case .end(let result):
                try result.get()
                return (nil, false)
            case .wait: await waitForPiece()
            }
        }
    }

    private func waitForPiece() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard state.pieces.isEmpty, state.end == nil else { return true }
                state.pieceWaiter = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}
