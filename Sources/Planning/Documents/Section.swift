/// A heading of a Markdown document and the text below it, up to the next heading of any level.
///
/// It keeps its source as it was written: only what is changed is written anew.
package struct Section: Sendable {
    /// 1 … 6; 0 for what stands before the first heading.
    package let level: Int
    /// As it is read, without marks.
    package let heading: String
    /// The lines of the heading as they are written.
    private let headingSource: String
    private var body: String
    /// Whether it was written here, so that empty lines around it are ours to set.
    private(set) var isFresh = false

    package init(level: Int, heading: String, text: String) {
        self.level = level
        self.heading = heading
        headingSource = level > 0 ? String(repeating: "#", count: level) + " " + heading + "\n" : ""
        body = ""
        self.text = text
    }

    init(level: Int, heading: String, headingSource: String, body: String) {
        self.level = level
        self.heading = heading
        self.headingSource = headingSource
        self.body = body
    }

    /// What stands below the heading, without the empty lines around it.
    package var text: String {
        get { body.withoutEmptyEdges }
        set {
            isFresh = true
            body = newValue.isEmpty ? "" : (level > 0 ? "\n" : "") + newValue + "\n"
        }
    }

    /// Whether both say the same, whatever empty lines stand around it.
    func saysTheSame(as other: Section) -> Bool {
        (level, heading, text) == (other.level, other.heading, other.text)
    }

    /// The same with an empty line on both sides, as it is to stand between others than before.
    var movable: Section {
        var section = self
        section.isFresh = true
        return section
    }

    /// The section as Markdown, to the letter.
    package var source: String { headingSource + body }
}

extension Section: Equatable {
    package static func == (left: Section, right: Section) -> Bool {
        (left.level, left.heading, left.source) == (right.level, right.heading, right.source)
    }
}

extension String {
    /// Without the empty lines at its beginning and its end; the first line keeps its indentation.
    fileprivate var withoutEmptyEdges: String {
        var lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
        while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        guard let first = lines.first, let last = lines.last else { return "" }
        return String(self[first.startIndex..<last.endIndex])
    }
}
