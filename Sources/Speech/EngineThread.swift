import Dispatch
import Foundation
import Support
import Synchronization

/// A thread that owns an engine: work is done piece by piece, in order, and never on the cooperative pool.
///
/// The engine is made on the thread with the first piece of work and never leaves it, so it need not be `Sendable`.
final class EngineThread<Engine>: Sendable {
    typealias Work = @Sendable (inout Engine) -> Void

    private let inbox: Inbox
    private let limit: Int

    /// - Parameters:
    ///   - limit: Pieces of work that may wait; more are refused.
    ///   - rest: What to do when there was nothing to do for `idle`: give memory back.
    init(
        _ name: String, limit: Int = 4, idle: Duration = .seconds(600),
        make: @escaping @Sendable () -> Engine, rest: @escaping Work = { _ in }
    ) {
        let inbox = Inbox()
        self.inbox = inbox
        self.limit = limit
        // The decoders recurse little, the voice's letter-to-sound rules a bit more.
        NamedThread.start(name, stackSize: 2 << 20) {
            var engine: Engine?
            while let event = inbox.next(within: idle) {
                switch event {
                case .work(let work):
                    var current = engine ?? make()
                    engine = nil
                    work(&current)
                    engine = current
                case .rest:
                    guard var current = engine else { continue }
                    engine = nil
                    rest(&current)
                    engine = current
                }
            }
        }
    }

    deinit { inbox.close() }

    /// Does the work and gives its result, or fails at the deadline or when the task is cancelled; the work is then told.
    func run<Value: Sendable>(
        until deadline: ContinuousClock.Instant,
        _ work: @escaping @Sendable (inout Engine, Abort) throws -> Value
    ) async throws -> Value {
        let promise = Promise<Value>()
        let abort = Abort()
        let accepted = inbox.add(limit: limit) { engine in
            guard !abort.isWished else { return }
            let result = Result { try work(&engine, abort) }
            // The timer below needs the cooperative pool, which may be busy.
            promise.resolve(.now < deadline ? result : .failure(SpeechError.deadline))
        }
        guard accepted else { throw SpeechError.busy }
        let timer = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            abort.wish()
            promise.resolve(.failure(SpeechError.deadline))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.value()
        } onCancel: {
            abort.wish()
            promise.resolve(.failure(CancellationError()))
        }
    }

    /// Does the work some time, unless too much waits already.
    @discardableResult
    func post(_ work: @escaping Work) -> Bool { inbox.add(limit: limit, work) }

    private enum Event {
        case work(Work)
        case rest
    }

    private final class Inbox: Sendable {
        private struct Waiting {
            var work: [Work] = []
            var isClosed = false
        }

        private let waiting = Mutex(Waiting())
        private let bell = DispatchSemaphore(value: 0)

        func add(limit: Int, _ work: @escaping Work) -> Bool {
            let added = waiting.withLock { waiting in
                guard !waiting.isClosed, waiting.work.count < limit else { return false }
                waiting.work.append(work)
                return true
            }
            if added { bell.signal() }
            return added
        }

        func close() {
            waiting.withLock { waiting in
                waiting.isClosed = true
                waiting.work = []
            }
            bell.signal()
        }

        /// Waits; nil when closed.
        func next(within idle: Duration) -> Event? {
            let seconds = Double(idle.components.seconds) + Double(idle.components.attoseconds) / 1e18
            let rang = bell.wait(timeout: .now() + seconds) == .success
            return waiting.withLock { waiting in
                guard !waiting.isClosed else { return nil }
                guard rang, !waiting.work.isEmpty else { return .rest }
                return .work(waiting.work.removeFirst())
            }
        }
    }
}
