import Synchronization

/// Lets one piece of work at a time through, in the order they came; past the bound it takes no more.
final class Mailbox: Sendable {
    private struct Queue {
        var last: Task<Void, Never>?
        var waiting = 0
    }

    private let queue = Mutex(Queue())
    private let bound: Int

    init(bound: Int) { self.bound = bound }

    /// Whether the work was taken. It then runs to its end, whoever waits for it.
    func take(_ work: @escaping @Sendable () async -> Void) -> Bool {
        queue.withLock { queue in
            guard queue.waiting < bound else { return false }
            queue.waiting += 1
            queue.last = Task { [last = queue.last] in
                await last?.value
                await work()
                self.queue.withLock { $0.waiting -= 1 }
            }
            return true
        }
    }
}
