import Planning

/// The check items of a Markdown text as tasks.
struct TaskList {
    private(set) var items: [PlanFile.Item] = []
    /// The text without them.
    private(set) var rest = ""
    private let file: String

    /// More marks of lists and quotations in one line than this are no writing.
    private static let deepest = 64
    /// How deep a list is nested when we write it.
    private static let deepestWritten = 16

    /// - Parameter firstLine: How many lines of the file stand before `text`.
    init(_ text: String, _ file: String, firstLine: Int = 0) throws(InterchangeError) {
        self.file = file
        let lines = text.lines
        for (index, line) in lines.enumerated() where Self.nesting(of: line) > Self.deepest {
            throw InterchangeError(
                file, line: firstLine + index + 1, "it is nested more than \(Self.deepest) levels deep")
        }
        let found = Markdown.tasks(of: text)
        guard found.count <= PlanFile.mostItems else {
            throw InterchangeError(file, "it has \(found.count) tasks; at most \(PlanFile.mostItems) are read")
        }
        var isRest = [Bool](repeating: true, count: lines.count)
        var open: [Markdown.Task] = []
        var entries: [Entry] = []
        var places: [Int: Int] = [:]
        for task in found {
            while let last = open.last, last.lines.upperBound <= task.line { open.removeLast() }
            guard open.count <= PlanFile.deepestParts else {
                throw InterchangeError(
                    file, line: firstLine + task.line + 1, "tasks are nested more than \(PlanFile.deepestParts) deep")
            }
            let end = min(task.lines.upperBound, lines.count)
            // Its lines belong to it and no longer to what it is a part of.
            if let outer = open.last, let place = places[outer.line] {
                for line in task.line..<end { entries[place].own.remove(line) }
            }
            for line in task.line..<end { isRest[line] = false }
            places[task.line] = entries.count
            entries.append(
                Entry(task: task, parent: open.last?.line, own: Set(task.line + 1..<max(task.line + 1, end))))
            open.append(task)
        }
        for entry in entries { items.append(try item(entry, lines, firstLine)) }
        rest = zip(lines, isRest).filter(\.1).map { String($0.0) }.joined(separator: "\n")
        try nameByNumber(firstLine)
    }

    private struct Entry {
        let task: Markdown.Task
        /// The line of the item that it is nested in.
        let parent: Int?
        /// Lines below the title that belong to no other item.
        var own: Set<Int>
    }

    private func item(_ entry: Entry, _ lines: [Substring], _ firstLine: Int) throws(InterchangeError) -> PlanFile.Item
    {
        let line = entry.task.line
        var cursor = LineCursor(lines[line])
        cursor.take { $0 != UInt8(ascii: "[") }
        let indentation = lines[line].utf8.count - cursor.rest.count
        cursor.take { $0 != UInt8(ascii: "]") }
        _ = cursor.take("]")
        cursor.takeBlanks()
        var item = PlanFile.Item(key: "line \(firstLine + line + 1)", title: TaskTitle.read(cursor.text))
        item.status = entry.task.isChecked ? .done : .todo
        item.parent = entry.parent.map { "line \(firstLine + $0 + 1)" }
        var own = entry.own.sorted().map { (number: firstLine + $0 + 1, text: lines[$0].outdented(indentation)) }[...]
        while let (number, text) = own.first, let detail = TaskDetail(text) {
            do { try detail.apply(to: &item) } catch {
                throw InterchangeError(file, line: number, "\(text.prefix(80)): \(error.expected)")
            }
            own.removeFirst()
        }
        item.body = own.map(\.text).joined(separator: "\n").asBlock.unquoted
        return item
    }

    /// Our own lists name tasks by their numbers; the others by their lines.
    private mutating func nameByNumber(_ firstLine: Int) throws(InterchangeError) {
        let numbers = Dictionary(
            items.compactMap { item in item.number.map { (item.key, "task \($0)") } },
            uniquingKeysWith: { first, _ in first })
        for index in items.indices {
            items[index].key = numbers[items[index].key] ?? items[index].key
            items[index].parent = items[index].parent.map { numbers[$0] ?? $0 }
        }
    }

    /// How many marks of lists and quotations a line begins with.
    private static func nesting(of line: Substring) -> Int {
        var cursor = LineCursor(line)
        var count = 0
        while count <= deepest {
            cursor.takeBlanks()
            if cursor.take(">") || cursor.take("- ") || cursor.take("* ") || cursor.take("+ ") {
                count += 1
            } else if cursor.takeNumber() != nil, cursor.take(". ") || cursor.take(") ") {
                count += 1
            } else {
                break
            }
        }
        return count
    }

    // MARK: Writing

    static func write(_ items: [PlanFile.Item]) -> String {
        let numbers = Dictionary(
            items.compactMap { item in item.number.map { (item.key, $0) } }, uniquingKeysWith: { first, _ in first })
        let known = Set(items.map(\.key))
        var parts: [String: [PlanFile.Item]] = [:]
        var rest: [(item: PlanFile.Item, depth: Int)] = []
        for item in items.reversed() {
            if let parent = item.parent, known.contains(parent) {
                parts[parent, default: []].append(item)
            } else {
                rest.append((item, 0))
            }
        }
        var text = ""
        while let (item, depth) = rest.popLast() {
            // What lies too deep to be read as a list stands at the edge, and says what it is a part of.
            let isNested = depth > 0
            let indentation = String(repeating: "  ", count: depth)
            let isChecked = item.status == .done
            text += "\(indentation)- [\(isChecked ? "x" : " ")] \(TaskTitle.write(item.title))\n"
            for detail in TaskDetail.all(of: item, numbers, isNested: isNested) {
                text += "\(indentation)  \(detail.text)\n"
            }
            for line in item.body.isEmpty ? [] : item.body.lines {
                text += line.isEmpty ? "\(indentation)  >\n" : "\(indentation)  > \(line)\n"
            }
            let next = depth + 1 > deepestWritten ? 0 : depth + 1
            rest += (parts[item.key] ?? []).map { ($0, next) }
        }
        return text
    }
}

extension Substring {
    /// Without at most `count` blanks at its beginning.
    fileprivate func outdented(_ count: Int) -> String {
        let blanks = utf8.prefix(count).prefix { $0 == 0x20 }.count
        return String(Substring(utf8.dropFirst(blanks)))
    }
}

extension String {
    /// Without the marks of a quotation when every line has one.
    fileprivate var unquoted: String {
        let lines = lines
        guard lines.allSatisfy({ $0.utf8.first == UInt8(ascii: ">") }) else { return self }
        return lines.map { line in
            var cursor = LineCursor(line)
            _ = cursor.take(">")
            _ = cursor.take(" ")
            return cursor.text
        }.joined(separator: "\n").asBlock
    }
}
