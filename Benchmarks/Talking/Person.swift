import Audio
import Foundation
import SeededRandom
import Speech

/// Somebody in the room: one of the local voices, at a pace and a loudness of its own.
struct Person: Sendable {
    let voice: LocalVoice.Name
    var rate = 1.0
    /// In dB of what the voice gives.
    var gain = 0.0
    private let mouth: LocalVoice

    init(_ voice: LocalVoice.Name, rate: Double = 1, gain: Double = 0) {
        self.voice = voice
        self.rate = rate
        self.gain = gain
        mouth = LocalVoice(voice, rate: rate)
    }

    /// What is said, without the silence that the voice begins and ends with, but for its first and last consonants.
    func say(_ text: String) async throws -> [Int16] {
        var samples: [Int16] = []
        for try await chunk in mouth.speak(text) { samples += chunk.samples }
        guard let first = samples.firstIndex(where: Self.isAudible), let last = samples.lastIndex(where: Self.isAudible)
        else { return [] }
        let factor = pow(10, gain / 20)
        return samples[first...last].map { Int16(clamping: Int((Double($0) * factor).rounded())) }
    }

    /// 36 dB below full scale.
    private static func isAudible(_ sample: Int16) -> Bool { abs(Int(sample)) > 500 }
}

/// Where voice begins in clean speech: the first 30 ms that repeat with the pitch of a voice. In samples.
enum VoiceOnset {
    private static let window = 480
    /// 80 to 400 Hz.
    private static let lags = 40...200

    static func of(_ samples: [Int16]) -> Int {
        let sound = samples.map(Double.init)
        for start in stride(from: 0, to: max(0, sound.count - window - lags.upperBound), by: 160) {
            func product(_ lag: Int) -> Double {
                (start..<start + window).reduce(0.0) { $0 + sound[$1] * sound[$1 + lag] }
            }
            let power = product(0)
            guard power / Double(window) > 500 * 500 else { continue }
            let isPeriodic = lags.contains { lag in
                let other = (start + lag..<start + lag + window).reduce(0.0) { $0 + sound[$1] * sound[$1] }
                return product(lag) > 0.7 * (power * max(other, 1)).squareRoot()
            }
            if isPeriodic { return start }
        }
        return 0
    }
}

extension SeededRandom {
    /// 0 ..< 1
    mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }

    mutating func number(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + share() * (range.upperBound - range.lowerBound)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }

    /// Of the standard normal distribution (Box and Muller).
    mutating func normal() -> Double { (-2 * log(max(share(), 1e-12))).squareRoot() * cos(2 * .pi * share()) }
}
