import Audio
import Dispatch
import Logging
import Support
import Synchronization

/// Keeps what was heard and what was played, minute by minute, so that what went wrong can be looked into and run again.
/// Only for who asks for it; the oldest minutes go when they take more than their room.
///
/// Who listens and who plays never wait for it: what its thread cannot take in time is left out.
package final class DebugRecorder: Sendable {
    enum Item: Sendable {
        /// A frame as the microphone gave it, and what was played meanwhile.
        case frame(heard: [Int16], played: [Int16])
        /// A line of JSON.
        case event(String)
    }

    private struct Queue: Sendable {
        var items: [Item] = []
        var isEnding = false
    }

    /// What is being played, for the recording alone.
    package let tap = EchoTap()
    private let queue = Mutex(Queue())
    private let signal = DispatchSemaphore(value: 0)
    private let hasEnded = Watched(false)

    /// Frames that wait: five seconds.
    private static let waiting = 500

    /// - Parameters:
    ///   - folder: Made when it is not there, for the user alone.
    ///   - limit: Bytes that all of it may take.
    package init(folder: String, limit: Int) throws {
        try PrivateFolder.make(folder)
        NamedThread.start("aloud-recorder") { [self] in
            var recording = DebugRecording(folder: folder, limit: limit)
            let log = Logger(label: "aloud.recorder")
            do {
                while let items = next() { try recording.add(items) }
                try recording.close()
            } catch {
                // It ends itself rather than Aloud.
                log.error("debug recording ended", metadata: ["reason": "\(error)"])
                while next() != nil {}
            }
            hasEnded.update { $0 = true }
        }
    }

    /// The same source, recorded.
    package func recorded(_ source: FrameSource) -> FrameSource {
        FrameSource(
            read: { [self] frame in
                let reading = source.read(frame)
                if case .frame = reading { take(UnsafeBufferPointer(frame)) }
                return reading
            }, interrupt: source.interrupt)
    }

    package func note(_ event: String) { put(.event(event)) }

    /// Returns when what was left is written.
    package func end() async {
        queue.withLock { $0.isEnding = true }
        signal.signal()
        try? await hasEnded.next { $0 ? () : nil }
    }

    private func take(_ frame: UnsafeBufferPointer<Int16>) {
        let played = [Int16](unsafeUninitializedCapacity: frame.count) { buffer, count in
            count = tap.next(into: UnsafeMutableBufferPointer(rebasing: buffer[..<frame.count])) ? frame.count : 0
        }
        put(.frame(heard: Array(frame), played: played.isEmpty ? [Int16](repeating: 0, count: frame.count) : played))
    }

    private func put(_ item: Item) {
        let isTaken = queue.withLock { queue in
            guard queue.items.count < Self.waiting, !queue.isEnding else { return false }
            queue.items.append(item)
            return true
        }
        if isTaken { signal.signal() }
    }

    /// What came since the last time; nil at the end.
    private func next() -> [Item]? {
        while true {
            signal.wait()
            let (items, isEnding) = queue.withLock { queue in
                defer { queue.items = [] }
                return (queue.items, queue.isEnding)
            }
            if !items.isEmpty { return items }
            if isEnding { return nil }
        }
    }
}
