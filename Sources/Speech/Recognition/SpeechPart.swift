import Audio

/// The part of a sound in which somebody speaks, with a little room around it.
///
/// What the recogniser gets of the noise before and after it takes for words.
struct SpeechPart {
    let samples: [Int16]
    /// Where the part begins in the whole.
    let start: Int

    /// Frames of sound kept around the voice: the s of "tasks" is hardly louder than the room. In noise it is lost
    /// anyway, and what else is there would be taken for words.
    private static let margin = 20
    private static let marginInNoise = 8
    /// Speech is in noise when it is not louder than that by more, in dB.
    private static let quiet = 35.0
    /// Where speech begins between the floor (0) and the loud parts (1).
    private static let threshold = 0.35
    /// With less contrast than this, in dB, nobody can tell.
    private static let contrast = 8.0

    init(of whole: [Int16]) {
        let frames = whole.count / SpeechFormat.frame
        let levels = whole.withUnsafeBufferPointer { buffer in
            (0..<frames).map { frame in
                VoiceActivity.level(
                    UnsafeBufferPointer(
                        rebasing: buffer[frame * SpeechFormat.frame..<(frame + 1) * SpeechFormat.frame]))
            }
        }
        let kept = Self.kept(levels) ?? 0..<frames
        start = kept.lowerBound * SpeechFormat.frame
        samples = Array(whole[start..<(kept.upperBound == frames ? whole.count : kept.upperBound * SpeechFormat.frame)])
    }

    /// The frames from the first to the last that are loud with their neighbours, and the margin.
    private static func kept(_ levels: [Double]) -> Range<Int>? {
        guard levels.count > 10 else { return nil }
        let sorted = levels.sorted()
        let floor = max(sorted[sorted.count / 10], -70)
        let loud = sorted[sorted.count * 95 / 100]
        guard loud - floor >= contrast else { return nil }
        let limit = floor + threshold * (loud - floor)
        let isVoiced = levels.indices.map { index in
            levels[max(0, index - 2)...min(levels.count - 1, index + 2)].count { $0 >= limit } >= 3
        }
        guard let first = isVoiced.firstIndex(of: true), let last = isVoiced.lastIndex(of: true) else { return nil }
        let margin = loud - floor > quiet ? margin : marginInNoise
        return max(0, first - margin)..<min(levels.count, last + 1 + margin)
    }
}
