import Planning

/// Words after which nobody has finished: what is said ends on one of them only because the speaker pauses to think.
enum HangingWords {
    /// Whether the words end in the middle of a thought.
    static func end(_ words: SpokenWords) -> Bool {
        let plain = words.plain
        guard let last = plain.last else { return false }
        return single.contains(last) || pairs.contains(plain.suffix(2).joined(separator: " "))
    }

    private static let single: Set<String> = [
        "and", "or", "so", "because", "but", "cause", "since", "although", "unless", "until", "whether", "if", "than",
        "the", "a", "an", "my", "your", "our", "their", "its", "of", "for", "from", "with", "without", "into", "about",
        "to", "at", "by", "between", "under", "called", "named", "titled", "um", "uh", "uhm", "er", "erm", "hmm",
        "like",
        "maybe", "also", "plus", "then", "which", "who", "whose", "is", "are", "was", "were", "should", "would",
        "could", "must", "will", "i", "we", "let's", "say", "saying", "either", "every", "each", "some",
    ]
    private static let pairs: Set<String> = [
        "so that", "such as", "as well", "you know", "i mean", "i think", "kind of", "sort of", "as in", "for example",
        "and then", "we need", "i want", "in order", "depends on", "first of",
        "a task", "new task", "another task", "a note", "new project", "a project", "dev plan", "new plan",
    ]
}
