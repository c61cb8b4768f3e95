/// What Aloud says again and again, in the very same words.
package enum FixedPhrase {
    package static let moment = "One moment."
    package static let still = "I am still on it."
    package static let lost = "Sorry, I could not make that out. I kept the recording."

    /// The likeliest first: they are made in this order before anybody needs them.
    package static let all: [String] = clauses([
        moment, still, "Done.", "Okay.", "Okay, never mind.", lost, "Say yes or no.", "Okay, slower.", "Okay, faster.",
        "Okay, I left it as it was.", "Muted: the microphone is closed.", "Say the wake phrase when you need me.",
        "I listen all the time from now on.", "I wait for the wake phrase from now on.", "Nothing was changed.",
        "No project is open.", "Nothing is left to do.",
    ])

    /// As a reply is cut.
    private static func clauses(_ phrases: [String]) -> [String] {
        var seen: Set<String> = []
        return phrases.flatMap { phrase in
            var speech = SpeechText()
            return speech.add(phrase) + speech.finish()
        }.filter { seen.insert($0).inserted }
    }
}
