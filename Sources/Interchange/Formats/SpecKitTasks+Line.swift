extension SpecKitTasks {
    /// The form of one line of a task.
    struct Line {
        var number: Int
        var isDone: Bool
        var isParallel = false
        var story: Int?
        var title: String
        var dependsOn: [Int] = []

        init(number: Int, isDone: Bool, title: String) {
            self.number = number
            self.isDone = isDone
            self.title = title
        }

        /// nil for any other line.
        init?(_ line: some StringProtocol) {
            var cursor = LineCursor(line)
            cursor.takeBlanks()
            guard let isDone = cursor.takeCheckBox(), cursor.take("T"), 3...9 ~= cursor.digits,
                let number = cursor.takeNumber(), number > 0, cursor.isAtEnd || cursor.takeBlanks() > 0
            else { return nil }
            self.init(number: number, isDone: isDone, title: "")
            isParallel = cursor.take("[P]")
            cursor.takeBlanks()
            var story = cursor
            if story.take("[US"), let number = story.takeNumber(), story.take("]") {
                self.story = number
                cursor = story
                cursor.takeBlanks()
            }
            let (text, depends) = Self.splitEnd(cursor.text)
            dependsOn = depends
            title = Guarded.unguardedBeginning(text) { $0.startsWithLabel }
        }

        var text: String {
            var words = ["- [\(isDone ? "X" : " ")]", "T" + SpecKitTasks.padded(number)]
            if isParallel { words.append("[P]") }
            if let story { words.append("[US\(story)]") }
            words.append(Self.guardedEnd(Guarded.beginning(title) { $0.startsWithLabel }))
            if !dependsOn.isEmpty {
                words.append("(depends on \(dependsOn.map { "T" + SpecKitTasks.padded($0) }.joined(separator: ", ")))")
            }
            return words.joined(separator: " ")
        }

        private static let opening = "(depends on "

        /// The text and what stands in “(depends on …)” at its end.
        private static func splitEnd(_ text: String) -> (String, [Int]) {
            guard let (start, numbers) = dependencies(text) else { return (text, []) }
            let before = text.utf8[..<start]
            guard before.last != UInt8(ascii: "\\") else { return (unguardedEnd(text), []) }
            let kept = before.reversed().drop { $0 == 0x20 }.count
            return (unguardedEnd(String(Substring(before.prefix(kept)))), numbers)
        }

        private static func unguardedEnd(_ text: String) -> String {
            guard let (start, _) = dependencies(text), text.utf8[..<start].last == UInt8(ascii: "\\") else {
                return text
            }
            return String(Substring(text.utf8[..<start].dropLast())) + String(Substring(text.utf8[start...]))
        }

        private static func guardedEnd(_ text: String) -> String {
            guard let (start, _) = dependencies(text) else { return text }
            return String(Substring(text.utf8[..<start])) + "\\" + String(Substring(text.utf8[start...]))
        }

        /// Where “(depends on T001, T002)” begins when the text ends with it.
        private static func dependencies(_ text: String) -> (String.Index, [Int])? {
            guard text.utf8.last == UInt8(ascii: ")"), let start = text.utf8.lastIndex(of: UInt8(ascii: "(")) else {
                return nil
            }
            var cursor = LineCursor(text[start...])
            guard cursor.take(opening) else { return nil }
            var numbers: [Int] = []
            repeat {
                cursor.takeBlanks()
                guard cursor.take("T"), let number = cursor.takeNumber() else { return nil }
                numbers.append(number)
                cursor.takeBlanks()
            } while cursor.take(",") || cursor.take("and ")
            guard cursor.take(")"), cursor.isAtEnd else { return nil }
            return (start, numbers)
        }
    }
}

extension LineCursor {
    fileprivate var digits: Int { rest.prefix { 0x30...0x39 ~= $0 }.count }

    /// Whether `[P]` or `[US1]` stands next.
    fileprivate var startsWithLabel: Bool {
        var cursor = self
        if cursor.take("[P]") { return true }
        return cursor.take("[US") && cursor.takeNumber() != nil && cursor.take("]")
    }
}
