import Planning
import Support

/// What a command was understood to be.
package struct Understanding: Equatable, Sendable {
    package var intent: Intent
    package var slots: [String: JSONValue]
    package var tier: Turn.Tier
    /// 1 for word by word, less for what had to be guessed.
    package var score: Double
    /// A name that was said where a known one belongs, and is not known.
    package var unknown: Unknown?

    /// A name that several known ones answer to.
    package var unclear: Unclear?

    /// Whether it was said as the guides teach it.
    var isTaught = true

    package struct Unclear: Equatable, Sendable {
        let slot: Slot
        let choices: [SlotReader.Choice]
    }

    package struct Unknown: Equatable, Sendable {
        package let slot: Slot
        package let said: String

        package init(slot: Slot, said: String) {
            self.slot = slot
            self.said = said
        }
    }
}
