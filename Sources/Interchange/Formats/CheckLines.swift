import Planning

/// What must hold, as lines of text: `- [x] rows survive a crash`.
enum CheckLines {
    static func write(_ items: [PlanTask.CheckItem], bullet: String = "- ") -> String {
        items.map { "\(bullet)[\($0.isDone ? "x" : " ")] \($0.text)" }.joined(separator: "\n")
    }

    /// A line without a box is something that must hold too.
    static func read(_ text: String) -> [PlanTask.CheckItem] {
        text.withLineFeeds.lines.compactMap { line in
            var cursor = LineCursor(line)
            cursor.takeBlanks()
            var boxed = cursor.rest.first == UInt8(ascii: "[") ? LineCursor("- " + cursor.text) : cursor
            if let isDone = boxed.takeCheckBox() { return .init(boxed.text, isDone: isDone) }
            _ = cursor.take("- ") || cursor.take("* ")
            return cursor.text.isBlank ? nil : .init(cursor.text)
        }
    }
}
