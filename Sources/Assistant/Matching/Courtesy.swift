import Planning

/// The words around a command that ask for nothing themselves: the address, politeness, hesitation.
enum Courtesy {
    /// `words` without what is said around the request.
    static func stripped(_ words: SpokenWords) -> SpokenWords { parted(words).request }

    /// The request, and the words after it that may be part of a free text: “call her now”.
    static func parted(_ words: SpokenWords) -> (request: SpokenWords, rest: [SpokenWords.Word]) {
        var rest = words.words.filter { !hesitations.contains($0.plain) }
        while let length = longest(of: openings, where: { rest.starts(with: $0) }), length < rest.count {
            rest.removeFirst(length)
        }
        while let length = longest(of: thanks, where: { rest.ends(with: $0) }), length < rest.count {
            rest.removeLast(length)
        }
        let whole = rest
        while let length = longest(of: closings, where: { rest.ends(with: $0) }), length < rest.count {
            rest.removeLast(length)
        }
        return (SpokenWords(rest), Array(whole.dropFirst(rest.count)))
    }

    private static func longest(of phrases: [[String]], where fits: ([String]) -> Bool) -> Int? {
        phrases.first(where: fits)?.count
    }

    private static func phrases(_ texts: [String]) -> [[String]] {
        texts.map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }
    }

    private static let hesitations: Set<String> = ["um", "uh", "er", "erm", "hmm", "uhm", "mm"]

    private static let openings = phrases([
        "okay planner", "ok planner", "hey planner", "hi planner", "planner", "okay", "ok", "alright", "all right",
        "well", "so", "now", "right", "please", "can you", "could you", "would you", "will you", "can you please",
        "could you please", "would you please", "i want to", "i want you to", "i would like to", "i'd like to",
        "i'd like you to", "i would like you to", "let's", "let us", "go ahead and", "just", "and", "then",
        "i need you to", "i need to",
    ])

    private static let thanks = phrases(["please", "thanks", "thank you"])

    private static let closings = phrases([
        "please", "thanks", "thank you", "for me", "now", "okay", "will you", "would you", "right now",
    ])
}

extension [SpokenWords.Word] {
    fileprivate func starts(with phrase: [String]) -> Bool {
        count >= phrase.count && zip(self, phrase).allSatisfy { $0.plain == $1 }
    }

    fileprivate func ends(with phrase: [String]) -> Bool {
        count >= phrase.count && zip(suffix(phrase.count), phrase).allSatisfy { $0.plain == $1 }
    }
}
