import Planning
import Speech
import Support

/// What became of a fixture when it was understood as a command.
package enum Verdict: Hashable, Sendable {
    case right
    /// Something else would have been done.
    case wrong
    /// Nothing would have been done: it is not understood, or asked about.
    case again

    /// - Parameters:
    ///   - command: What it was taken for; nil for free speech.
    ///   - asks: Whether Aloud asks before it does it.
    package init(_ fixture: Fixture, command: String?, slots: [String: JSONValue], asks: Bool) {
        let wished = fixture.slots ?? [:]
        let isSame =
            slots.count == wished.count
            && wished.allSatisfy { Verdict.plain(slots[$0.key]) == Verdict.plain($0.value) }
        if command == nil {
            self = fixture.intent == "none" ? .right : .again
        } else if command == fixture.intent, isSame {
            self = .right
        } else {
            // The right thing of which a name was not found: Aloud says so and does nothing.
            let isIncomplete =
                command == fixture.intent && slots.count < wished.count
                && slots.allSatisfy { Verdict.plain(wished[$0.key]) == Verdict.plain($0.value) }
            self = asks || isIncomplete ? .again : .wrong
        }
    }

    private static func plain(_ value: JSONValue?) -> String {
        switch value {
        case .number(let number): String(Int(number))
        case .string(let text):
            SpokenForm(text).words.filter { !["a", "an", "the"].contains($0) }.joined(separator: " ")
        default: ""
        }
    }
}
