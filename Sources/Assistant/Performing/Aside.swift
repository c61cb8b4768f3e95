import Planning

/// What is said without being content for a plan: a question, a request that is no command, small talk.
enum Aside: Equatable {
    /// To hear the question that is open, or to be asked on.
    case goOn
    /// To hear what a good answer to the question holds.
    case hint
    /// It wants an answer, or something done, that takes a language model.
    case request

    init?(_ text: String) {
        let words = Courtesy.stripped(SpokenWords(text)).plain
        let said = words.joined(separator: " ")
        if Aside.hints.contains(said) {
            self = .hint
        } else if Aside.goOns.contains(said) || Consent(text) != .unclear || Aside.smallTalk.contains(said) {
            self = .goOn
        } else if text.last(where: { !$0.isWhitespace }) == "?" {
            self = .request
        } else if words.count <= Aside.longestRequest,
            Aside.isOrder(words) || Aside.questions.contains(words.prefix(2).joined(separator: " "))
        {
            self = .request
        } else {
            return nil
        }
    }

    /// Longer than this it is a thought, even when it begins like a request.
    private static let longestRequest = 6

    /// Whether something is to be done with one of Aloud's own things. A verb alone is none of it: “export to CSV” is what a
    /// plan is made of.
    private static func isOrder(_ words: [String]) -> Bool {
        guard let verb = words.first, verbs.contains(verb) else { return false }
        return zip(words.dropFirst(), words.dropFirst(2) + [""]).contains { thing, next in
            things.contains(thing) && SpokenNumber.value(of: [next]) != nil
        } || things.union(["plans", "projects"]).contains(words.last ?? "") && words.count <= 3
    }

    private static let things: Set<String> = ["task", "plan", "version", "project"]

    private static let goOns: Set<String> = [
        "continue", "continue the plan", "continue with the plan", "go on", "go on with the plan", "resume", "ask me",
        "ask again", "what was the question", "next question", "repeat the question",
    ]
    private static let hints: Set<String> = [
        "give me a hint", "a hint", "hint", "give me an example", "for example", "what do you mean",
        "what does that mean", "what do you mean by that", "explain the question",
    ]
    private static let smallTalk: Set<String> = [
        "hello", "hi", "hey", "good morning", "good evening", "thank you", "thanks", "thank you very much", "bye",
        "goodbye", "exit", "quit", "good", "great", "nice", "fine", "hmm",
    ]
    private static let verbs: Set<String> = [
        "assign", "block", "cancel", "close", "delete", "edit", "export", "finish", "find", "list", "mark", "move",
        "open", "print", "remove", "rename", "reopen", "save", "search", "set", "show", "start", "tell", "unblock",
    ]
    private static let questions: Set<String> = [
        "how many", "how far", "how much", "how long", "what is", "what are", "what time", "what's the", "where is",
        "who is", "when is", "which task", "which plan", "which project", "are you", "can you", "do you", "is there",
    ]
}
