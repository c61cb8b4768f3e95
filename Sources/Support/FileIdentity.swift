import Foundation

/// Which file a path names: the same path may name another one later.
package struct FileIdentity: Equatable, Sendable {
    private let device: UInt
    private let node: UInt
    /// The file type bits of its mode, such as `S_IFREG` (inode(7)).
    package let kind: mode_t

    /// A link is itself. nil when there is none, or when it cannot be told.
    package init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// A link is what it leads to.
    package init?(following path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        device = status.st_dev
        node = status.st_ino
        kind = status.st_mode & S_IFMT
    }
}
