import Audio
import Foundation
import SeededRandom

/// Noise to speak in, the same in every run.
package enum Noise: Sendable {
    case white
    /// A recording, from a place in it that `seed` chooses.
    case recording([Int16])

    /// `speech` with noise so much quieter than its voiced parts, in dB.
    package func mixed(into speech: [Int16], ratio: Double, seed: UInt64) -> [Int16] {
        let noise = samples(speech.count, seed: seed)
        let loudness = Self.power(Self.voiced(speech))
        let gain = (loudness / max(Self.power(noise), 1e-9) / pow(10, ratio / 10)).squareRoot()
        return zip(speech, noise).map { Int16(clamping: Int((Double($0) + gain * Double($1)).rounded())) }
    }

    private func samples(_ count: Int, seed: UInt64) -> [Int16] {
        var random = SeededRandom(seed)
        switch self {
        case .white:
            // The sum of four uniform numbers is near enough to a normal one.
            return (0..<count).map { _ in
                Int16(clamping: (0..<4).map { _ in random.next(below: 4001) - 2000 }.reduce(0, +))
            }
        case .recording(let recording):
            guard !recording.isEmpty else { return [Int16](repeating: 0, count: count) }
            let start = random.next(below: recording.count)
            return (0..<count).map { recording[(start + $0) % recording.count] }
        }
    }

    /// The louder half of the frames: speech with its pauses would seem quieter than it is.
    private static func voiced(_ speech: [Int16]) -> [Int16] {
        let frames = stride(from: 0, to: speech.count, by: SpeechFormat.frame).map {
            Array(speech[$0..<min($0 + SpeechFormat.frame, speech.count)])
        }
        return frames.sorted { power($0) > power($1) }.prefix(max(1, frames.count / 2)).flatMap { $0 }
    }

    private static func power(_ samples: [Int16]) -> Double {
        guard !samples.isEmpty else { return 0 }
        return samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(samples.count)
    }
}
