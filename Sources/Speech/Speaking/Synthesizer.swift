import Audio
import Endpoints

/// Something that turns text into speech.
package struct Synthesizer: Sendable {
    package var name: String
    /// The host that is told what to say; nil on this machine.
    package var host: String?
    /// What it said before; nil for a voice that is made sooner than it is read.
    package var shelf: SpeechShelf?
    /// What is known of its server; nil on this machine.
    package var watch: EndpointWatch?
    /// Gets what it needs ready, such as a connection, because something is about to be said.
    package var prepare: @Sendable () -> Void = {}
    /// The sound in chunks, as it is made. Ending the iteration early stops the engine. One that knows no pace speaks at
    /// its own.
    package var synthesize: @Sendable (_ text: String, _ pace: Pace) -> AsyncThrowingStream<PCM, any Error>

    package init(
        name: String, host: String? = nil, shelf: SpeechShelf? = nil,
        synthesize: @escaping @Sendable (_ text: String, _ pace: Pace) -> AsyncThrowingStream<PCM, any Error>
    ) {
        self.name = name
        self.host = host
        self.shelf = shelf
        self.synthesize = synthesize
    }
}

extension Synthesizer {
    /// The voice on this machine.
    package static func local(_ voice: LocalVoice) -> Synthesizer {
        Synthesizer(name: "local") { voice.speak($0, at: $1) }
    }
}
