import Foundation

/// A folder that only its owner may enter.
package enum PrivateFolder {
    /// Makes the folder and what is missing above it, mode 0700 for each one made.
    package static func make(_ path: String) throws(FolderError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw FolderError(path: path, reason: error.localizedDescription)
        }
    }
}

package struct FolderError: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "cannot make the folder \(path): \(reason)" }
}
