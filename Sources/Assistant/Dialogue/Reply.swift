import Planning
import Support

/// What Aloud answers.
package struct Reply: Equatable, Sendable {
    package var text: String
    /// Whether it asked something, so that the answer is heard without the wake phrase.
    package var expectsAnswer: Bool
    /// What the voice loop shall do besides speaking.
    package var control: VoiceControl?

    package init(_ text: String, expectsAnswer: Bool = false, control: VoiceControl? = nil) {
        self.text = text
        self.expectsAnswer = expectsAnswer
        self.control = control
    }

    package static func asking(_ text: String) -> Reply { Reply(text, expectsAnswer: true) }
}

package enum VoiceControl: String, Codable, Sendable {
    /// Close the microphone, open it again, stop speaking.
    case mute, wake, stop
    /// Speak on at another pace, leave out what is being spoken.
    case slower, faster, skip
    /// Wait for the wake phrase again; the microphone stays open.
    case sleep
    /// Say nothing and go on listening: the user thinks.
    case wait
    /// Take down a long note, in which pauses end nothing; until it ends.
    case dictate
    case endDictation = "end_dictation"
    /// When the microphone's words are taken as said to Aloud: after the wake phrase, always, or while a key is held.
    case wakeMode = "wake_mode"
    case openMode = "open_mode"
    case pushToTalkMode = "push_to_talk_mode"
}

/// What a turn gives while it is worked on, in this order.
package enum DialogueEvent: Equatable, Sendable {
    /// The turn is kept; what follows can no longer lose it.
    case kept(Turn.ID)
    case routed(Routing)
    /// A piece of the reply as a language model writes it; `reply` brings the whole again.
    case delta(String)
    /// What is being done meanwhile, as a sentence for whoever waits.
    case doing(String)
    case reply(Reply, turn: Turn.ID)
}

/// How a turn was understood, as events and JSON show it.
package struct Routing: Equatable, Sendable, Codable {
    package let tier: Turn.Tier
    /// The public name of the command; nil for the agent.
    package let command: String?
    package let slots: [String: JSONValue]
    package let needsConfirmation: Bool

    package init(
        tier: Turn.Tier, command: String? = nil, slots: [String: JSONValue] = [:], needsConfirmation: Bool = false
    ) {
        self.tier = tier
        self.command = command
        self.slots = slots
        self.needsConfirmation = needsConfirmation
    }
}
