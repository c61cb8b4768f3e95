import Foundation

/// An advisory lock between processes, held until released or until the process ends.
package struct FileLock: Sendable {
    private let descriptor: Int32

    /// Waits for the lock, at most `deadline` seconds. Blocks its thread: for start-up only.
    package init(path: String, deadline: TimeInterval) throws(FileLockError) {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileLockError(path: path, reason: String(cString: strerror(errno)), isHeld: false)
        }
        let end = Date().addingTimeInterval(deadline)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, Date() < end else {
                let isHeld = errno == EWOULDBLOCK
                let reason = isHeld ? "another process holds it" : String(cString: strerror(errno))
                close(descriptor)
                throw FileLockError(path: path, reason: reason, isHeld: isHeld)
            }
            poll(nil, 0, 20)
        }
    }

    package func release() {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

package struct FileLockError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String
    /// Whether another process has the lock, so that trying again may help.
    package let isHeld: Bool

    package var description: String { "cannot lock \(path): \(reason)" }
}
