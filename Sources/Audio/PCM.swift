/// A stretch of sound: signed 16-bit samples, mono, at `rate` samples per second.
package struct PCM: Equatable, Sendable {
    package var samples: [Int16]
    package let rate: Int

    package init(samples: [Int16] = [], rate: Int) {
        self.samples = samples
        self.rate = rate
    }

    /// Length in milliseconds, rounded down.
    package var milliseconds: Int { rate > 0 ? samples.count * 1000 / rate : 0 }
}

/// What the speech side hears: 16 kHz mono, cut into frames of 10 ms.
package enum SpeechFormat {
    package static let rate = 16_000
    package static let frame = 160
}
