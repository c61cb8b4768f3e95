import Audio
import CWebRTCAudio

/// Listens while Aloud speaks: takes our own speech out of what the microphone hears, and tells whether voice is left.
///
/// WebRTC's echo canceller with the very samples that were played as reference. What it leaves triggers an interruption and
/// is little else: somebody who speaks at the same time is suppressed too. Belongs to one thread.
final class EchoGuard {
    /// Frames for which the echo may still come after the last frame that was played.
    private static let tail = 40
    /// What voice must be above the noise, in dB: what the canceller leaves is louder than a quiet room.
    private static let gate = 7.0
    /// Quieter than this we say nothing that the microphone could hear, in dB below full scale.
    private static let audibleReference = -50.0

    private let processing: OpaquePointer
    private(set) var trust = EchoTrust()
    private var sinceFar = EchoGuard.tail
    private var far = [Int16](repeating: 0, count: SpeechFormat.frame)

    init() throws(SpeechError) {
        guard let processing = cwebrtc_echo_new() else { throw .engine("no echo cancellation") }
        self.processing = processing
    }

    deinit { cwebrtc_echo_free(processing) }

    /// Whether our own speech may be in what is heard now.
    var isActive: Bool { sinceFar < Self.tail }

    /// Whether it is there, and had to be taken out.
    var hasEcho: Bool { trust.verdict != .silent }

    /// It was Aloud itself that was heard.
    func deceived() { trust.deceived() }

    /// Takes what was played since the last frame.
    func take(_ tap: EchoTap) {
        let hasPlayed = far.withUnsafeMutableBufferPointer { tap.next(into: $0) }
        if hasPlayed {
            sinceFar = 0
        } else if sinceFar < Self.tail {
            sinceFar += 1
            far.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        }
    }

    /// Judges a frame that was heard while `isActive`, and cleans it in place.
    ///
    /// - Returns: What may be believed; and what sounds like voice, believed or not, for the wake phrase.
    func hear(
        _ frame: UnsafeMutableBufferPointer<Int16>, noise: Double
    ) -> (believed: VoiceFrame, voice: VoiceFrame.Voice) {
        let heard = VoiceActivity.level(UnsafeBufferPointer(frame))
        let reference = far.withUnsafeBufferPointer { VoiceActivity.level($0) }
        let verdict = far.withUnsafeBufferPointer { far in
            guard let played = far.baseAddress, let samples = frame.baseAddress else { return Int32(-1) }
            return cwebrtc_echo_process(processing, played, samples)
        }
        let left = VoiceActivity.level(UnsafeBufferPointer(frame))
        let isVoice = verdict == 1 && left > noise + Self.gate
        if reference > Self.audibleReference {
            trust.hear(heard: heard, left: left, noise: noise, isVoice: isVoice)
        }
        let believed = trust.verdict == .none ? .unknown : isVoice ? VoiceFrame.Voice.voiced : .unvoiced
        return (VoiceFrame(voice: believed, level: left), isVoice ? .voiced : .unvoiced)
    }
}
