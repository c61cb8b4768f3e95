import Audio
import Foundation

/// Sounds to test with, and how alike two of them are.
enum Signal {
    static func sine(_ frequency: Double, seconds: Double, rate: Int = 16_000, amplitude: Double = 12_000) -> [Int16] {
        (0..<Int(seconds * Double(rate))).map {
            Int16((amplitude * sin(2 * .pi * frequency * Double($0) / Double(rate))).rounded())
        }
    }

    /// Rises through the speech band, so that it is like itself at one shift only. Never quite zero for long.
    static func chirp(seconds: Double, rate: Int = 16_000, amplitude: Double = 12_000) -> [Int16] {
        (0..<Int(seconds * Double(rate))).map {
            let time = Double($0) / Double(rate)
            let phase = 2 * Double.pi * (200 * time + 1400 * time * time / seconds)
            return Int16((amplitude * sin(phase)).rounded())
        }
    }

    /// Each sample its own number: what is missing or twice shows. Never zero.
    static func ramp(_ count: Int) -> [Int16] { (0..<count).map { Int16($0 % 30_000 + 1) } }

    static func correlation(_ a: some Collection<Int16>, _ b: some Collection<Int16>) -> Double {
        var (ab, aa, bb) = (0.0, 0.0, 0.0)
        for (x, y) in zip(a, b) {
            ab += Double(x) * Double(y)
            aa += Double(x) * Double(x)
            bb += Double(y) * Double(y)
        }
        return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
    }

    /// In decibels; both have the same length or the shorter one counts.
    static func signalToNoise(_ reference: [Int16], _ other: [Int16]) -> Double {
        var (signal, noise) = (0.0, 0.0)
        for (x, y) in zip(reference, other) {
            signal += Double(x) * Double(x)
            noise += (Double(x) - Double(y)) * (Double(x) - Double(y))
        }
        return 10 * log10(signal / max(noise, 1e-9))
    }
}

/// The same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
