import Foundation

/// Files that are written together: each is whole beside its place before the first one moves there.
package enum FileSet {
    package struct File: Sendable {
        package let path: String
        package let bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// Makes missing folders, and replaces what lies at a path. Throws `FolderError` or `NewFileError`; then no file has
    /// changed, unless one could not be moved though it lay in the same folder.
    package static func write(_ files: [File]) throws {
        var waiting: [(temporary: String, path: String)] = []
        do {
            for file in files {
                let folder = (file.path as NSString).deletingLastPathComponent
                if !folder.isEmpty { try PrivateFolder.make(folder) }
                let temporary = (folder.isEmpty ? "" : folder + "/") + ".aloud-\(UUID().uuidString).tmp"
                try NewFile.write(file.bytes, to: temporary)
                waiting.append((temporary, file.path))
                try settle(temporary, for: file.path)
            }
            for (temporary, path) in waiting where rename(temporary, path) != 0 {
                throw NewFileError(path: path, code: errno)
            }
        } catch {
            for (temporary, _) in waiting { unlink(temporary) }
            throw error
        }
    }

    /// On the disk, and with the mode of what it replaces.
    private static func settle(_ temporary: String, for path: String) throws(NewFileError) {
        var status = stat()
        if stat(path, &status) == 0 { chmod(temporary, status.st_mode & 0o777) }
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw NewFileError(path: path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw NewFileError(path: path, code: errno) }
    }
}
