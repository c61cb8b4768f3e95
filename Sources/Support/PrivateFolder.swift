import Foundation

/// A folder that only its owner may enter.
package enum PrivateFolder {
    /// Makes the folder and what is missing above it, mode 0700 for each one made.
    package static func make(_ path: String) throws(FolderError) {
        guard mkdir(path, 0o700) != 0 else { return }
        if errno == ENOENT {
            let parent = (path as NSString).deletingLastPathComponent
            guard !parent.isEmpty, parent != path else { throw FolderError(path: path, reason: "it has no name") }
            try make(parent)
            guard mkdir(path, 0o700) != 0 else { return }
        }
        let code = errno
        var status = stat()
        guard code == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw FolderError(
                path: path, reason: code == EEXIST ? "it is not a folder" : String(cString: strerror(code)))
        }
    }

    /// As `make`, for what lies where other users may write too: refuses a folder that another user made, or may enter.
    package static func makeTrusted(_ path: String) throws(FolderError) {
        try make(path)
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw FolderError(path: path, reason: "it is a link; remove it")
        }
        guard status.st_uid == geteuid() else {
            throw FolderError(path: path, reason: "it belongs to another user; set XDG_RUNTIME_DIR or ALOUD_HOME")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw FolderError(path: path, reason: "others may enter it; chmod 700 it")
        }
    }
}

package struct FolderError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "cannot use the folder \(path): \(reason)" }
}
