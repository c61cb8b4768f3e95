import Synchronization

/// Samples from one thread to another without a lock: fixed room, nothing allocated after `init`.
///
/// When it is full the newest samples are dropped, and counted.
///
/// `@unchecked Sendable`: `storage` is never replaced, and each of its places belongs to one side at a time. The writer
/// touches only places from `written` up to `consumed + capacity`, the reader only those from `consumed` up to `written`;
/// each side moves its own counter, with release, after touching the places, and reads the other's with acquire. This
/// holds for one writing and one reading thread at a time, which is the caller's part.
package final class SampleRing: @unchecked Sendable {
    package let capacity: Int
    private let storage: UnsafeMutablePointer<Int16>
    /// Samples ever written and ever read: they only grow, their difference is what waits.
    private let written = Atomic<Int>(0)
    private let consumed = Atomic<Int>(0)
    private let lost = Atomic<Int>(0)
    /// What was written before this is no longer to be read.
    private let barrier = Atomic<Int>(0)

    package init(capacity: Int) {
        precondition(capacity > 0)
        self.capacity = capacity
        storage = .allocate(capacity: capacity)
        storage.initialize(repeating: 0, count: capacity)
    }

    deinit { storage.deallocate() }

    /// Samples that wait to be read.
    package var count: Int { written.load(ordering: .acquiring) - firstUnread }

    private var firstUnread: Int { max(consumed.load(ordering: .acquiring), barrier.load(ordering: .acquiring)) }

    /// Samples that found no room since the beginning.
    package var dropped: Int { lost.load(ordering: .relaxed) }

    /// Samples ever read or passed over.
    package var taken: Int { firstUnread }

    /// Writer: as many of the samples as there is room for; returns how many.
    @discardableResult
    package func write(_ samples: UnsafeBufferPointer<Int16>) -> Int {
        let head = written.load(ordering: .relaxed)
        let fitting = min(samples.count, capacity - (head - consumed.load(ordering: .acquiring)))
        if let source = samples.baseAddress {
            let start = head % capacity
            let first = min(fitting, capacity - start)
            (storage + start).update(from: source, count: first)
            storage.update(from: source + first, count: fitting - first)
        }
        written.store(head + fitting, ordering: .releasing)
        return fitting
    }

    /// Writer: all of the samples, or what fits of them and a note of the rest.
    package func writeOrDrop(_ samples: UnsafeBufferPointer<Int16>) {
        let missing = samples.count - write(samples)
        if missing > 0 { lost.wrappingAdd(missing, ordering: .relaxed) }
    }

    /// Writer: what waits shall never be read.
    package func retract() {
        barrier.store(written.load(ordering: .relaxed), ordering: .releasing)
    }

    /// Reader: samples that can be read now. Gives the places of retracted ones back to the writer.
    package func available() -> Int {
        let tail = firstUnread
        consumed.store(tail, ordering: .releasing)
        return written.load(ordering: .acquiring) - tail
    }

    /// Reader: up to as many samples as `target` holds; returns how many.
    @discardableResult
    package func read(into target: UnsafeMutableBufferPointer<Int16>) -> Int {
        let tail = firstUnread
        let available = min(target.count, written.load(ordering: .acquiring) - tail)
        if let base = target.baseAddress {
            let start = tail % capacity
            let first = min(available, capacity - start)
            base.update(from: storage + start, count: first)
            (base + first).update(from: storage, count: available - first)
        }
        consumed.store(tail + available, ordering: .releasing)
        return available
    }
}
