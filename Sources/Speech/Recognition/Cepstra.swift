import CSpeech

/// An utterance as the recogniser sees it, worked out once for all its passes.
struct Cepstra {
    static let width = Int(CSPEECH_CEPSTRA)
    var values: [Float]

    var frames: Int { values.count / Self.width }

    /// What normalises them: how this speaker sounds through this microphone in this room.
    var mean: [Float] {
        var mean = [Float](repeating: 0, count: Self.width)
        guard frames > 0 else { return mean }
        for frame in 0..<frames {
            for index in 0..<Self.width { mean[index] += values[frame * Self.width + index] }
        }
        return mean.map { $0 / Float(frames) }
    }
}
