import Foundation

/// When the database was last written to, by any process: two that are equal and settled mean that nothing was.
package struct WriteStamp: Equatable, Sendable {
    private let seconds: Int
    private let nanoseconds: Int
    private let size: Int
    private let readAt: Date

    /// File times tick every few milliseconds, and a second write within one tick leaves no trace of its own.
    private static let tick = 0.05

    /// Whether a write after it was read would show.
    package var isSettled: Bool {
        let written = Double(seconds) + Double(nanoseconds) / 1e9
        return readAt.timeIntervalSince1970 - written > WriteStamp.tick
    }

    package static func == (left: WriteStamp, right: WriteStamp) -> Bool {
        (left.seconds, left.nanoseconds, left.size) == (right.seconds, right.nanoseconds, right.size)
    }

    /// - Parameter log: The path of the write-ahead log; every commit writes to it.
    init?(log: String) {
        readAt = Date()
        var status = stat()
        guard stat(log, &status) == 0 else { return nil }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        size = Int(status.st_size)
    }
}

extension Store {
    /// Costs one stat(2), where asking the database costs two threads a wakeup. nil when it cannot be told.
    package var writeStamp: WriteStamp? { WriteStamp(log: path + "-wal") }
}
