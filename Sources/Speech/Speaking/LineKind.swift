/// What a line of Markdown is.
enum LineKind: Equatable {
    case blank
    case rule
    case fence(String, language: String)
    case heading(String)
    case quote(String)
    case item(String, number: Int?, isDone: Bool?)
    case tableRow([String])
    case tableRule
    case paragraph

    var isTable: Bool {
        switch self {
        case .tableRow, .tableRule: true
        default: false
        }
    }

    init(_ line: String) {
        let text = line.trimmed
        guard let first = text.first else {
            self = .blank
            return
        }
        switch first {
        case "`", "~": self = Self.readFence(text) ?? .paragraph
        case "#": self = Self.readHeading(text) ?? .paragraph
        case ">": self = .quote(text.drop { $0 == ">" || $0 == " " }.trimmed)
        case "|": self = Self.readTable(text)
        case "-", "*", "+", "=", "_", "•": self = Self.readMarked(text) ?? .paragraph
        default: self = first.isNumber ? Self.readNumbered(text) ?? .paragraph : .paragraph
        }
    }

    private static func readFence(_ text: String) -> LineKind? {
        let mark = text.prefix { $0 == text.first }
        guard mark.count >= 3 else { return nil }
        let info = text.dropFirst(mark.count).trimmed
        guard !info.contains("`") else { return nil }
        let language = info.prefix { $0.isLetter || $0.isNumber || "+#".contains($0) }
        return .fence(String(mark), language: names[language.lowercased()] ?? String(language))
    }

    private static func readHeading(_ text: String) -> LineKind? {
        let marks = text.prefix { $0 == "#" }
        guard marks.count <= 6, text.dropFirst(marks.count).first.map({ $0 == " " }) ?? true else { return nil }
        var title = text.dropFirst(marks.count).trimmed
        while title.last == "#" { title.removeLast() }
        return .heading(title.trimmed)
    }

    private static func readTable(_ text: String) -> LineKind {
        let cells = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        if text.allSatisfy({ "|-: ".contains($0) }) { return .tableRule }
        return .tableRow(cells.filter { !$0.isEmpty })
    }

    private static func readMarked(_ text: String) -> LineKind? {
        let bare = text.filter { $0 != " " }
        if bare.count >= 3, Set(bare).count == 1, bare.first != "+", bare.first != "•" { return .rule }
        guard let first = text.first, "-*+•".contains(first), text.dropFirst().first == " " else { return nil }
        let rest = text.dropFirst(2).trimmed
        for (box, isDone) in [("[ ]", false), ("[x]", true), ("[X]", true)] where rest.hasPrefix(box) {
            return .item(rest.dropFirst(3).trimmed, number: nil, isDone: isDone)
        }
        return .item(rest, number: nil, isDone: nil)
    }

    private static func readNumbered(_ text: String) -> LineKind? {
        let digits = text.prefix(while: \.isNumber)
        let rest = text.dropFirst(digits.count)
        guard digits.count <= 4, let number = Int(digits), let mark = rest.first, ".)".contains(mark),
            rest.dropFirst().first == " "
        else { return nil }
        return .item(rest.dropFirst(2).trimmed, number: number, isDone: nil)
    }

    private static let names = [
        "swift": "Swift", "js": "JavaScript", "javascript": "JavaScript", "ts": "TypeScript",
        "typescript": "TypeScript",
        "py": "Python", "python": "Python", "sh": "shell", "bash": "shell", "zsh": "shell", "console": "shell",
        "yml": "yaml", "md": "Markdown", "markdown": "Markdown", "c": "C", "cpp": "C plus plus", "c++": "C plus plus",
        "cs": "C sharp", "c#": "C sharp", "rs": "Rust", "rust": "Rust", "go": "Go", "sql": "sequel", "json": "jason",
        "text": "", "txt": "", "plaintext": "",
    ]
}
