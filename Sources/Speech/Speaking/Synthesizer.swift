import Audio

/// Something that turns text into speech.
package struct Synthesizer: Sendable {
    package var name: String
    /// The sound in chunks, as it is made. Ending the iteration early stops the engine.
    package var synthesize: @Sendable (String) -> AsyncThrowingStream<PCM, any Error>

    package init(name: String, synthesize: @escaping @Sendable (String) -> AsyncThrowingStream<PCM, any Error>) {
        self.name = name
        self.synthesize = synthesize
    }
}

extension Synthesizer {
    /// The voice on this machine.
    package static func local(_ voice: LocalVoice) -> Synthesizer {
        Synthesizer(name: "local") { voice.speak($0) }
    }
}
