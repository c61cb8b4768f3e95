import Planning

/// The words in a slot, parted into what names and what only says what kind of thing is named: “the apple pay task”.
struct NounPhrase {
    /// The words that name it; nil when none are left.
    let core: SpokenWords?
    /// Whether a word says what kind of thing it is.
    let saysKind: Bool
    /// Whether it is the open one: “this project”, “the plan”.
    let isOpen: Bool

    init(_ words: SpokenWords, of slot: Slot) {
        let kinds = Self.kinds[slot] ?? []
        var rest = words.words[...]
        var saysKind = false
        /// Whether the words ahead of the name go on.
        func leads(_ word: String) -> Bool {
            if kinds.contains(word) {
                saysKind = true
                return true
            }
            return Self.leading.contains(word)
        }
        while let first = rest.first, leads(first.plain) { rest.removeFirst() }
        while rest.count > 1, let last = rest.last, kinds.contains(last.plain) || Self.trailing.contains(last.plain) {
            if kinds.contains(last.plain) { saysKind = true }
            rest.removeLast()
        }
        // “The project tide”: said in front, with more before it.
        if let place = rest.dropLast().lastIndex(where: { kinds.contains($0.plain) }), place - rest.startIndex <= 2,
            slot != .section
        {
            saysKind = true
            rest = rest[(place + 1)...]
            while let first = rest.first, Self.leading.contains(first.plain) { rest.removeFirst() }
        }
        core = rest.isEmpty ? nil : SpokenWords(Array(rest))
        self.saysKind = saysKind
        isOpen = rest.isEmpty && saysKind && (slot == .project || slot == .plan)
    }

    private static let leading: Set<String> = [
        "the", "a", "an", "my", "our", "this", "that", "number", "called", "named", "of", "whole", "entire", "current",
        "open", "also", "just", "on", "with", "uh", "um", "about", "please", "all", "like", "titled",
    ]
    private static let trailing: Set<String> = [
        "please", "one", "thing", "bit", "now", "again", "quickly", "though", "too", "as", "well", "is", "it", "a",
        "the",
        "and", "to", "uh", "um", "on", "in", "of", "that",
    ]
    private static let kinds: [Slot: Set<String>] = [
        .project: ["project", "projects", "project's"],
        .plan: ["plan", "devplan", "plans", "plan's", "document"],
        .task: taskWords, .dependsOn: taskWords,
        .version: versionWords, .a: versionWords, .b: versionWords,
        .section: ["section", "part", "paragraph", "chapter", "sections", "bit", "heading"],
        .tasks: ["tasks", "task", "numbers", "number", "items"],
        .target: ["the", "this"],
    ]
    private static let taskWords: Set<String> = [
        "task", "tasks", "item", "ticket", "todo", "tusk", "tasked", "task's", "tax", "tacks", "tass", "job", "test",
        "ask",
        "asks", "cask", "mask", "masks", "tank", "bask", "desk",
    ]
    private static let versionWords: Set<String> = [
        "version", "versions", "revision", "version's", "aversion", "virgin",
    ]
}
