import Foundation

/// A file that is made in one go, whole or not at all, and never over another.
package enum NewFile {
    /// For its owner alone, mode 0600. Throws an error with `EEXIST` when there is something at the path.
    package static func write(_ bytes: some Collection<UInt8>, to path: String) throws(NewFileError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NewFileError(path: path, code: errno) }
        defer { close(descriptor) }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                let code = errno
                unlink(path)
                throw NewFileError(path: path, code: code)
            }
        }
    }
}

package struct NewFileError: Error, Equatable, CustomStringConvertible {
    package let path: String
    /// Of errno(3).
    package let code: Int32

    package var description: String { "cannot write \(path): \(String(cString: strerror(code)))" }
}
