import CALSA

/// What was agreed with an open ALSA device.
struct DeviceSetup {
    let rate: Int
    let channels: Int
    let period: Int
    let buffer: Int
    /// 32 bits a sample instead of 16.
    let isWide: Bool

    init(_ handle: OpaquePointer, name: String, direction: AudioDevice.Direction) throws(AudioError) {
        func check(_ code: Int32, _ step: String) throws(AudioError) {
            guard code >= 0 else { throw .device(name: name, step: step, code: code) }
        }
        var made: OpaquePointer?
        snd_pcm_hw_params_malloc(&made)
        guard let hardware = made else { throw .device(name: name, step: "memory", code: -ENOMEM) }
        defer { snd_pcm_hw_params_free(hardware) }
        try check(snd_pcm_hw_params_any(handle, hardware), "parameters")
        // Where a plugin stands before the device it must not change the rate: we do that better.
        snd_pcm_hw_params_set_rate_resample(handle, hardware, 0)
        try check(snd_pcm_hw_params_set_access(handle, hardware, SND_PCM_ACCESS_RW_INTERLEAVED), "access")
        if snd_pcm_hw_params_set_format(handle, hardware, SND_PCM_FORMAT_S16) >= 0 {
            isWide = false
        } else if snd_pcm_hw_params_set_format(handle, hardware, SND_PCM_FORMAT_S32) >= 0 {
            isWide = true
        } else {
            throw .format(device: name)
        }
        var channels: UInt32 = 1
        var rate: UInt32 = 48_000
        try check(snd_pcm_hw_params_set_channels_near(handle, hardware, &channels), "channels")
        try check(snd_pcm_hw_params_set_rate_near(handle, hardware, &rate, nil), "rate")
        // A microphone's buffer is slack against a late thread; a speaker's is what a stop has to throw away.
        var bufferTime: UInt32 = direction == .capture ? 240_000 : 80_000
        // Listening goes on all day, and each period wakes two threads; what is spoken starts sooner by a short one.
        var periodTime: UInt32 = direction == .capture ? 40_000 : 10_000
        try check(snd_pcm_hw_params_set_buffer_time_near(handle, hardware, &bufferTime, nil), "buffer")
        try check(snd_pcm_hw_params_set_period_time_near(handle, hardware, &periodTime, nil), "period")
        try check(snd_pcm_hw_params(handle, hardware), "setup")
        var period: snd_pcm_uframes_t = 0
        var buffer: snd_pcm_uframes_t = 0
        try check(snd_pcm_hw_params_get_period_size(hardware, &period, nil), "period")
        try check(snd_pcm_hw_params_get_buffer_size(hardware, &buffer), "buffer")
        self.rate = Int(rate)
        self.channels = Int(channels)
        self.period = Int(period)
        self.buffer = Int(buffer)

        var madeSoftware: OpaquePointer?
        snd_pcm_sw_params_malloc(&madeSoftware)
        guard let software = madeSoftware else { throw .device(name: name, step: "memory", code: -ENOMEM) }
        defer { snd_pcm_sw_params_free(software) }
        try check(snd_pcm_sw_params_current(handle, software), "parameters")
        // Fewer than two periods, and PulseAudio runs dry at every write.
        let threshold = direction == .capture ? 1 : min(buffer, 2 * period)
        try check(snd_pcm_sw_params_set_start_threshold(handle, software, threshold), "start threshold")
        try check(snd_pcm_sw_params_set_avail_min(handle, software, period), "wakeup")
        try check(snd_pcm_sw_params(handle, software), "setup")
    }
}
