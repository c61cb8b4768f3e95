/// The last stretch of sound, in memory only: where the beginning of an utterance comes from.
struct SoundMemory: Sendable {
    private var ring: [Int16]
    /// Position of the next sample on the capture clock.
    private(set) var end: Int

    init(capacity: Int, start: Int = 0) {
        ring = [Int16](repeating: 0, count: max(1, capacity))
        end = start
        first = start
    }

    private let first: Int

    /// Position of the oldest sample that is still there.
    var start: Int { max(first, end - ring.count) }

    mutating func append(_ samples: UnsafeBufferPointer<Int16>) {
        for sample in samples {
            ring[end % ring.count] = sample
            end += 1
        }
    }

    /// What there is of the samples from `position` on.
    func samples(from position: Int) -> [Int16] {
        let position = max(position, start)
        return (position..<max(position, end)).map { ring[$0 % ring.count] }
    }
}
