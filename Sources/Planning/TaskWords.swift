/// What the words of a task tell about it.
enum TaskWords {
    /// Words that say what it is about, without their commonest endings.
    static func significant(in text: String) -> Set<String> {
        Set(words(text).filter { $0.count >= 4 && !common.contains($0) && !verbs.contains($0) }.map(stem))
    }

    /// The word that says that something is not known yet.
    static func vague(in text: String) -> String? {
        words(text).first(where: vagueWords.contains)
    }

    /// Whether the text says that task `number` comes before.
    static func names(_ number: Int, in text: String) -> Bool {
        let all = words(text)
        return all.indices.dropFirst().contains { index in
            guard all[index] == "task", index + 1 < all.count, Int(all[index + 1]) == number else { return false }
            return all[max(0, index - 3)..<index].contains(where: signals.contains)
        }
    }

    /// What stands behind “after”, “once” and the like.
    static func afterSignal(_ text: String) -> String {
        let all = words(text)
        guard let index = all.firstIndex(where: signals.contains) else { return "" }
        return all[(index + 1)...].prefix(12).joined(separator: " ")
    }

    static func makes(_ title: String) -> Bool { words(title).first.map(making.contains) ?? false }

    static func uses(_ title: String) -> Bool { words(title).first.map(using.contains) ?? false }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    private static func stem(_ word: String) -> String {
        for ending in ["ing", "ed", "es", "s"] where word.hasSuffix(ending) && word.count - ending.count >= 4 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    private static let making: Set<String> = [
        "add", "build", "choose", "create", "decide", "define", "design", "implement", "introduce", "make", "model",
        "prepare", "set", "specify", "write",
    ]
    private static let using: Set<String> = [
        "announce", "benchmark", "check", "connect", "deploy", "document", "fill", "integrate", "launch", "measure",
        "migrate", "monitor", "publish", "release", "review", "ship", "test", "translate", "use", "validate", "verify",
    ]
    private static let verbs = making.union(using)
    private static let signals: Set<String> = [
        "after", "depends", "follows", "needs", "once", "requires", "until", "when",
    ]
    private static let vagueWords: Set<String> = [
        "investigate", "maybe", "perhaps", "research", "somehow", "something", "tbd", "unclear", "unknown", "whatever",
    ]
    private static let common: Set<String> = [
        "about", "again", "also", "been", "before", "does", "each", "every", "from", "have", "into", "just", "like",
        "more", "most", "must", "need", "only", "other", "over", "some", "such", "task", "tests", "than", "that",
        "them",
        "then", "there", "these", "they", "this", "what", "when", "where", "which", "while", "will", "with", "your",
    ]
}
