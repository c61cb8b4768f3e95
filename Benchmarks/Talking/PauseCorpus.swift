import Foundation
import SeededRandom
import Speech

/// What people say, with the pauses they make within it: whole commands, whole sentences, and thoughts that come in pieces.
struct PauseCorpus {
    /// A piece, and how long the pause after it is, in milliseconds; none after the last.
    struct Piece {
        let text: String
        var pause: Int?
    }

    /// Somebody with a habit: pauses are log-normal (Campione and Véronis 2002; Heldner and Edlund 2010), with a median of
    /// their own around 350 ms.
    struct Speaker {
        let person: Person
        private let median: Double

        private static let spread = 0.55
        private static let bounds = 120.0...1600.0

        init(_ number: Int, _ random: inout SeededRandom) {
            person = Person(
                LocalVoice.Name.allCases[number % 4], rate: random.number(0.9...1.2), gain: random.number(-4...2))
            median = 350 * exp(0.35 * random.normal())
        }

        func pause(_ random: inout SeededRandom) -> Int {
            let drawn = median * exp(Self.spread * random.normal())
            return Int(min(max(drawn, Self.bounds.lowerBound), Self.bounds.upperBound))
        }
    }

    private let commands: [String]

    init() throws { commands = try Texts().commands().filter { $0.count < 70 } }

    func utterance(of speaker: Speaker, _ random: inout SeededRandom) -> [Piece] {
        let texts =
            switch random.next(below: 100) {
            case ..<35: [random.pick(commands)]
            case ..<50: [random.pick(Self.wholes)]
            case ..<62: random.pick(Self.hangingCommands)
            default: thought(&random)
            }
        return texts.enumerated().map { index, text in
            Piece(text: text, pause: index == texts.count - 1 ? nil : speaker.pause(&random))
        }
    }

    /// Two to four clauses: pauses at commas, before and after conjunctions, and at hesitations.
    private func thought(_ random: inout SeededRandom) -> [String] {
        var pieces = [random.pick(Self.beginnings)]
        for _ in 0..<1 + random.next(below: 3) {
            let link = random.pick(Self.links)
            switch random.next(below: 4) {
            case 0: pieces.append(link + " " + random.pick(Self.clauses))
            case 1:
                pieces[pieces.count - 1] += " " + link
                pieces.append(random.pick(Self.clauses))
            case 2:
                pieces[pieces.count - 1] += " " + link + ", um"
                pieces.append(random.pick(Self.clauses))
            default: pieces.append(random.pick(Self.clauses))
            }
        }
        return pieces
    }

    private static let links = ["and", "so", "because", "but", "and then"]
    private static let beginnings = [
        "when the phone is offline,", "for the first release,", "I think the parser should go first",
        "the users want to see their notes", "we need a way to merge the changes",
        "if somebody edits the same section,",
        "the server keeps every version", "on the settings page,", "let's say the import fails",
        "what we learned last week is", "the tests are slow", "before we ship it,", "my idea was",
        "the second phase is about search", "maybe the simplest thing is", "there is one more risk",
    ]
    private static let clauses = [
        "the notes stay on the device", "nobody has to wait for the network", "we write the migration first",
        "the old format is still read", "people can undo it", "it takes two weeks at most", "Anna looks at the design",
        "the queue is drained in the background", "we measure it on a small machine", "the plan has to say why",
        "everything is kept in one file", "that would be the third milestone", "the index is built again",
        "it works without an account", "we drop the old interface", "the errors are shown to the user",
    ]
    private static let wholes = [
        "the first release should work without a network.", "people lose their notes when the phone crashes.",
        "I would like to have the tests run on every change.", "what did we say about the release last week?",
        "the biggest risk is the migration of the old data.", "how does the merge work when both sides changed?",
        "the search has to find paraphrases as well.", "we decided to keep everything in one database.",
        "the daemon must not use more than one percent of a core.", "can you tell me what is left to do this week?",
    ]
    private static let hangingCommands = [
        ["create a new project called", "weather station"], ["add a task", "write the migration"],
        ["add a task write the tests and", "the documentation"], ["take a note", "the server was down this morning"],
        ["search for", "the audio ring buffer"], ["move task two", "to done"], ["open the project", "voice notes"],
        ["create a plan for", "the new billing page"], ["mark task three", "as done"],
        ["read the section", "about the risks"], ["rename the plan to", "offline editing"],
        ["note that", "the tests need a real database"],
    ]
}
