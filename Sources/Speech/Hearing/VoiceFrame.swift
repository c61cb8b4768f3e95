/// What 10 ms of sound were.
package struct VoiceFrame: Equatable, Sendable {
    package enum Voice: Sendable {
        case voiced
        case unvoiced
        /// The detector has not heard enough yet to tell.
        case unknown
    }

    package var voice: Voice
    /// In dB below full scale, −96 for silence; before noise suppression.
    package var level: Double

    package init(voice: Voice, level: Double) {
        self.voice = voice
        self.level = level
    }
}
