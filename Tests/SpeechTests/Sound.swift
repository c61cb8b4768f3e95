import Audio

@testable import Speech

/// Sound made for tests.
enum Sound {
    static func spoken(_ text: String, _ voice: LocalVoice.Name = .rms, rate: Double = 1) async throws -> [Int16] {
        var samples: [Int16] = []
        for try await chunk in LocalVoice(voice, rate: rate).speak(text) { samples += chunk.samples }
        return samples
    }

    static func silence(_ seconds: Double) -> [Int16] {
        [Int16](repeating: 0, count: Int(seconds * Double(SpeechFormat.rate)))
    }
}
