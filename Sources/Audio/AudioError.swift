/// Why sound could not be had or played.
package enum AudioError: Error, Equatable, Sendable {
    /// A device did not do what was asked; the code is libasound's, negative.
    case device(name: String, step: String, code: Int32)
    /// A device speaks no sample format this room reads.
    case format(device: String)
    /// Not a sample rate.
    case rate(Int)
    /// The system gave no descriptor or thread.
    case system(String, errno: Int32)
    /// The playback was stopped before this.
    case stopped
    /// Another playback has not ended.
    case busy
    /// The device took or gave nothing for too long.
    case stalled(device: String)
    /// Opus could not be made.
    case encoder(String)
}
