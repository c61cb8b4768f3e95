import Assistant
import Planning
import Support

/// What the surfaces reach: the one conversation, the live state and the events.
package struct House: Sendable {
    package let dialogue: Dialogue
    package let hub: EventHub
    package let live: LiveState

    package init(dialogue: Dialogue, hub: EventHub, live: LiveState) {
        self.dialogue = dialogue
        self.hub = hub
        self.live = live
    }
}

extension House {
    /// Tells subscribers of a turn; of the pieces of a reply they have no use.
    func publish(_ event: DialogueEvent) {
        if case .delta = event { return }
        hub.publish(event.houseEvent)
    }

    /// Does what a reply asks of the microphone.
    func obey(_ reply: Reply) async {
        switch reply.control {
        case .mute: await live.setMuted(true)
        case .wake: await live.setMuted(false)
        case .stop, .slower, .faster, .skip, .sleep, .wait, .dictate, .endDictation, .wakeMode, .openMode,
            .pushToTalkMode, nil:
            break
        }
    }
}

/// What only the running daemon knows and does.
package struct LiveState: Sendable {
    /// The facts of `aloud status`.
    package let status: @Sendable () async -> JSONValue
    /// Closes the microphone, or opens it again.
    package let setMuted: @Sendable (Bool) async -> Void
    /// The talk key: down, up, or the other way; false when there is no microphone.
    package let talkKey: @Sendable (TalkKey) async -> Bool
    /// Speaks a reply: the milliseconds of it that were played, nil when it could not be.
    package let speak: @Sendable (Reply, Turn.ID) async -> Int?

    package init(
        status: @escaping @Sendable () async -> JSONValue, setMuted: @escaping @Sendable (Bool) async -> Void,
        talkKey: @escaping @Sendable (TalkKey) async -> Bool = { _ in false },
        speak: @escaping @Sendable (Reply, Turn.ID) async -> Int?
    ) {
        self.status = status
        self.setMuted = setMuted
        self.talkKey = talkKey
        self.speak = speak
    }
}
