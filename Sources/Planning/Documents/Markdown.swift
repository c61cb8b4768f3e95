import CMarkdown
import Glibc

/// What cmark-gfm finds in a Markdown text: CommonMark 0.29 with GitHub's tables, task lists and strikethrough.
package enum Markdown {
    package struct Heading: Equatable, Sendable {
        package let level: Int
        package let title: String
        /// Its own lines, from 0.
        package let lines: Range<Int>
    }

    /// An item of a task list: `- [ ] write the tests`.
    package struct Task: Equatable, Sendable {
        package let title: String
        package let isChecked: Bool
        /// How deep it is nested among lists, from 0.
        package let depth: Int
        /// Those of the whole item, with what is nested in it, from 0.
        package let lines: Range<Int>

        package var line: Int { lines.lowerBound }
    }

    /// The headings that divide the document: not those within quotations and lists.
    package static func headings(of text: String) -> [Heading] {
        let headings: [Heading] = gathered(text) { bytes, count, context in
            cmarkdown_headings(
                bytes, count,
                { context, level, first, last, title in
                    Gathering<Heading>.of(context)?.items.append(
                        Heading(
                            level: Int(level), title: title.map { String(cString: $0) } ?? "",
                            lines: Int(first) - 1..<Int(last)))
                }, context)
        }
        guard headings.contains(where: { $0.lines.count > 1 }) else { return headings }
        let lines = MarkdownLines(text)
        return headings.map { heading in
            // Of an underlined heading the engine tells the line that follows it as its last one too.
            let underline = heading.lines.dropFirst().first { lines[$0..<$0 + 1].isUnderline }
            return Heading(
                level: heading.level, title: heading.title,
                lines: heading.lines.lowerBound..<(underline.map { $0 + 1 } ?? heading.lines.upperBound))
        }
    }

    /// Not those within quotations.
    package static func tasks(of text: String) -> [Task] {
        let lines = MarkdownLines(text)
        return gathered(text) { bytes, count, context in
            cmarkdown_tasks(
                bytes, count,
                { context, depth, first, last, title in
                    Gathering<Task>.of(context)?.items.append(
                        Task(
                            title: title.map { String(cString: $0) } ?? "", isChecked: false, depth: Int(depth),
                            lines: Int(first) - 1..<max(Int(first), Int(last))))
                }, context)
        }.map { (task: Task) in
            // cmark-gfm 0.29 takes an item for checked when “[x]” stands anywhere in its line.
            let box = lines[task.line..<task.line + 1].utf8.drop { $0 != UInt8(ascii: "[") }.dropFirst().first
            return Task(
                title: task.title, isChecked: box == UInt8(ascii: "x") || box == UInt8(ascii: "X"), depth: task.depth,
                lines: task.lines)
        }
    }

    /// HTML of the text, safe to show: raw HTML in it is shown as text, and nothing in it is loaded from elsewhere. The heading at
    /// index n of `headings(of:)` has an anchor `section-n+1`.
    package static func html(of text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                guard let html = cmarkdown_html(bytes.baseAddress, bytes.count) else { return "" }
                defer { free(html) }
                return String(cString: html)
            }
        }
    }

    /// Code, or HTML such as a comment, that stands as a block of its own.
    package struct Block: Equatable, Sendable {
        package let isCode: Bool
        /// Its own lines, from 0, with the fences of code.
        package let lines: Range<Int>
        /// What it holds, as written.
        package let literal: String
    }

    package static func blocks(of text: String) -> [Block] {
        gathered(text) { bytes, count, context in
            cmarkdown_blocks(
                bytes, count,
                { context, isCode, first, last, literal in
                    // The last line of a comment is told as the one before it, so its own lines are counted.
                    let literal = literal.map { String(cString: $0) } ?? ""
                    let count = isCode != 0 ? Int(last - first) + 1 : MarkdownLines(literal).count
                    Gathering<Block>.of(context)?.items.append(
                        Block(
                            isCode: isCode != 0, lines: Int(first) - 1..<Int(first) - 1 + max(1, count),
                            literal: literal))
                }, context)
        }
    }

    private final class Gathering<Item> {
        var items: [Item] = []

        static func of(_ context: UnsafeMutableRawPointer?) -> Gathering<Item>? {
            context.map { Unmanaged<Gathering<Item>>.fromOpaque($0).takeUnretainedValue() }
        }
    }

    private static func gathered<Item>(
        _ text: String, _ parse: (UnsafePointer<CChar>?, Int, UnsafeMutableRawPointer) -> Int32
    ) -> [Item] {
        let gathering = Gathering<Item>()
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                _ = parse(bytes.baseAddress, bytes.count, Unmanaged.passUnretained(gathering).toOpaque())
            }
        }
        return gathering.items
    }
}

/// A text as its lines, with their ends: as CommonMark counts them, which ends a line at LF, CRLF or CR.
struct MarkdownLines {
    private let text: String
    private var starts: [String.Index] = []

    init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        self.text = text
        let bytes = text.utf8
        var index = bytes.startIndex
        var isAtStart = true
        while index < bytes.endIndex {
            if isAtStart { starts.append(index) }
            let byte = bytes[index]
            index = bytes.index(after: index)
            isAtStart = byte == 0x0A || byte == 0x0D && (index == bytes.endIndex || bytes[index] != 0x0A)
        }
    }

    var count: Int { starts.count }

    subscript(lines: Range<Int>) -> String {
        guard lines.lowerBound < lines.upperBound, lines.lowerBound < count else { return "" }
        let end = lines.upperBound < count ? starts[lines.upperBound] : text.endIndex
        // By bytes: CR LF is one character, and a slice between them none.
        return String(text.utf8[starts[lines.lowerBound]..<end]) ?? ""
    }
}

extension String {
    /// Whether it makes a heading of the paragraph above it (CommonMark 0.29, 4.3).
    fileprivate var isUnderline: Bool {
        let marks = split(whereSeparator: \.isWhitespace)
        return marks.count == 1 && (marks[0].allSatisfy { $0 == "=" } || marks[0].allSatisfy { $0 == "-" })
    }
}
