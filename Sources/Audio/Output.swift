/// An open playback device and the way to its rate.
final class Output {
    let stream: DeviceStream
    let resampler: Resampler
    /// What comes from the playback, and what goes to the device.
    let source: UnsafeMutableBufferPointer<Int16>
    let native: UnsafeMutableBufferPointer<Int16>

    init(_ device: String, rate: Int) throws(AudioError) {
        stream = try DeviceStream(device, .playback)
        resampler = try Resampler(from: rate, to: stream.rate)
        source = .allocate(capacity: max(1, rate / 100))
        native = .allocate(capacity: resampler.room(for: source.count))
    }

    deinit {
        source.deallocate()
        native.deallocate()
    }
}
