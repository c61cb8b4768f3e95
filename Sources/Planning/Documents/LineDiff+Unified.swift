extension LineDiff {
    /// The unified format of diff(1) and patch(1); empty when nothing differs.
    ///
    /// - Parameter context: How many equal lines are shown around a change.
    package func unified(from oldName: String, to newName: String, context: Int = 3) -> String {
        guard !isEmpty else { return "" }
        var text = "--- \(oldName)\n+++ \(newName)\n"
        for group in grouped(context) { text += hunk(group, context) }
        return text
    }

    /// Changes that share context belong to one hunk.
    private func grouped(_ context: Int) -> [[Change]] {
        var groups: [[Change]] = []
        for change in changes {
            if let last = groups.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * context {
                groups[groups.count - 1].append(change)
            } else {
                groups.append([change])
            }
        }
        return groups
    }

    private func hunk(_ group: [Change], _ context: Int) -> String {
        guard let first = group.first, let last = group.last else { return "" }
        let start = max(0, first.old.lowerBound - context)
        let end = min(old.count, last.old.upperBound + context)
        let newStart = first.new.lowerBound - (first.old.lowerBound - start)
        let newEnd = last.new.upperBound + (end - last.old.upperBound)
        var text = "@@ -\(Self.place(start..<end)) +\(Self.place(newStart..<newEnd)) @@\n"
        var next = start
        for change in group {
            for line in old[next..<change.old.lowerBound] { text += Self.shown(" ", line) }
            for line in old[change.old] { text += Self.shown("-", line) }
            for line in new[change.new] { text += Self.shown("+", line) }
            next = change.old.upperBound
        }
        for line in old[next..<end] { text += Self.shown(" ", line) }
        return text
    }

    private static func place(_ lines: Range<Int>) -> String {
        // Of no lines, the one before them is named.
        let start = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
        return lines.count == 1 ? "\(start)" : "\(start),\(lines.count)"
    }

    private static func shown(_ mark: String, _ line: String) -> String {
        line.utf8.last == 0x0A ? mark + line : mark + line + "\n\\ No newline at end of file\n"
    }
}
