import Audio

/// The sound of one turn, with the evidence that somebody really spoke.
package struct Utterance: Equatable, Sendable {
    /// 16 kHz mono, from the pre-roll to the last of the trailing silence.
    package var samples: [Int16]
    /// Position of the first sample on the capture clock.
    package var start: Int
    /// Milliseconds of voice in it.
    package var voiced: Int
    /// Mean level of the voiced frames in dB below full scale.
    package var level: Double
    /// Where the wake phrase in it ends, on the capture clock; nil when there is none in it.
    package var wakeEnd: Int?
    /// The same sound as Ogg Opus, when it was encoded as it came.
    package var opus: [UInt8]

    package init(
        samples: [Int16], start: Int = 0, voiced: Int = 0, level: Double = 0, wakeEnd: Int? = nil, opus: [UInt8] = []
    ) {
        self.samples = samples
        self.start = start
        self.voiced = voiced
        self.level = level
        self.wakeEnd = wakeEnd
        self.opus = opus
    }

    /// One past the position of the last sample.
    package var end: Int { start + samples.count }

    package var pcm: PCM { PCM(samples: samples, rate: SpeechFormat.rate) }
}
