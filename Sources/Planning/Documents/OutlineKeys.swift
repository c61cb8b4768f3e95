extension Outline {
    /// Names a section by the headings above it and its own, and, where that is not enough, by which of its name it is.
    package struct Key: Hashable, Sendable, CustomStringConvertible {
        package let path: [String]
        package let ordinal: Int

        /// “Implementation / Phase 2”.
        package var description: String {
            (path.isEmpty ? "the beginning" : path.joined(separator: " / ")) + (ordinal > 0 ? " (\(ordinal + 1))" : "")
        }
    }

    /// The keys of the sections, in their order. The document's title is not part of a path.
    package var keys: [Key] {
        let hasTitle = sections.count { $0.level == 1 } == 1
        var above: [(level: Int, heading: String)] = []
        var seen: [[String]: Int] = [:]
        return sections.map { section in
            above.removeAll { $0.level >= section.level }
            let path = section.level == 0 ? [] : above.map(\.heading) + [section.heading]
            if section.level > 0, !(hasTitle && section.level == 1) { above.append((section.level, section.heading)) }
            defer { seen[path, default: 0] += 1 }
            return Key(path: path, ordinal: seen[path, default: 0])
        }
    }
}
