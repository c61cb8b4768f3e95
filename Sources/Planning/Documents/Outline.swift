/// A Markdown document as its sections in a row. What nobody changes stays as it was written, to the letter.
package struct Outline: Equatable, Sendable {
    package var sections: [Section]

    package init(sections: [Section]) { self.sections = sections }

    /// Headings are what CommonMark calls one: not those in code, in quotations or in lists.
    package init(markdown: String) {
        let lines = MarkdownLines(markdown)
        let headings = Markdown.headings(of: markdown)
        sections = []
        let preamble = lines[0..<(headings.first?.lines.lowerBound ?? lines.count)]
        if !preamble.allSatisfy(\.isWhitespace) || headings.isEmpty && !preamble.isEmpty {
            sections.append(Section(level: 0, heading: "", headingSource: "", body: preamble))
        }
        for (index, heading) in headings.enumerated() {
            let end = index + 1 < headings.count ? headings[index + 1].lines.lowerBound : lines.count
            let before = index == 0 && sections.isEmpty ? preamble : ""
            sections.append(
                Section(
                    level: heading.level, heading: heading.title, headingSource: before + lines[heading.lines],
                    body: lines[heading.lines.upperBound..<end]))
        }
    }

    package var markdown: String {
        var text = ""
        var wasFresh = false
        for section in sections {
            if !text.isEmpty, wasFresh || section.isFresh { text.endWithEmptyLine() }
            if let last = text.utf8.last, last != 0x0A, last != 0x0D { text += "\n" }
            text += section.source
            wasFresh = section.isFresh
        }
        return text
    }

    /// The first section with that heading, whatever the case of its letters.
    package subscript(heading: String) -> Section? {
        get { index(of: heading).map { sections[$0] } }
        set {
            switch (index(of: heading), newValue) {
            case (let index?, let section?): sections[index] = section
            case (let index?, nil): sections.remove(at: index)
            case (nil, let section?): sections.append(section)
            case (nil, nil): break
            }
        }
    }

    private func index(of heading: String) -> Int? {
        let wished = heading.lowercased()
        return sections.firstIndex { $0.level > 0 && $0.heading.lowercased() == wished }
    }
}

extension String {
    fileprivate mutating func endWithEmptyLine() {
        let end = utf8.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count { $0 == 0x0A }
        self += String(repeating: "\n", count: max(0, 2 - end))
    }
}
