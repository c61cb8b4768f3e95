import Synchronization

/// How much is going on: a clock that is not the wall's stands still as long as there is work.
package final class Work: Sendable {
    private let count = Mutex(0)
    private let onIdle: @Sendable () -> Void

    /// - Parameter onIdle: Called each time nothing is going on any more, by whoever ended last.
    package init(onIdle: @escaping @Sendable () -> Void = {}) { self.onIdle = onIdle }

    package func begin() { count.withLock { $0 += 1 } }

    package func end() {
        let isIdle = count.withLock { count in
            count -= 1
            return count == 0
        }
        if isIdle { onIdle() }
    }

    package var isIdle: Bool { count.withLock { $0 == 0 } }
}
