import Foundation

/// The plain files below a folder, without following links and within bounds.
package struct FolderWalk: Sendable {
    package struct File: Equatable, Sendable {
        /// From the folder, without `./`.
        package let path: String
        package let size: Int
    }

    package let files: [File]
    /// Folders, as `File.path`.
    package let folders: Set<String>
    /// Whether all of it was seen; else it is larger than the bounds, or a part of it cannot be read.
    package let isWhole: Bool

    /// What nobody writes by hand.
    package static let passedOver: Set<String> = [
        ".build", ".git", ".gradle", ".hg", ".mypy_cache", ".svn", ".swiftpm", ".tox", ".venv", "__pycache__",
        "DerivedData", "node_modules", "target", "vendor", "venv",
    ]

    /// nil when the folder cannot be read. `deepest` counts folders within folders.
    package init?(_ root: String, most: Int = 50_000, deepest: Int = 24) {
        guard let first = try? FileManager.default.contentsOfDirectory(atPath: root) else { return nil }
        var files: [File] = []
        var folders: Set<String> = []
        var isWhole = true
        var waiting: [(path: String, names: [String], depth: Int)] = [("", first, 0)]
        var seen = 0
        while let (folder, names, depth) = waiting.popLast() {
            for name in names.sorted() {
                seen += 1
                guard seen <= most else {
                    isWhole = false
                    waiting = []
                    break
                }
                let path = folder.isEmpty ? name : folder + "/" + name
                var status = stat()
                guard lstat(root + "/" + path, &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFREG: files.append(File(path: path, size: Int(status.st_size)))
                case S_IFDIR where !FolderWalk.passedOver.contains(name):
                    folders.insert(path)
                    guard depth < deepest,
                        let inside = try? FileManager.default.contentsOfDirectory(atPath: root + "/" + path)
                    else {
                        isWhole = false
                        continue
                    }
                    waiting.append((path, inside, depth + 1))
                default: break
                }
            }
        }
        self.files = files
        self.folders = folders
        self.isWhole = isWhole
    }
}
