import Audio
import Endpoints
import Glibc

/// The audio chunks of a satellite as the speech side hears them. Belongs to one task.
struct SatelliteSound {
    private var pieces: WyomingSamples?
    private var resampler: Resampler?

    /// 16 kHz mono; empty when the chunk's format cannot be taken.
    mutating func samples(_ chunk: WyomingEvent) -> [Int16] {
        guard let format = WyomingFormat(chunk) else { return [] }
        if pieces?.format != format {
            pieces = WyomingSamples(format)
            resampler =
                format.rate == SpeechFormat.rate ? nil : try? Resampler(from: format.rate, to: SpeechFormat.rate)
        }
        let made = pieces?.add(chunk.payload) ?? []
        return resampler?.process(made) ?? made
    }

    /// The mean level in dB below full scale.
    static func level(_ samples: [Int16]) -> Double {
        guard !samples.isEmpty else { return -96 }
        let power = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(samples.count)
        return max(-96, 10 * log10(max(power, 1) / (32_768 * 32_768)))
    }
}
