import Audio
import CWebRTCAudio
import Glibc

/// Tells voice from the rest, frame by frame: noise suppression, WebRTC's detector, and a gate above the noise floor.
///
/// Belongs to one thread. Allocates nothing after `init`.
package final class VoiceActivity {
    package enum Suppression: Int32, Sendable {
        case off = -1
        case moderate = 1
        case high = 2
    }

    /// Frames until the detector is believed.
    static let warmUp = 10
    /// What voice must be above the noise floor, in dB.
    static let gate = 6.0

    private let processing: OpaquePointer
    private var floor = NoiseFloor()
    private var heard = 0

    package init(_ suppression: Suppression = .moderate) throws(SpeechError) {
        guard let processing = cwebrtc_voice_new(cwebrtc_suppression(suppression.rawValue)) else {
            throw .engine("no audio processing")
        }
        self.processing = processing
    }

    deinit { cwebrtc_voice_free(processing) }

    /// The noise floor in dB below full scale.
    package var noiseFloor: Double { floor.level ?? NoiseFloor.bounds.lowerBound }

    /// Judges a frame of `SpeechFormat.frame` samples, and cleans it in place. Anything else is `unknown`.
    package func process(_ frame: UnsafeMutableBufferPointer<Int16>) -> VoiceFrame {
        let level = Self.level(UnsafeBufferPointer(frame))
        guard frame.count == SpeechFormat.frame, let samples = frame.baseAddress else {
            return VoiceFrame(voice: .unknown, level: level)
        }
        let verdict = cwebrtc_voice_process(processing, samples)
        let isLoud = level >= noiseFloor + Self.gate
        let isVoice = verdict == 1 && isLoud
        floor.hear(level, isVoice: isVoice)
        heard += 1
        guard verdict >= 0, heard > Self.warmUp else { return VoiceFrame(voice: .unknown, level: level) }
        return VoiceFrame(voice: isVoice ? .voiced : .unvoiced, level: level)
    }

    static func level(_ samples: UnsafeBufferPointer<Int16>) -> Double {
        guard !samples.isEmpty else { return -96 }
        var sum = 0
        for sample in samples { sum += Int(sample) * Int(sample) }
        let mean = Double(sum) / Double(samples.count)
        return mean > 0 ? max(-96, 10 * log10(mean / (32768 * 32768))) : -96
    }
}
