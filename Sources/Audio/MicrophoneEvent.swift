/// What happens to a microphone, told once each time it happens and not at every retry.
package enum MicrophoneEvent: Equatable, Sendable {
    /// Sound comes from the device that was asked for.
    case opened(device: String, rate: Int)
    /// Sound stopped coming, or never came.
    case lost(device: String, reason: String)
    /// Sound comes again from the device that was lost.
    case reopened(device: String, rate: Int)
    /// Sound comes from the fallback, because the device asked for gives none.
    case fellBack(device: String, rate: Int)
    /// Sound comes from the device that was asked for again.
    case returned(device: String, rate: Int)
    /// Sound was lost in the device's buffer: how often so far.
    case overrun(total: Int)
    /// Nobody took the sound in time: samples lost so far.
    case dropped(total: Int)
    /// The device gives nothing but zeros: muted somewhere, or the wrong one.
    case silent
    /// Something other than zeros again.
    case sound
}
