import Planning
import Yams

/// The YAML at the head of a Markdown file: keys with texts, and with lists of texts.
struct FrontMatter {
    private var lines: [String] = []

    mutating func add(_ key: String, _ value: String, quoted: Bool = false) {
        lines.append("\(key): \(quoted ? "'\(value)'" : Self.scalar(value))")
    }

    mutating func add(_ key: String, _ values: [String]) {
        lines.append("\(key): [\(values.map(Self.scalar).joined(separator: ", "))]")
    }

    var text: String { (["---"] + lines + ["---"]).joined(separator: "\n") + "\n" }

    /// As it stands when YAML takes it for that text and nothing else, else in double quotes (YAML 1.2 §7.3.1).
    private static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || " _-.".utf8.contains($0)
        }
        let startsPlain = text.utf8.first.map { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 } ?? false
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        if isPlain, startsPlain, text.utf8.last != 0x20, !words.contains(text.lowercased()) { return text }
        if !text.isEmpty, text.utf8.count < 10, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{20}"..."\u{7E}": quoted.unicodeScalars.append(scalar)
            default:
                // What is no letter is written as a number: some of it no reader of YAML takes as it is.
                if scalar.properties.isAlphabetic {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    quoted += escape(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (sign, width) = scalar.value > 0xFFFF ? ("U", 8) : ("u", 4)
        return "\\\(sign)" + String(repeating: "0", count: width - digits.count) + digits
    }
}

/// The front matter of a file that somebody wrote, and the text below it.
struct FrontMatterText {
    private let file: String
    private let members: [String: Node]
    let body: String

    private static let largest = 64 << 10
    private static let deepest = 32

    /// Where the front matter ends, when a text has some.
    static func end(in lines: [Substring]) -> Int? {
        guard lines.first.map({ $0 == "---" }) == true else { return nil }
        return lines.dropFirst().firstIndex { $0 == "---" }
    }

    init(_ text: SourceText) throws(InterchangeError) {
        file = text.file
        let lines = text.lines
        guard let end = Self.end(in: lines) else {
            throw InterchangeError(file, line: 1, "it does not begin with YAML between two lines of ---")
        }
        let yaml = lines[1..<end].joined(separator: "\n")
        try Self.check(yaml, file)
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            var line: Int?
            if let error = error as? YamlError {
                switch error {
                case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
                    line = mark.line + 1
                default: break
                }
            }
            throw InterchangeError(file, line: line, "its front matter is not valid YAML")
        }
        guard let mapping = root?.mapping else {
            throw InterchangeError(file, line: 2, "its front matter holds no keys, such as “id: TASK-1”")
        }
        members = Dictionary(
            mapping.compactMap { key, value in key.scalar.map { ($0.string, value) } }, uniquingKeysWith: { $1 })
        body = lines[(end + 1)...].joined(separator: "\n")
    }

    /// The parser nests as deep as the text does, on a stack that does not.
    private static func check(_ yaml: String, _ file: String) throws(InterchangeError) {
        guard yaml.utf8.count <= largest else { throw InterchangeError(file, "its front matter is larger than 64 KiB") }
        var depth = 0
        for line in yaml.lines {
            var cursor = LineCursor(line)
            let indentation = cursor.takeBlanks()
            var marks = 0
            while cursor.take("- ") || cursor.take("? ") { marks += 1 }
            depth = max(depth, marks + indentation / 2)
        }
        let brackets = yaml.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
        guard depth <= deepest, brackets <= 1000 else {
            throw InterchangeError(file, "its front matter is nested too deep")
        }
    }

    /// nil when the key is not there or holds nothing.
    func text(_ key: String) throws(InterchangeError) -> String? {
        guard let node = members[key], !isNull(node) else { return nil }
        guard let scalar = node.scalar else { throw wrong(key, node, "a text") }
        return scalar.string
    }

    /// A text by itself is a list of one.
    func list(_ key: String) throws(InterchangeError) -> [String] {
        guard let node = members[key], !isNull(node) else { return [] }
        if let scalar = node.scalar { return [scalar.string] }
        guard let sequence = node.sequence else { throw wrong(key, node, "a list") }
        var texts: [String] = []
        for entry in sequence {
            guard let scalar = entry.scalar else { throw wrong(key, node, "a list of texts") }
            texts.append(scalar.string)
        }
        return texts
    }

    func wrong(_ key: String, _ expected: String) -> InterchangeError {
        InterchangeError(file, line: members[key]?.mark.map { $0.line + 1 }, "\(key) must be \(expected)")
    }

    private func wrong(_ key: String, _ node: Node, _ expected: String) -> InterchangeError { wrong(key, expected) }

    private func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}
