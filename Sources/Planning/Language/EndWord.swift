/// The word by which somebody says that they have finished, as radio operators do.
package struct EndWord: Equatable, Sendable {
    package let word: String

    /// nil for no word at all, or for `none`: then only silence ends what is said.
    package init?(_ word: String) {
        let plain = SpokenWords(word).plain.joined(separator: " ")
        guard !plain.isEmpty, plain != "none" else { return nil }
        self.word = plain
    }

    /// What was said without it; nil when it is not the last word, or belongs to the words before it.
    package func stripped(_ text: String) -> String? {
        let words = SpokenWords(text)
        let ending = word.split(separator: " ").map(String.init)
        guard words.plain.suffix(ending.count) == ending[...] else { return nil }
        let rest = SpokenWords(Array(words.words.dropLast(ending.count)))
        let verb = rest.plain.last { !Self.pronouns.contains($0) }
        if word == "over", let verb, Self.carriers.contains(verb) { return nil }
        return rest.text
    }

    /// Words that “over” completes: “start over”, “hand it over”.
    private static let carriers: Set<String> = [
        "start", "starts", "take", "takes", "hand", "turn", "move", "carry", "roll", "rolls", "fail", "fails", "fall",
        "come", "go", "goes", "going", "went", "think", "get", "run", "left", "game", "is", "was", "be", "pull",
        "bring", "switch", "cross", "do", "cut", "push", "spill", "look", "hover", "mouse", "step", "pass", "skip",
        "hands", "the", "a", "or", "and", "just", "not", "start's", "copy", "win", "paper", "smooth", "gloss", "port",
    ]
    private static let pronouns: Set<String> = ["it", "that", "them", "this", "everything", "all"]
}
