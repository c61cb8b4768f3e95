/// Whether what is heard while Aloud speaks may be believed to be somebody else. Frames in, a verdict out.
///
/// Until enough of our own speech was seen to leave no trace, by an echo canceller that has converged or because none of it
/// reaches the microphone, nothing is believed: then only the wake phrase interrupts (half duplex).
struct EchoTrust: Equatable, Sendable {
    enum Verdict: Equatable, Sendable {
        /// Too little was seen, or the echo is not taken out.
        case none
        /// Our speech does not reach the microphone: a headset.
        case silent
        /// It does, and the canceller takes it out.
        case cancelled
    }

    private(set) var verdict = Verdict.none
    /// Frames of our speech that a judgement needs; doubled each time it was wrong.
    private var needed: Int
    private var seen = 0
    private var audible = 0
    private var leaking = 0

    /// Two seconds of our own speech.
    static let usual = 200
    private static let most = 3200
    /// Our speech is audible when the microphone is so far above the noise, in dB.
    private static let audibleMargin = 6.0

    init(needed: Int = EchoTrust.usual) { self.needed = needed }

    /// One frame in which Aloud spoke.
    ///
    /// - Parameters:
    ///   - heard: What the microphone heard, in dB.
    ///   - left: What the canceller left of it, in dB.
    ///   - noise: The noise floor, in dB.
    ///   - isVoice: Whether what is left sounds like voice.
    mutating func hear(heard: Double, left: Double, noise: Double, isVoice: Bool) {
        guard verdict == .none else { return }
        seen += 1
        if heard > noise + Self.audibleMargin { audible += 1 }
        if isVoice, left > noise + Self.audibleMargin { leaking += 1 }
        guard seen >= needed else { return }
        if audible * 10 <= seen {
            verdict = .silent
        } else if leaking * 25 <= seen {
            verdict = .cancelled
        }
        seen = 0
        audible = 0
        leaking = 0
    }

    /// It was Aloud itself that was heard.
    mutating func deceived() {
        self = EchoTrust(needed: min(2 * needed, Self.most))
    }
}
