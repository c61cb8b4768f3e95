import Audio
import Support
import Synchronization

/// What the listener hears, in the order it happens.
package enum ListenerEvent: Sendable {
    case began
    /// There was enough voice for words.
    case spoke
    /// A pause that may be the end, with the utterance so far.
    case paused(HeardUtterance)
    /// It was not the end: the pause lasted so many milliseconds.
    case resumed(after: Int)
    /// The wake phrase was said.
    case woke
    case ended(HeardUtterance)
    /// It was too little to be speech.
    case dropped
    case nobodySpoke
    /// Time went by.
    case tick
    case failed(String)
    /// The recording is over.
    case over
}

/// An utterance with what the listener knows of it.
package struct HeardUtterance: Sendable {
    package var utterance: Utterance
    /// Whether the wake phrase is in it.
    package var hasWake: Bool
    /// Milliseconds of voice after the wake phrase, or in all of it.
    package var voicedAfterWake: Int
    package var reason: Endpointer.Span.Reason
    /// Milliseconds of silence at its end.
    package var trailing: Int
    /// When the end was decided.
    package var decided: ContinuousClock.Instant
}

/// The thread that turns frames into utterances: voice activity, echo guard, endpointer, wake phrase and Opus.
package final class Listener: Sendable {
    package struct Configuration: Sendable {
        package var endpointer = Endpointer.Configuration()
        /// nil listens for no wake phrase.
        package var wake: WakeSpotter.Configuration? = WakeSpotter.Configuration()

        package init() {}
    }

    /// What is asked of the thread; it looks at each frame.
    struct Wishes: Sendable {
        var expected: (after: Int, patience: Int?)?
        var trailing: Int?
        var isHeld = false
        var isFinishing = false
        var wasDeceived = false
        var hasTicks = false
        var listensForWake = true
        var isEnding = false
    }

    private let wishes = Mutex(Wishes())
    private let source: FrameSource
    /// Called on the thread with each event and its time: milliseconds of sound heard.
    private let tell: @Sendable (ListenerEvent, Int) -> Void

    /// - Parameters:
    ///   - tap: What Aloud plays meanwhile.
    ///   - tell: Called on the listener's thread, which it must not keep.
    package init(
        _ configuration: Configuration, source: FrameSource, tap: EchoTap? = nil,
        tell: @escaping @Sendable (ListenerEvent, Int) -> Void
    ) {
        self.source = source
        self.tell = tell
        NamedThread.start("aloud-listener") { [self] in
            do {
                var hearing = try Hearing(configuration, tap: tap)
                try hearing.run(self)
            } catch {
                tell(.failed("\(error)"), 0)
            }
        }
    }

    /// Somebody was asked to speak: tell when nobody does. Milliseconds.
    package func expectSpeech(after settling: Int = 0, patience: Int? = nil) {
        wishes.withLock { $0.expected = (settling, patience) }
    }

    /// The utterance that pauses is over after so many milliseconds of silence.
    package func settle(trailing: Int) { wishes.withLock { $0.trailing = trailing } }

    /// Whether silence ends an utterance.
    package func hold(_ isHeld: Bool) { wishes.withLock { $0.isHeld = isHeld } }

    /// Ends the utterance soon: the talk key was let go.
    package func finish() { wishes.withLock { $0.isFinishing = true } }

    /// It was Aloud itself that was heard.
    package func deceived() { wishes.withLock { $0.wasDeceived = true } }

    /// Whether to tell that time goes by.
    package func setTicks(_ hasTicks: Bool) { wishes.withLock { $0.hasTicks = hasTicks } }

    /// Whether to listen for the wake phrase.
    package func setWake(_ listensForWake: Bool) { wishes.withLock { $0.listensForWake = listensForWake } }

    package func end() {
        wishes.withLock { $0.isEnding = true }
        source.interrupt()
    }

    func tell(_ event: ListenerEvent, at milliseconds: Int) { tell(event, milliseconds) }

    /// What is wished now; what is wished once is not wished again.
    func takeWishes() -> Wishes {
        wishes.withLock { wishes in
            let now = wishes
            wishes.expected = nil
            wishes.trailing = nil
            wishes.isFinishing = false
            wishes.wasDeceived = false
            return now
        }
    }

    func read(_ frame: UnsafeMutableBufferPointer<Int16>) -> FrameSource.Reading { source.read(frame) }
}

extension Listener {
    /// What a recording gives, as fast as it can be heard.
    package static func events(
        _ configuration: Configuration, of source: FrameSource
    ) -> AsyncStream<ListenerEvent> {
        // A recording is finite, and so are its events.
        let (events, continuation) = AsyncStream.makeStream(of: ListenerEvent.self)
        _ = Listener(configuration, source: source) { event, _ in
            continuation.yield(event)
            switch event {
            case .over, .failed: continuation.finish()
            default: break
            }
        }
        return events
    }
}
