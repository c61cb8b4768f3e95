import Foundation
import Interchange
import Support

/// Where the files of an export go, and what would become of what lies there.
struct ExportDestination {
    /// What happens to a file.
    struct Step {
        let path: String
        let bytes: [UInt8]
        let change: Change

        enum Change: String {
            case new
            case replaced
            case unchanged
        }
    }

    private let files: [(path: String, bytes: [UInt8])]

    /// A file alone has the name that is given, unless that is a folder; several lie in the folder. nil without a name.
    init?(_ name: String?, _ files: [ExchangedFile]) {
        guard let name else { return nil }
        let isFolder = FileIdentity(following: name)?.kind == S_IFDIR || name.hasSuffix("/") || files.count > 1
        let folder = name.hasSuffix("/") ? String(name.dropLast()) : name
        self.files = files.map { (isFolder ? "\(folder)/\($0.name)" : name, $0.bytes) }
    }

    /// The file, or the folder of several.
    var place: String {
        let first = files.first?.path ?? ""
        return files.count > 1 ? (first as NSString).deletingLastPathComponent : first
    }

    /// Throws `Failure` before anything is written when something that is there may not be replaced.
    ///
    /// - Parameter plan: The id of the plan whose own exports may be; nil when all files may.
    func steps(replacingAllOf plan: String?) throws -> [Step] {
        try files.map { path, bytes in
            guard let there = FileIdentity(following: path) else {
                return Step(path: path, bytes: bytes, change: .new)
            }
            guard there.kind == S_IFREG else {
                throw Failure("\(path) is not a regular file; nothing was written")
            }
            guard let old = FileManager.default.contents(atPath: path) else {
                throw Failure("\(path) cannot be read, to see whose it is; nothing was written", .notAllowed)
            }
            guard Array(old) != bytes else { return Step(path: path, bytes: bytes, change: .unchanged) }
            guard old.isEmpty || plan.map({ old.range(of: Data($0.utf8)) != nil }) ?? true else {
                throw Failure(
                    "\(path) is there and no export of this plan; nothing was written; to replace it, add --force")
            }
            return Step(path: path, bytes: bytes, change: .replaced)
        }
    }

    func write(_ steps: [Step]) throws {
        try FileSet.write(steps.filter { $0.change != .unchanged }.map { FileSet.File(path: $0.path, bytes: $0.bytes) })
    }
}
