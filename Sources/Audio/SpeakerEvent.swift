/// What happens to a speaker.
package enum SpeakerEvent: Equatable, Sendable {
    case opened(device: String, rate: Int)
    /// The device failed, before or amid a playback.
    case lost(device: String, reason: String)
    /// The playback goes on at the fallback.
    case fellBack(device: String, rate: Int)
    /// The device ran dry although there was sound to play: how often in this playback.
    case underrun(total: Int)
    /// A playback is over, by the device's clock, and the device is closed.
    case ended(Played)
}

/// How a playback ended, and how much of it was really heard.
package struct Played: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        /// All of it left the device.
        case drained
        case stopped
        case failed(AudioError)
    }

    /// Samples heard, at the playback's rate.
    package let samples: Int
    package let rate: Int
    package let outcome: Outcome

    package init(samples: Int, rate: Int, outcome: Outcome) {
        self.samples = samples
        self.rate = rate
        self.outcome = outcome
    }
}

/// The sound as it goes to the device (mono, at the device's rate), and when its first sample will be heard. Called on the
/// playback thread, which it must not keep: for an echo canceller.
package typealias EchoReference =
    @Sendable (_ samples: UnsafeBufferPointer<Int16>, _ rate: Int, _ heardAt: ContinuousClock.Instant) -> Void
