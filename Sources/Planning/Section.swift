/// A heading of a Markdown document and the text below it, up to the next heading of any level.
package struct Section: Equatable, Sendable {
    /// 1 … 6; 0 for what stands before the first heading.
    package let level: Int
    package let heading: String
    package var text: String

    package init(level: Int, heading: String, text: String) {
        self.level = level
        self.heading = heading
        self.text = text
    }
}

/// A Markdown document as its sections in a row. Fenced code is never taken for a heading.
package struct Outline: Equatable, Sendable {
    package var sections: [Section]

    package init(sections: [Section]) { self.sections = sections }

    package init(markdown: String) {
        var sections = [Section(level: 0, heading: "", text: "")]
        var lines: [Substring] = []
        var fence: Substring?
        func endSection() { sections[sections.count - 1].text = Outline.joined(lines) }
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = line.drop { $0 == " " }
            if let open = fence {
                if start.hasPrefix(open) { fence = nil }
            } else if start.hasPrefix("```") || start.hasPrefix("~~~") {
                fence = start.prefix(3)
            } else if let heading = Outline.heading(line) {
                endSection()
                lines = []
                sections.append(heading)
                continue
            }
            lines.append(line)
        }
        endSection()
        if sections[0].text.isEmpty { sections.removeFirst() }
        self.sections = sections
    }

    package var markdown: String {
        sections.map { section in
            let heading = section.level > 0 ? String(repeating: "#", count: section.level) + " " + section.heading : ""
            return [heading, section.text].filter { !$0.isEmpty }.joined(separator: "\n\n")
        }.joined(separator: "\n\n") + "\n"
    }

    /// The section with that heading, whatever the case of its letters.
    package subscript(heading: String) -> Section? {
        get { sections.first { $0.heading.lowercased() == heading.lowercased() } }
        set {
            let index = sections.firstIndex { $0.heading.lowercased() == heading.lowercased() }
            switch (index, newValue) {
            case (let index?, let section?): sections[index] = section
            case (let index?, nil): sections.remove(at: index)
            case (nil, let section?): sections.append(section)
            case (nil, nil): break
            }
        }
    }

    private static func heading(_ line: Substring) -> Section? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level) else { return nil }
        let rest = line.dropFirst(level)
        guard rest.first == " " else { return nil }
        let text = rest.drop { $0 == " " }
        return Section(level: level, heading: String(text), text: "")
    }

    private static func joined(_ lines: [Substring]) -> String {
        var lines = lines[...]
        while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
