import Foundation
import Synchronization

/// Gathers events from any thread, and waits for one with a deadline. The waiting thread must not be one of the pool.
final class EventLog<Event: Sendable>: Sendable {
    private let condition = NSCondition()
    private let gathered = Mutex<[Event]>([])

    var events: [Event] { gathered.withLock { $0 } }

    func append(_ event: Event) {
        condition.withLock { gathered.withLock { $0.append(event) } }
        condition.broadcast()
    }

    /// Suspends until the events satisfy the wish, or the time is over; true when they do.
    func wait(for time: TimeInterval = 10, until wish: @escaping @Sendable ([Event]) -> Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let deadline = Date(timeIntervalSinceNow: time)
                self.condition.lock()
                while !wish(self.events), self.condition.wait(until: deadline) {}
                self.condition.unlock()
                continuation.resume(returning: wish(self.events))
            }
        }
    }
}
