import Planning
import Storage

/// A question that waits for its answer, in memory only: after a restart the answer is no.
enum Question: Equatable, Sendable {
    /// Whether to do what was understood; only a clear yes does it.
    case confirm(Understanding)
    /// Which of the names that fit is meant.
    case choose(Understanding, Understanding.Unclear)
    /// Which words belong in the slot that was left out.
    case fill(Understanding, Slot)
    /// Whether to forget for good what was named then.
    case forget(Forgetting)
    /// Whether to save a draft in spite of a version that was saved meanwhile.
    case settle(Settlement)
    /// Whether to do what a language model wanted to be done; only a clear yes does it.
    case tool(PendingTool)
    /// What comes next of a long note.
    case dictate(Dictation)
}

/// Yes, no, or neither.
enum Consent: Equatable {
    case yes, no, unclear

    /// Only whole answers count: “yes but first …” is not a yes.
    init(_ text: String) {
        let said = SpokenWords(text).plain.filter { !Consent.padding.contains($0) }.joined(separator: " ")
        if Consent.yeses.contains(said) {
            self = .yes
        } else if Consent.noes.contains(said) {
            self = .no
        } else {
            self = .unclear
        }
    }

    private static let padding: Set<String> = ["please", "um", "uh", "well", "oh", "planner", "thanks"]
    private static let yeses: Set<String> = [
        "yes", "yeah", "yep", "yup", "sure", "yes do it", "do it", "confirm", "confirmed", "correct", "okay", "ok",
        "yes archive it", "archive it", "go ahead", "yes go ahead", "absolutely", "definitely", "of course",
        "that's right", "yes yes", "yes i am sure", "yes i'm sure", "i'm sure", "affirmative",
    ]
    private static let noes: Set<String> = [
        "no", "nope", "nah", "don't", "do not", "no don't", "cancel", "cancel that", "never mind", "stop",
        "no thanks", "forget it", "no no", "not now", "leave it", "negative", "no way", "no thank you", "abort",
    ]
}
