import CALSA
import Glibc

/// An open ALSA device, spoken to in mono: reads and writes never block, `wait` does, for a bounded time.
///
/// It takes the device as it is (its own rate, its channels, 16 or 32 bits): ALSA's own conversion is poor when its better
/// plugin is not installed. Used by one thread.
final class DeviceStream {
    let name: String
    let rate: Int
    let channels: Int
    /// Frames the device moves at once, about 40 ms of hearing or 10 ms of speaking.
    let period: Int
    /// Frames between the writer and the ear at most.
    let buffer: Int

    private let handle: OpaquePointer
    private let direction: AudioDevice.Direction
    private let isWide: Bool
    private let frames: UnsafeMutableRawPointer
    private let polls: UnsafeMutablePointer<pollfd>
    private let pollCount: Int

    init(_ name: String, _ direction: AudioDevice.Direction) throws(AudioError) {
        ALSALog.install()
        var opened: OpaquePointer?
        // Non-blocking: a device in use refuses, instead of waiting until it is free.
        let code = snd_pcm_open(&opened, name, direction.stream, Int32(SND_PCM_NONBLOCK))
        guard code >= 0, let opened else { throw .device(name: name, step: "open", code: code) }
        let setup: DeviceSetup
        do {
            setup = try DeviceSetup(opened, name: name, direction: direction)
        } catch {
            snd_pcm_close(opened)
            throw error
        }
        self.name = name
        self.direction = direction
        handle = opened
        rate = setup.rate
        channels = setup.channels
        period = setup.period
        buffer = setup.buffer
        isWide = setup.isWide
        frames = .allocate(byteCount: setup.period * setup.channels * (setup.isWide ? 4 : 2), alignment: 16)
        pollCount = max(0, Int(snd_pcm_poll_descriptors_count(opened)))
        polls = .allocate(capacity: pollCount + 1)
        polls.initialize(repeating: pollfd(), count: pollCount + 1)
    }

    deinit {
        snd_pcm_drop(handle)
        snd_pcm_close(handle)
        frames.deallocate()
        polls.deallocate()
    }

    /// Capture gives nothing before it.
    func start() -> Int32 { snd_pcm_start(handle) }

    /// Playback: silence at once.
    func drop() { snd_pcm_drop(handle) }

    /// After -EPIPE or -ESTRPIPE: ready again, or a negative code.
    func recover(from code: Int32) -> Int32 {
        var recovered = snd_pcm_recover(handle, code, 1)
        // A plugin says that it resumed also when it cannot.
        if recovered >= 0, snd_pcm_state(handle) == SND_PCM_STATE_SUSPENDED { recovered = snd_pcm_prepare(handle) }
        guard recovered >= 0, direction == .capture else { return recovered }
        return start()
    }

    /// Waits until the device is ready or `wakeup` is signalled (which it takes). True when the device is.
    func wait(for time: Duration, or wakeup: Wakeup) -> Bool {
        let count = snd_pcm_poll_descriptors(handle, polls, UInt32(pollCount))
        guard count >= 0 else { return true }
        polls[Int(count)] = pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(polls, nfds_t(count + 1), time.wholeMilliseconds) > 0 else { return false }
        if polls[Int(count)].revents != 0 { wakeup.take() }
        var events: UInt16 = 0
        snd_pcm_poll_descriptors_revents(handle, polls, UInt32(count), &events)
        return events != 0
    }

    /// Up to a period, mixed down. 0: nothing there yet. Negative: libasound's code.
    func read(into mono: UnsafeMutableBufferPointer<Int16>) -> Int {
        let count = snd_pcm_readi(handle, frames, snd_pcm_uframes_t(min(mono.count, period)))
        guard count > 0 else { return Self.passing(count) ? 0 : count }
        if isWide {
            let wide = frames.assumingMemoryBound(to: Int32.self)
            mix(count, into: mono) { Int(wide[$0] >> 16) }
        } else {
            let narrow = frames.assumingMemoryBound(to: Int16.self)
            mix(count, into: mono) { Int(narrow[$0]) }
        }
        return count
    }

    /// Up to a period, the same in every channel; returns as `read` does.
    func write(_ mono: UnsafeBufferPointer<Int16>) -> Int {
        let wished = min(mono.count, period)
        let narrow = frames.assumingMemoryBound(to: Int16.self)
        let wide = frames.assumingMemoryBound(to: Int32.self)
        for frame in 0..<wished {
            for channel in frame * channels..<(frame + 1) * channels {
                if isWide { wide[channel] = Int32(mono[frame]) << 16 } else { narrow[channel] = mono[frame] }
            }
        }
        let count = snd_pcm_writei(handle, frames, snd_pcm_uframes_t(wished))
        return Self.passing(count) ? 0 : count
    }

    /// Frames written and not yet heard, by the device's clock; 0 when it ran dry, nil when it does not know.
    var delay: Int? {
        var frames: snd_pcm_sframes_t = 0
        let code = snd_pcm_delay(handle, &frames)
        // Some give the last delay they knew as if it still held.
        switch snd_pcm_state(handle) {
        case SND_PCM_STATE_XRUN: return 0
        case SND_PCM_STATE_SUSPENDED, SND_PCM_STATE_DISCONNECTED: return nil
        default: return code < 0 ? nil : max(0, frames)
        }
    }

    /// Playback: there is no room for a period.
    var isFull: Bool {
        let room = snd_pcm_avail_update(handle)
        return room >= 0 && room < period
    }

    private func mix(_ count: Int, into mono: UnsafeMutableBufferPointer<Int16>, _ sample: (Int) -> Int) {
        for frame in 0..<count {
            var sum = 0
            for channel in 0..<channels { sum += sample(frame * channels + channel) }
            mono[frame] = Int16(clamping: sum / channels)
        }
    }

    private static func passing(_ code: Int) -> Bool { code == -Int(EAGAIN) || code == -Int(EINTR) }
}
