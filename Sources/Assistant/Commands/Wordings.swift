import Planning
import Support

/// Ways to say a command that are understood and neither expected by the recogniser nor taught: how people put it.
package struct Wordings: Sendable {
    let intent: Intent
    /// Values that the words themselves carry: “blocked” in “what is blocked”.
    let values: [String: JSONValue]
    let phrases: [String]

    package init(_ intent: Intent, _ phrases: [String]) { self.init(intent, [:], phrases) }

    package init(_ intent: Intent, _ values: [String: JSONValue], _ phrases: [String]) {
        self.intent = intent
        self.values = values
        self.phrases = phrases
    }
}

/// One of them, read.
struct Wording: Sendable {
    let intent: Intent
    let values: [String: JSONValue]
    let phrase: Phrase

    /// - Parameter text: As `Phrase`, with `<class>` for words that mean the same.
    init(_ intent: Intent, _ values: [String: JSONValue], _ text: String) throws(PhraseSyntaxError) {
        self.intent = intent
        self.values = values
        phrase = try Phrase(parsing: try Wording.spelledOut(text))
    }

    private static func spelledOut(_ text: String) throws(PhraseSyntaxError) -> String {
        var (done, rest) = ("", Substring(text))
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let name = String(rest[rest.index(after: start)..<end])
            guard let words = WordClasses.all[name] else {
                throw PhraseSyntaxError(phrase: text, reason: "no class of words is called “\(name)”")
            }
            done += rest[..<start] + "(" + words + ")"
            rest = rest[rest.index(after: end)...]
        }
        return done + rest
    }
}
