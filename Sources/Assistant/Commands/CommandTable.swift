import Planning

/// One command: what it is called, how it is said, and what help says of it.
package struct Command: Sendable {
    package let intent: Intent
    package let phrases: [Phrase]
    /// What it does, for help and the guides.
    package let summary: String
    /// Whether it needs a clear yes before it is done.
    package let isDestructive: Bool
}

/// The one list of commands: matching, the recogniser's grammar, help, docs and tests all derive from it.
package struct CommandTable: Sendable {
    package let commands: [Command]
    /// What is understood besides the phrases; the recogniser does not expect it.
    let wordings: [Wording]

    package init(
        _ entries: [Entry], wordings: [Wordings] = CommandTable.wordings
    ) throws(PhraseSyntaxError) {
        var commands: [Command] = []
        for entry in entries {
            var phrases: [Phrase] = []
            for text in entry.phrases { phrases.append(try Phrase(parsing: text)) }
            commands.append(
                Command(
                    intent: entry.intent, phrases: phrases, summary: entry.summary,
                    isDestructive: entry.isDestructive))
        }
        self.commands = commands
        var read: [Wording] = []
        for wording in wordings {
            for text in wording.phrases { read.append(try Wording(wording.intent, wording.values, text)) }
        }
        self.wordings = read
    }

    package var phrases: [Phrase] { commands.flatMap(\.phrases) }

    package subscript(intent: Intent) -> Command? { commands.first { $0.intent == intent } }

    /// A row as it is written down.
    package struct Entry: Sendable {
        package let intent: Intent
        let summary: String
        package let isDestructive: Bool
        package let phrases: [String]

        init(_ intent: Intent, _ summary: String, destructive: Bool = false, _ phrases: [String]) {
            self.intent = intent
            self.summary = summary
            isDestructive = destructive
            self.phrases = phrases
        }
    }
}
