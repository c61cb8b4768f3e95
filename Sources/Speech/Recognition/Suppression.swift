import Audio

/// Noise suppression of a whole utterance.
enum Suppression {
    static func applied(_ level: VoiceActivity.Suppression, to samples: [Int16]) throws(SpeechError) -> [Int16] {
        guard level != .off else { return samples }
        let activity = try VoiceActivity(level)
        var cleaned = samples
        cleaned.withUnsafeMutableBufferPointer { buffer in
            for start in stride(from: 0, to: buffer.count - SpeechFormat.frame + 1, by: SpeechFormat.frame) {
                let frame = UnsafeMutableBufferPointer(rebasing: buffer[start..<start + SpeechFormat.frame])
                _ = activity.process(frame)
            }
        }
        return cleaned
    }
}
