import Foundation
import Interchange
import Support

/// Reads what an import is made from: a file, or the Markdown files in a folder and those below it.
enum ImportFiles {
    private static let deepest = 8

    /// Throws `Failure` for what is not there, cannot be read, or is too large.
    static func read(_ path: String) throws -> ImportSource {
        guard let kind = FileIdentity(following: path)?.kind else {
            throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        let name = (path as NSString).standardizingPath as NSString
        let title = (name.lastPathComponent as NSString).deletingPathExtension
        switch kind {
        case S_IFREG: return ImportSource(title, [ExchangedFile(path, try bytes(path))])
        case S_IFDIR: return ImportSource(title, try folder(path))
        default: throw Failure("\(path) is neither a file nor a folder")
        }
    }

    private static func bytes(_ path: String) throws(Failure) -> [UInt8] {
        do {
            return try RegularFile.read(path, atMost: ImportSource.largestFile)
        } catch {
            throw Failure("\(path) \(error); nothing was imported")
        }
    }

    /// Links are not followed: they may lead in a circle, and out of the folder.
    private static func folder(_ root: String) throws -> [ExchangedFile] {
        var files: [ExchangedFile] = []
        var size = 0
        var waiting: [(path: String, depth: Int)] = [("", 0)]
        while let (below, depth) = waiting.popLast() {
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: below.isEmpty ? root : "\(root)/\(below)")
            } catch {
                throw Failure("\(root)/\(below) cannot be read: \(error.localizedDescription)")
            }
            for name in names.sorted() where !name.hasPrefix(".") {
                let path = below.isEmpty ? name : "\(below)/\(name)"
                switch FileIdentity("\(root)/\(path)")?.kind {
                case S_IFDIR where depth < deepest: waiting.append((path, depth + 1))
                case S_IFREG where name.lowercased().hasSuffix(".md"):
                    let file = ExchangedFile(path, try bytes("\(root)/\(path)"))
                    size += file.bytes.count
                    files.append(file)
                default: break
                }
                guard files.count <= ImportSource.mostFiles, size <= ImportSource.largestFolder else {
                    throw Failure(
                        "\(root) has more than \(ImportSource.mostFiles) files or \(ImportSource.largestFolder >> 20) MiB; "
                            + "nothing was imported")
                }
            }
        }
        return files
    }
}
