import Audio
import Logging
import Support

/// Where the voice loop's sound comes from: a microphone, or a room made for a test.
package struct Ears: Sendable {
    package var frames: FrameSource
    /// What Aloud plays meanwhile, as it goes to the device; nil when none of it can be heard.
    package var tap: EchoTap?
    package var open: @Sendable () -> Void
    package var close: @Sendable () async -> Void
    package var inWords: @Sendable () -> String

    package init(
        frames: FrameSource, tap: EchoTap? = nil, open: @escaping @Sendable () -> Void = {},
        close: @escaping @Sendable () async -> Void = {}, inWords: @escaping @Sendable () -> String = { "open" }
    ) {
        self.frames = frames
        self.tap = tap
        self.open = open
        self.close = close
        self.inWords = inWords
    }
}

extension Ears {
    /// A sound device. What happens to it goes to the log.
    package static func microphone(_ device: String, tap: EchoTap?) throws(AudioError) -> Ears {
        let log = Logger(label: "aloud.sound")
        let words = Shared("closed")
        let microphone = try Microphone(device: device) { event in
            event.log(to: log)
            words.update { $0 = event.described ?? $0 }
        }
        return Ears(
            frames: .microphone(microphone), tap: tap, open: { microphone.start() }, close: { await microphone.stop() },
            inWords: { words.value })
    }
}

extension Mouth {
    /// A sound device that tells the taps what it plays. What happens to it goes to the log.
    package static func speaker(_ device: String, taps: [EchoTap]) throws(AudioError) -> Mouth {
        let log = Logger(label: "aloud.sound")
        return .speaker(
            try Speaker(device: device, onEvent: { $0.log(to: log) }) { samples, rate, _ in
                for tap in taps { tap.hear(samples, rate: rate) }
            })
    }
}
