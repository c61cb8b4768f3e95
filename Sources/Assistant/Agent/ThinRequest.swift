import Planning

/// A request that says too little to plan by: “make a plan”, “help me build an app”. It is asked back without a model.
enum ThinRequest {
    static let question = "Gladly. What is it for, and what must it do first? One sentence is enough."

    static func isThin(_ text: String) -> Bool {
        let words = Courtesy.stripped(SpokenWords(text)).plain
        return !words.isEmpty && words.count <= 12 && words.contains(where: wishes.contains)
            && words.contains(where: things.contains)
            && words.allSatisfy { wishes.contains($0) || things.contains($0) || fillers.contains($0) }
    }

    private static let wishes: Set<String> = [
        "build", "create", "develop", "do", "draft", "help", "make", "need", "plan", "start", "want", "write",
    ]
    private static let things: Set<String> = [
        "app", "application", "feature", "plan", "plans", "program", "software", "something", "stuff", "system",
        "thing",
        "tool", "website",
    ]
    private static let fillers: Set<String> = [
        "a", "an", "for", "have", "i", "i'd", "it", "let's", "like", "me", "my", "new", "of", "our", "should", "some",
        "that", "the", "this", "to", "us", "we", "with", "would", "you", "can", "could", "please", "one", "now", "just",
        "so", "okay", "development", "project",
    ]
}
