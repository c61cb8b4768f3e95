extension SpokenText {
    /// “Main dot swift” is main.swift, “source slash main dot swift” a path.
    mutating func joinFileNames() {
        var index = 0
        while index < words.count {
            defer { index += 1 }
            guard plain[index] == "dot", let ending = Self.ending(plain[(index + 1)...]) else { continue }
            let end = index + 1 + ending.count
            guard isWhole(index..<end) else { continue }
            if let name = Self.hidden[ending.written] {
                replace(index..<end, with: name)
                continue
            }
            guard index > 0, isWhole(index - 1..<end), Self.isName(plain[index - 1]) else { continue }
            var start = index - 1
            var name = words[start].core + "." + ending.written
            while start >= 2, plain[start - 1] == "slash", Self.isName(plain[start - 2]), isWhole(start - 2..<end) {
                name = words[start - 2].core + "/" + name
                start -= 2
            }
            replace(start..<end, with: name)
            index = start
        }
    }

    /// Letters that are said one by one: “a p i” is API.
    mutating func joinLetters() {
        var index = 0
        while index < words.count {
            defer { index += 1 }
            let run = plain[index...].prefix { $0.count == 1 && $0.first?.isLetter == true }
            guard run.count > 1 else { continue }
            let spelled = run.joined().uppercased()
            let length = (2...run.count).reversed().first {
                TechnicalWords.acronyms.contains(String(spelled.prefix($0)))
            }
            guard let length, isWhole(index..<index + length) else { continue }
            replace(index..<index + length, with: String(spelled.prefix(length)))
        }
    }

    private static func isName(_ word: String) -> Bool {
        !["the", "a", "an", "and", "or", "in", "to", "of", "called", "file"].contains(word)
            && word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    private static func ending(_ words: ArraySlice<String>) -> (written: String, count: Int)? {
        for count in [2, 1] where words.count >= count {
            let said = words.prefix(count).joined(separator: " ")
            if let written = endings[said] { return (written, count) }
        }
        return nil
    }

    /// What files end in, as it is said.
    private static let endings: [String: String] = [
        "swift": "swift", "py": "py", "p y": "py", "pie": "py", "js": "js", "j s": "js", "ts": "ts", "t s": "ts",
        "json": "json", "jason": "json", "yaml": "yaml", "yml": "yml", "md": "md", "m d": "md", "txt": "txt",
        "text": "txt", "html": "html", "css": "css", "sql": "sql", "sequel": "sql", "sh": "sh", "rs": "rs", "go": "go",
        "java": "java", "toml": "toml", "lock": "lock", "csv": "csv", "pdf": "pdf", "env": "env", "xml": "xml",
        "log": "log", "conf": "conf", "service": "service", "git ignore": "gitignore", "gitignore": "gitignore",
        "editor config": "editorconfig",
    ]
    /// Files that have nothing before the dot.
    private static let hidden = ["gitignore": ".gitignore", "editorconfig": ".editorconfig", "env": ".env"]
}
