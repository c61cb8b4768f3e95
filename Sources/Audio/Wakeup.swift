import CLinux
import Glibc

/// Wakes one waiting thread from any other; signals that nobody waited for are kept, as one.
package final class Wakeup: Sendable {
    /// Readable while a signal waits.
    package let descriptor: Int32

    package init() throws(AudioError) {
        descriptor = linux_eventfd()
        guard descriptor >= 0 else { throw .system("eventfd", errno: errno) }
    }

    deinit { close(descriptor) }

    package func signal() { linux_eventfd_signal(descriptor) }

    /// Blocks its thread, for `time` at most. True when there was a signal, which it takes.
    @discardableResult
    package func wait(for time: Duration) -> Bool {
        linux_wait_readable(descriptor, -1, time.wholeMilliseconds) == 1 && take()
    }

    /// Takes the signal that waits, if any.
    @discardableResult
    package func take() -> Bool { linux_eventfd_drain(descriptor) > 0 }
}

extension Duration {
    /// For poll: rounded up, so that a wait does not end before its time, and never negative.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }
}
