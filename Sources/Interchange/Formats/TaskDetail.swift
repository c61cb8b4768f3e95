import Planning

/// A line below a task in our Markdown, such as `- waits for: 1, 2`.
struct TaskDetail {
    let key: Key
    let value: String

    enum Key: String, CaseIterable {
        case task, status, priority, estimate, actual
        case partOf = "part of"
        case waitsFor = "waits for"
        case related
        case discoveredFrom = "discovered from"
        case assignee, milestone, due, label, accept, accepted
    }

    /// What is wrong with a value.
    struct ValueError: Error { let expected: String }

    init(_ key: Key, _ value: String) {
        self.key = key
        self.value = value
    }

    /// nil for any other line.
    init?(_ line: some StringProtocol) {
        var cursor = LineCursor(line)
        guard cursor.take("- ") else { return nil }
        let name = cursor.take { $0 != UInt8(ascii: ":") }
        guard let key = Key(rawValue: name), cursor.take(": "), !cursor.isAtEnd else { return nil }
        self.init(key, cursor.text)
    }

    var text: String { "- \(key.rawValue): \(value)" }

    static func all(of item: PlanFile.Item, _ numbers: [String: Int], isNested: Bool) -> [TaskDetail] {
        func list(_ keys: [String]) -> String {
            keys.compactMap { numbers[$0].map(String.init) }.joined(separator: ", ")
        }
        var details: [TaskDetail] = []
        func add(_ key: Key, _ value: String?) {
            if let value, !value.isEmpty { details.append(TaskDetail(key, value)) }
        }
        add(.task, item.number.map(String.init))
        if item.status != .todo, item.status != .done { add(.status, item.status.rawValue) }
        if item.priority != .medium { add(.priority, item.priority.rawValue) }
        add(.estimate, item.estimateMinutes.map { "\($0) minutes" })
        add(.actual, item.actualMinutes.map { "\($0) minutes" })
        if !isNested { add(.partOf, item.parent.flatMap { numbers[$0].map(String.init) }) }
        add(.waitsFor, list(item.dependsOn))
        for link in item.links { add(link.kind == .related ? .related : .discoveredFrom, list([link.key])) }
        add(.assignee, item.assignee)
        add(.milestone, item.milestone)
        add(.due, item.dueOn?.description)
        for label in item.labels { add(.label, label) }
        for check in item.acceptance { add(check.isDone ? .accepted : .accept, check.text) }
        return details
    }

    func apply(to item: inout PlanFile.Item) throws(ValueError) {
        switch key {
        case .task: item.number = try number()
        case .status:
            item.status = try known(PlanTask.Status(rawValue: value), PlanTask.Status.allCases.map(\.rawValue))
        case .priority: item.priority = try known(Priority(rawValue: value), Priority.allCases.map(\.rawValue))
        case .estimate: item.estimateMinutes = try number(before: " minutes")
        case .actual: item.actualMinutes = try number(before: " minutes")
        case .partOf: item.parent = "task \(try number())"
        case .waitsFor: item.dependsOn += try numbers().map { "task \($0)" }
        case .related: item.links += try numbers().map { .init(.related, "task \($0)") }
        case .discoveredFrom: item.links += try numbers().map { .init(.discoveredFrom, "task \($0)") }
        case .assignee: item.assignee = value
        case .milestone: item.milestone = value
        case .due:
            guard let day = Day(value) else { throw ValueError(expected: "a day is written as 2027-03-01") }
            item.dueOn = day
        case .label: item.labels.append(value)
        case .accept: item.acceptance.append(.init(value))
        case .accepted: item.acceptance.append(.init(value, isDone: true))
        }
    }

    private func number(before unit: String = "") throws(ValueError) -> Int {
        var cursor = LineCursor(value)
        guard let number = cursor.takeNumber(), number > 0, cursor.isAtEnd || cursor.take(unit), cursor.isAtEnd else {
            throw ValueError(expected: "a number\(unit.isEmpty ? "" : " of minutes") is expected")
        }
        return number
    }

    private func numbers() throws(ValueError) -> [Int] {
        var cursor = LineCursor(value)
        var numbers: [Int] = []
        repeat {
            cursor.takeBlanks()
            guard let number = cursor.takeNumber() else {
                throw ValueError(expected: "numbers of tasks are expected, such as 1, 2")
            }
            numbers.append(number)
        } while cursor.take(",")
        guard cursor.isAtEnd else { throw ValueError(expected: "numbers of tasks are expected, such as 1, 2") }
        return numbers
    }

    private func known<Value>(_ found: Value?, _ words: [String]) throws(ValueError) -> Value {
        guard let found else { throw ValueError(expected: "it is one of \(words.joined(separator: ", "))") }
        return found
    }
}

/// The title of a task in a Markdown list: guarded where CommonMark would take its beginning for a heading, a list, code
/// or another block.
enum TaskTitle {
    static func write(_ title: String) -> String {
        if let place = afterDigits(title), isPointed(title, from: place) {
            return String(title[..<place]) + "\\" + String(title[place...])
        }
        return Guarded.beginning(title, startsBlock)
    }

    static func read(_ text: String) -> String {
        if let place = afterDigits(text), text.utf8[place...].first == UInt8(ascii: "\\"), isPointed(text, from: place)
        {
            return String(text[..<place]) + String(Substring(text.utf8[place...].dropFirst()))
        }
        return Guarded.unguardedBeginning(text, startsBlock)
    }

    private static func startsBlock(_ cursor: LineCursor) -> Bool {
        cursor.rest.first.map { "#>-+*`~<[_=|".utf8.contains($0) } ?? false
    }

    /// Past the digits that a text begins with.
    private static func afterDigits(_ text: String) -> String.Index? {
        let digits = text.utf8.prefix { 0x30...0x39 ~= $0 }
        return digits.isEmpty ? nil : digits.endIndex
    }

    /// Whether, past any backslashes, a point or a bracket makes the number one of a list.
    private static func isPointed(_ text: String, from place: String.Index) -> Bool {
        let mark = text.utf8[place...].drop { $0 == UInt8(ascii: "\\") }.first
        return mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
    }
}
