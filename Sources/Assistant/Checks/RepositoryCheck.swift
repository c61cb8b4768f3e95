import Foundation
import Glibc
import Planning
import Support

/// Holds what a plan names in backticks against the repository of its project.
package struct RepositoryCheck: Sendable {
    private let root: String

    /// Names that are looked for at once, bytes of one file, and bytes of all files together.
    private static let mostNames = 200
    private static let longestFile = 512 << 10
    private static let mostBytes = 64 << 20

    package init(_ repository: String) { root = repository }

    package struct Result: Equatable, Sendable {
        /// What is nowhere in the repository.
        package var absent: [PlanReference] = []
        package var checked = 0
        /// Why not everything could be looked for; nil when it could.
        package var shortfall: String?
    }

    /// On a thread of its own, because it reads many files.
    package func result(for document: Outline) async -> Result {
        let references = Array(document.references.prefix(Self.mostNames))
        guard !references.isEmpty else { return Result() }
        return await withCheckedContinuation { continuation in
            NamedThread.start("aloud-check") { continuation.resume(returning: look(for: references)) }
        }
    }

    private func look(for references: [PlanReference]) -> Result {
        guard let walk = FolderWalk(root) else { return Result(shortfall: "the repository \(root) cannot be read") }
        let names = Set(walk.files.map(\.path) + walk.folders)
        let basenames = Set(names.map { String($0.split(separator: "/").last ?? "") })
        let tops = Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
        var absent = references.filter { reference in
            reference.kind == .path && !isThere(reference.name, names, basenames)
                && isSurelyPath(reference.name, tops)
        }
        let symbols = references.filter { $0.kind == .symbol }
        let (missing, isWhole) = missingWords(Set(symbols.flatMap { Self.words($0.name) }), walk)
        absent += symbols.filter { Self.words($0.name).contains(where: missing.contains) }
        guard walk.isWhole, isWhole else {
            return Result(checked: references.count, shortfall: "the repository is too large to look for everything")
        }
        return Result(absent: references.filter(absent.contains), checked: references.count)
    }

    private func isThere(_ path: String, _ names: Set<String>, _ basenames: Set<String>) -> Bool {
        let parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        // Out of the repository nothing is looked at.
        guard !parts.contains("..") else { return true }
        if parts.count == 1 { return basenames.contains(parts[0]) }
        // Plans often leave out the folder that all code lies in.
        let joined = parts.joined(separator: "/")
        return names.contains(joined) || names.contains { $0.hasSuffix("/" + joined) }
    }

    /// `and/or` is no path; one with an ending, or one that begins with a folder of the repository, is.
    private func isSurelyPath(_ path: String, _ tops: Set<String>) -> Bool {
        let parts = path.split(separator: "/")
        return parts.last?.dropFirst().contains(".") == true || path.hasSuffix("/")
            || parts.first.map { tops.contains(String($0)) } == true
    }

    private static func words(_ symbol: String) -> [String] {
        symbol.split(separator: ".").map(String.init).filter { $0.count > 2 }
    }

    /// The words that stand in no text file. False when the bounds were reached before all of it was read.
    private func missingWords(_ words: Set<String>, _ walk: FolderWalk) -> (Set<String>, isWhole: Bool) {
        var left = words
        var bytes = 0
        for file in walk.files where !left.isEmpty && file.size > 0 && file.size <= Self.longestFile {
            bytes += file.size
            guard bytes <= Self.mostBytes else { return (left, false) }
            guard let content = read(file.path), !content.prefix(1024).contains(0) else { continue }
            left = left.filter { !content.holds(word: Array($0.utf8)) }
        }
        return (left, true)
    }

    /// Not through a link, and nothing but a plain file.
    private func read(_ path: String) -> [UInt8]? {
        let descriptor = open(root + "/" + path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = min(Int(status.st_size), Self.longestFile)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                guard got > 0 else { break }
                count += got
            }
        }
    }
}

extension [UInt8] {
    /// Whether `word` stands in it as a whole word.
    fileprivate func holds(word: [UInt8]) -> Bool {
        withUnsafeBytes { text in
            guard let base = text.baseAddress, !word.isEmpty else { return false }
            var start = 0
            while start + word.count <= text.count,
                let found = memchr(base + start, Int32(word[0]), text.count - start - word.count + 1)
            {
                let place = UnsafeRawPointer(found) - base
                let end = place + word.count
                let isFree =
                    (place == 0 || !text[place - 1].isWordByte) && (end == text.count || !text[end].isWordByte)
                if isFree, memcmp(found, word, word.count) == 0 { return true }
                start = place + 1
            }
            return false
        }
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || self == UInt8(ascii: "_")
    }
}
