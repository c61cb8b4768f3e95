import Audio
import Dispatch
import Foundation
import Synchronization

/// The sound of one satellite on its way to the listener's thread: written by a task, read with a wait.
final class SoundQueue: Sendable {
    private struct Waiting {
        var samples: [Int16] = []
        var taken = 0
    }

    /// Samples that may wait; the thread is much faster than speech, so more means that it has ended.
    private static let bound = 60 * SpeechFormat.rate
    private static let patience = 0.2

    private let waiting = Mutex(Waiting())
    private let bell = DispatchSemaphore(value: 0)

    func add(_ samples: [Int16]) {
        waiting.withLock { waiting in
            guard waiting.samples.count - waiting.taken + samples.count <= Self.bound else { return }
            if waiting.taken > SpeechFormat.rate {
                waiting.samples.removeFirst(waiting.taken)
                waiting.taken = 0
            }
            waiting.samples += samples
        }
        bell.signal()
    }

    func interrupt() { bell.signal() }

    var source: FrameSource {
        FrameSource(read: { [self] in read(into: $0) }, interrupt: { [self] in interrupt() })
    }

    private func read(into frame: UnsafeMutableBufferPointer<Int16>) -> FrameSource.Reading {
        if fill(frame) { return .frame }
        _ = bell.wait(timeout: .now() + Self.patience)
        return fill(frame) ? .frame : .nothing
    }

    private func fill(_ frame: UnsafeMutableBufferPointer<Int16>) -> Bool {
        waiting.withLock { waiting in
            guard waiting.samples.count - waiting.taken >= frame.count else { return false }
            for index in frame.indices { frame[index] = waiting.samples[waiting.taken + index] }
            waiting.taken += frame.count
            return true
        }
    }
}
