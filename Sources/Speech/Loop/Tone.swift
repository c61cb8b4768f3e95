import Audio
import Foundation

/// Short sounds that tell the state without words. Made here, never recorded.
package enum Tone: String, Equatable, Sendable, CaseIterable {
    /// Go on, I listen.
    case listening
    /// Nothing was understood, or nobody spoke.
    case nothing
    /// The microphone is closed now.
    case muted
    /// It is heard, and the answer will come.
    case taken
    /// It still goes on.
    case thinking
    /// Something failed.
    case error

    /// Hertz, one after the other.
    private var notes: [Double] {
        switch self {
        case .listening: [660, 880]
        case .nothing: [440]
        case .muted: [660, 440]
        case .taken: [550]
        case .thinking: [330]
        case .error: [300, 225]
        }
    }

    private static let noteLength = 0.07
    private static let loudness = 0.12

    /// About a tenth of a second at 16 kHz, swelling and fading so that it does not click.
    package var sound: PCM {
        let rate = SpeechFormat.rate
        let length = Int(Tone.noteLength * Double(rate))
        let samples = notes.flatMap { pitch in
            (0..<length).map { index in
                let envelope = sin(Double.pi * Double(index) / Double(length))
                let wave = sin(2 * Double.pi * pitch * Double(index) / Double(rate))
                return Int16(Tone.loudness * envelope * wave * 32767)
            }
        }
        return PCM(samples: samples, rate: rate)
    }
}
