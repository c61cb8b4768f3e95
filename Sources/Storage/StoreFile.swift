import Foundation
import Support

/// The place of the database in the file system, looked at without opening it.
struct StoreFile {
    let path: String

    init(_ path: String) { self.path = path }

    /// Which file it is; a link counts as what it leads to.
    var identity: FileIdentity? { FileIdentity(following: path) }

    /// Whether there is a file. Throws when what is there can be no database.
    func exists() throws(StoreError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            guard code == ENOENT else {
                throw .notAllowed(path: path, reason: String(cString: strerror(code)))
            }
            guard FileIdentity(path) == nil else {
                throw .notAllowed(path: path, reason: "it is a link to a file that is not there")
            }
            return false
        }
        // A pipe or a device would be waited for, or swallow what is written.
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .notAllowed(
                path: path, reason: status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file")
        }
        return true
    }

    /// Makes the file when it is missing, the user's alone from its first byte on.
    func prepare() throws {
        try PrivateFolder.make((path as NSString).deletingLastPathComponent)
        guard try !exists() else { return }
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOSPC
                ? StoreError.diskFull(path: path)
                : StoreError.notAllowed(path: path, reason: String(cString: strerror(errno)))
        }
        close(descriptor)
    }
}
