import Planning

/// The words around a command that ask for nothing themselves: the address, politeness, hesitation.
enum Courtesy {
    /// `words` without what is said around the request.
    static func stripped(_ words: SpokenWords) -> SpokenWords { parted(words).request }

    /// The request, and the words after it that may be part of a free text: “call her now”.
    static func parted(_ words: SpokenWords) -> (request: SpokenWords, rest: [SpokenWords.Word]) {
        var rest = words.words.filter { !hesitations.contains($0.plain) }
        // “Hold on a moment” is no opening: nothing follows it.
        while !Pacing.isWait(rest.map(\.plain)), let length = longest(of: openings, where: { rest.starts(with: $0) }),
            length < rest.count
        {
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
        "i need you to", "i need to", "hey", "hi", "oh", "yeah", "so yeah", "i guess", "you know what", "you know",
        "let me see",
        "do me a favour and", "do me a favor and", "one moment", "one second", "hold on", "wait", "actually", "can we",
        "could we", "could you maybe", "can you maybe", "maybe you can", "would you mind", "i'd love to",
        "i want you to please",
        "we need to", "we want to", "we should now", "next up", "also", "and now", "and then", "okay so", "then please",
        "would you kindly", "kindly", "be so kind and", "why don't you", "how about we", "how about you",
        "it's time to",
        "time to", "you can", "you could", "you may", "might you", "may i", "can i", "could i", "i'm going to",
        "i am going to",
        "i think we can", "i think we should", "we can", "i believe we can", "if you would", "for me", "great",
        "perfect",
        "cool", "nice", "fine", "alright then", "okay then", "well then", "yes", "anyway", "basically",
        "quickly", "let me", "go and", "try to", "be a dear and", "at last", "finally", "from now on", "computer",
        "assistant",
    ])

    private static let thanks = phrases(["please", "thanks", "thank you"])

    private static let closings = phrases([
        "if you would", "if you can", "if you could", "if possible", "if you don't mind", "would you please", "can you",
        "could you",
        "okay please", "real quick", "right away", "at once", "immediately", "straight away", "when you can", "already",
        "then",
        "will you please", "for us", "from now on", "right", "alright", "you know", "i guess", "i think",
        "thanks a lot",
        "thank you very much", "many thanks", "at the moment", "for a moment", "for now", "real quick please", "cheers",
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
