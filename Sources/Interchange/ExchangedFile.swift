import Support

/// A file that goes out or comes in.
package struct ExchangedFile: Equatable, Sendable {
    /// Its path within the folder that is exchanged, else its name.
    package let name: String
    package let bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
}

/// What an export makes.
package struct Exported: Equatable, Sendable {
    package var files: [ExchangedFile]
    /// What whoever takes it there should know, such as a limit of the other program.
    package var notes: [String] = []

    init(_ files: [ExchangedFile], notes: [String] = []) {
        self.files = files
        self.notes = notes
    }

    init(_ name: String, _ text: String, notes: [String] = []) {
        self.init([ExchangedFile(name, text)], notes: notes)
    }
}

/// What an import reads.
package struct ImportSource: Sendable {
    /// What it is called on the way in: the title of a plan that names itself nowhere.
    package let name: String
    package let files: [ExchangedFile]

    package init(_ name: String, _ files: [ExchangedFile]) {
        self.name = name
        self.files = files
    }

    /// Of one file, in bytes.
    package static let largestFile = 16 << 20
    package static let largestFolder = 64 << 20
    package static let mostFiles = 20_000
}

/// What an import found.
package struct Imported: Equatable, Sendable {
    package var plan: PlanFile
    /// What was read otherwise than it is written, such as a title that is too long.
    package var notes: [String] = []
    /// Of the plan that it was exported from; nil when it has none.
    package var marker: Marker?
    /// Of its tasks, by their keys in the file.
    package var markers: [String: Marker] = [:]
}

/// A file as text: UTF-8 without a byte order mark, every line ended by LF.
struct SourceText {
    let file: String
    let text: String

    init(_ source: ExchangedFile) throws(InterchangeError) {
        file = source.name
        guard source.bytes.count <= ImportSource.largestFile else {
            throw InterchangeError(file, "it is larger than \(ImportSource.largestFile >> 20) MiB")
        }
        let bytes = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? source.bytes[3...] : source.bytes[...]
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            let line = lines.firstIndex { $0.contains(0) || String(validating: $0, as: UTF8.self) == nil }
            let hasNull = line.map { lines[$0].contains(0) } ?? false
            throw InterchangeError(
                file, line: line.map { $0 + 1 },
                hasNull ? "it has a null byte, which no text has" : "it is not UTF-8 text")
        }
        guard !text.utf8.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            throw InterchangeError(file, "it is empty; there is nothing to import")
        }
        guard bytes.count(where: { $0 == 0x0A || $0 == 0x0D }) <= SourceText.mostLines else {
            throw InterchangeError(file, "it has more than \(SourceText.mostLines) lines")
        }
        self.text = CleanText.block(text).withLineFeeds
    }

    private static let mostLines = 400_000

    var lines: [Substring] { text.lines }
}

extension StringProtocol {
    /// By bytes: a mark that stands on a line break does not hide it.
    var lines: [SubSequence] {
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { self[$0.startIndex..<$0.endIndex] }
    }

    var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } }
}

extension String {
    var withLineFeeds: String {
        guard utf8.contains(0x0D) else { return self }
        return replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    /// As it stands in a text of lines: ended by LF, no blank lines around it, nothing on blank ones.
    var asBlock: String {
        var lines = withLineFeeds.lines.map { $0.isBlank ? "" : $0 }[...]
        while lines.first?.isEmpty == true { lines.removeFirst() }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
