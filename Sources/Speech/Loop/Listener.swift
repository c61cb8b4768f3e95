import Audio
import Support
import Synchronization

/// What the listener hears, in the order it happens.
package enum ListenerEvent: Sendable {
    case began
    /// The wake phrase was said.
    case woke
    case ended(HeardUtterance)
    /// It was too little to be speech.
    case dropped
    case nobodySpoke
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
    /// When the end was decided.
    package var decided: ContinuousClock.Instant
}

/// The thread that turns frames into utterances: voice activity, endpointer, wake phrase and Opus.
package final class Listener: Sendable {
    package struct Configuration: Sendable {
        package var endpointer = Endpointer.Configuration()
        /// nil listens for no wake phrase.
        package var wake: WakeSpotter.Configuration? = WakeSpotter.Configuration()

        package init() {}
    }

    /// Events that wait to be taken; there are a few for each utterance, so more means that nobody listens any more.
    private static let bound = 256

    package let events: AsyncStream<ListenerEvent>
    private let continuation: AsyncStream<ListenerEvent>.Continuation
    private let wishes = Mutex(Wishes())
    private let source: FrameSource

    private struct Wishes {
        var expectsSpeech = false
        var isEnding = false
        /// Whether what is heard counts; while Aloud speaks it does not.
        var isDeaf = false
    }

    package init(_ configuration: Configuration, source: FrameSource) {
        self.source = source
        (events, continuation) = AsyncStream.makeStream(
            of: ListenerEvent.self, bufferingPolicy: .bufferingNewest(Self.bound))
        NamedThread.start("aloud-listener") { [self] in
            do {
                var hearing = try Hearing(configuration)
                try hearing.run(self)
            } catch {
                tell(.failed("\(error)"))
            }
            continuation.finish()
        }
    }

    /// Somebody was asked to speak: tell when nobody does.
    package func expectSpeech() { wishes.withLock { $0.expectsSpeech = true } }

    /// Utterances that begin now are not told, only the wake phrase is.
    package func setDeaf(_ isDeaf: Bool) { wishes.withLock { $0.isDeaf = isDeaf } }

    package func end() {
        wishes.withLock { $0.isEnding = true }
        source.interrupt()
    }

    func tell(_ event: ListenerEvent) { continuation.yield(event) }

    func takeWishes() -> (expectsSpeech: Bool, isEnding: Bool, isDeaf: Bool) {
        wishes.withLock { wishes in
            defer { wishes.expectsSpeech = false }
            return (wishes.expectsSpeech, wishes.isEnding, wishes.isDeaf)
        }
    }

    func read(_ frame: UnsafeMutableBufferPointer<Int16>) -> FrameSource.Reading { source.read(frame) }
}
