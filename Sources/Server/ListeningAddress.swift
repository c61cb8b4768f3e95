import Foundation
import Support

/// Where the local socket listens: a path of its own, or what systemd opened.
package enum ListeningAddress: Equatable, Sendable, CustomStringConvertible {
    case path(String)
    case inherited(Int32)

    package var description: String {
        switch self {
        case .path(let path): path
        case .inherited(let descriptor): "descriptor \(descriptor) of the service manager"
        }
    }

    /// systemd's socket when there is one (sd_listen_fds(3)), else `path`.
    package init(path: String, environment: [String: String], processId: Int32 = getpid()) {
        let isForUs = environment["LISTEN_PID"].flatMap(Int32.init) == processId
        if isForUs, let count = environment["LISTEN_FDS"].flatMap(Int.init), count > 0 {
            let first: Int32 = 3
            _ = fcntl(first, F_SETFD, FD_CLOEXEC)
            self = .inherited(first)
        } else {
            self = .path(path)
        }
    }

    /// Makes the folder and clears away the socket of a daemon that is gone; a living one is left alone.
    static func prepare(_ path: String) throws {
        try PrivateFolder.makeTrusted((path as NSString).deletingLastPathComponent)
        guard path.utf8.count < 108 else { throw SocketError.pathTooLong(path) }
        guard let file = FileIdentity(path) else { return }
        guard file.kind == S_IFSOCK else { throw SocketError.notASocket(path) }
        guard !LocalSocketClient.isAlive(path) else { throw SocketError.inUse(path) }
        unlink(path)
    }

    /// What stands at the path now, for `remove`.
    var identity: FileIdentity? {
        if case .path(let path) = self { FileIdentity(path) } else { nil }
    }

    /// Takes the socket away, unless another stands there by now: a daemon that was started meanwhile.
    func remove(_ own: FileIdentity?) {
        if case .path(let path) = self, let own, FileIdentity(path) == own { unlink(path) }
    }
}

package enum SocketError: Error, Equatable, CustomStringConvertible {
    case inUse(String)
    case pathTooLong(String)
    case noDaemon(String)
    case notASocket(String)
    case noAnswer(String, Duration)
    case closed
    /// What the daemon said in place of an answer.
    case refused(String)

    package var description: String {
        switch self {
        case .inUse(let path):
            "another aloud already listens on \(path); stop it first, or give this one its own ALOUD_HOME"
        case .pathTooLong(let path): "the socket path \(path) is longer than the 107 bytes that Linux takes"
        case .noDaemon(let path): "no daemon answers on \(path); start one with: aloud serve"
        case .notASocket(let path): "\(path) is in the way and is no socket; move it away"
        case .noAnswer(let path, let limit):
            "the daemon on \(path) has not answered within \(limit.components.seconds) s; it may be busy or stopped, see: "
                + "aloud status"
        case .closed: "the daemon closed the connection"
        case .refused(let words): "the daemon says: \(words)"
        }
    }
}
