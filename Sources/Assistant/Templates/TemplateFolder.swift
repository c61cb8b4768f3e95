import Foundation
import Planning
import Support

/// The folder of the user's own templates: each `*.md` in it is one. It is looked at whenever templates are needed, and a
/// file is read again only when it has changed.
package struct TemplateFolder: Sendable {
    /// nil for none at all.
    private let path: String?
    private let seen = Shared<[String: Seen]>([:])

    /// Files that count, the first by name.
    package static let mostFiles = 200

    /// Only the built-in templates.
    package static let empty = TemplateFolder(nil)

    package init(_ path: String?) { self.path = path }

    package func read() -> TemplateSet {
        guard let path, FileIdentity(following: path) != nil else { return .builtIn }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }.sorted()
        } catch {
            return TemplateSet([], faults: [.init(file: path, error: TemplateError("is no folder that can be read"))])
        }
        let files = names.prefix(TemplateFolder.mostFiles).map { path + "/" + $0 }
        let before = seen.value
        var now: [String: Seen] = [:]
        for file in files {
            let stamp = Stamp(file)
            if let known = before[file], stamp != nil, known.stamp == stamp {
                now[file] = known
            } else {
                now[file] = Seen(stamp: stamp, content: TemplateFolder.template(in: file))
            }
        }
        let read = now
        seen.value = read
        let beyond = names.count - files.count
        return TemplateSet(
            files.compactMap { file in read[file].map { (file: file, content: $0.content) } },
            faults: beyond == 0
                ? []
                : [
                    .init(
                        file: path,
                        error: TemplateError(
                            "holds \(names.count) templates; those after the first \(TemplateFolder.mostFiles) are left out"
                        ))
                ])
    }

    private static func template(in file: String) -> Result<PlanTemplate, TemplateError> {
        do throws(TemplateError) {
            return .success(try PlanTemplate(markdown: text(of: file)))
        } catch {
            return .failure(error)
        }
    }

    private static func text(of file: String) throws(TemplateError) -> String {
        do {
            let text = try RegularFile.text(file, atMost: PlanTemplate.longestText)
            return CleanText.block(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        } catch {
            throw TemplateError("\(error)")
        }
    }

    private struct Seen {
        let stamp: Stamp?
        let content: Result<PlanTemplate, TemplateError>
    }

    /// When a file was changed last; the same one after a change has another.
    private struct Stamp: Equatable {
        private let node: UInt
        private let size: Int
        private let seconds: Int
        private let nanoseconds: Int

        init?(_ file: String) {
            var status = stat()
            guard stat(file, &status) == 0 else { return nil }
            node = UInt(status.st_ino)
            size = Int(status.st_size)
            seconds = status.st_ctim.tv_sec
            nanoseconds = status.st_ctim.tv_nsec
        }
    }
}
