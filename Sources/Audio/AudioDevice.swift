import CALSA

/// A device by the name ALSA opens it with.
package struct AudioDevice: Equatable, Sendable {
    package enum Direction: Sendable {
        case capture
        case playback

        var stream: snd_pcm_stream_t { self == .capture ? SND_PCM_STREAM_CAPTURE : SND_PCM_STREAM_PLAYBACK }
    }

    package let name: String
    /// Lines of text for people.
    package let description: String
    package let directions: Set<Direction>

    /// What the configuration of ALSA lists, which is not a promise that it opens.
    package static func list() -> [AudioDevice] {
        ALSALog.install()
        var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        guard snd_device_name_hint(-1, "pcm", &hints) >= 0, let hints else { return [] }
        defer { snd_device_name_free_hint(hints) }
        var devices: [AudioDevice] = []
        var next = hints
        while let hint = next.pointee {
            if let name = text("NAME", of: hint), name != "null" {
                let directions: Set<Direction> =
                    switch text("IOID", of: hint) {
                    case "Input": [.capture]
                    case "Output": [.playback]
                    default: [.capture, .playback]
                    }
                devices.append(
                    AudioDevice(name: name, description: text("DESC", of: hint) ?? name, directions: directions))
            }
            next += 1
        }
        return devices
    }

    private static func text(_ key: String, of hint: UnsafeMutableRawPointer) -> String? {
        guard let text = snd_device_name_get_hint(hint, key) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
