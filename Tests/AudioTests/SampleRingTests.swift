import Audio
import Foundation
import Testing

@Suite struct SampleRingTests {
    private func read(_ ring: SampleRing, _ count: Int) -> [Int16] {
        [Int16](unsafeUninitializedCapacity: count) { buffer, got in
            got = ring.read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        }
    }

    @Test("What goes in comes out in order, around the end and again")
    func order() {
        let ring = SampleRing(capacity: 100)
        for round in 0..<50 {
            let samples = (0..<70).map { Int16(round * 70 + $0) }
            #expect(samples.withUnsafeBufferPointer { ring.write($0) } == 70)
            #expect(read(ring, 100) == samples)
        }
    }

    @Test("A full ring drops the newest and counts them")
    func drops() {
        let ring = SampleRing(capacity: 10)
        [1, 2, 3, 4, 5, 6, 7].withUnsafeBufferPointer { ring.writeOrDrop($0) }
        [8, 9, 10, 11, 12].withUnsafeBufferPointer { ring.writeOrDrop($0) }
        #expect(ring.dropped == 2)
        #expect(read(ring, 20) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }

    @Test("Retracted samples are never read, and their places are free again")
    func retract() {
        let ring = SampleRing(capacity: 4)
        [1, 2, 3, 4].withUnsafeBufferPointer { ring.writeOrDrop($0) }
        ring.retract()
        #expect(ring.available() == 0)
        [5, 6].withUnsafeBufferPointer { ring.writeOrDrop($0) }
        #expect(read(ring, 4) == [5, 6])
        #expect(ring.dropped == 0)
    }

    @Test("Two threads pass a million samples and none is lost or out of place")
    func threads() throws {
        let ring = SampleRing(capacity: 1000)
        let arrived = try Wakeup()
        let total = 1_000_000
        Thread.detachNewThread {
            var next = 0
            var generator = SeededGenerator(7)
            while next < total {
                let count = min(total - next, Int.random(in: 1...700, using: &generator))
                let samples = (next..<next + count).map { Int16(truncatingIfNeeded: $0) }
                next += samples.withUnsafeBufferPointer { ring.write($0) }
                arrived.signal()
            }
        }
        var next = 0
        var wrong = 0
        let deadline = ContinuousClock.now + .seconds(20)
        while next < total, .now < deadline {
            for sample in read(ring, 333) {
                if sample != Int16(truncatingIfNeeded: next) { wrong += 1 }
                next += 1
            }
            if ring.available() == 0, next < total { arrived.wait(for: .milliseconds(100)) }
        }
        #expect(next == total)
        #expect(wrong == 0)
    }

    @Test("A signal wakes the waiter, is kept while nobody waits, and is taken once")
    func wakeup() throws {
        let wakeup = try Wakeup()
        wakeup.signal()
        wakeup.signal()
        #expect(wakeup.wait(for: .seconds(5)))
        #expect(!wakeup.wait(for: .zero))
        Thread.detachNewThread { wakeup.signal() }
        #expect(wakeup.wait(for: .seconds(5)))
    }
}
