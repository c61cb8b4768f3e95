import Foundation

/// Reads a whole file that somebody named.
package enum RegularFile {
    /// Not waiting for whoever writes into a pipe, and no more of it than is allowed.
    ///
    /// - Parameter most: Bytes that it may have.
    package static func read(_ path: String, atMost most: Int) throws(UnreadableFile) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        guard status.st_size <= most else { throw .tooLarge(most) }
        // It may grow meanwhile: a byte more than is allowed tells so.
        var bytes = [UInt8](repeating: 0, count: most + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .system(errno) }
            guard got > 0 else { break }
            count += got
        }
        guard count <= most else { throw .tooLarge(most) }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// The same as text in UTF-8.
    package static func text(_ path: String, atMost most: Int) throws(UnreadableFile) -> String {
        guard let text = String(validating: try read(path, atMost: most), as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}

/// Why a file is not read, to stand after its name.
package enum UnreadableFile: Error, Equatable, CustomStringConvertible {
    /// The code is that of errno(3).
    case system(Int32)
    case notRegular
    /// The bytes that it may have.
    case tooLarge(Int)
    case notUTF8

    package var description: String {
        switch self {
        case .system(let code): "cannot be read: \(String(cString: strerror(code)))"
        case .notRegular: "is not a regular file"
        case .tooLarge(let most) where most < 1 << 20: "is larger than \(most >> 10) KiB"
        case .tooLarge(let most): "is larger than \(most >> 20) MiB"
        case .notUTF8: "is not UTF-8 text"
        }
    }
}
