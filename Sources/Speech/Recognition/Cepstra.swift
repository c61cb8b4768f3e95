import CSpeech

/// An utterance as the recogniser sees it, worked out once for all its passes.
struct Cepstra {
    static let width = Int(CSPEECH_CEPSTRA)

    var values: [Float]

    var frames: Int { values.count / Self.width }

    /// What normalises them: how this speaker sounds through this microphone in this room.
    ///
    /// A command is too short to tell that by itself (a lone "stop" is half s), so what the model was trained on
    /// counts like a second of sound.
    var mean: [Float] {
        let prior = Float(100)
        var sum = Self.usual.map { $0 * prior }
        for frame in 0..<frames {
            for index in 0..<Self.width { sum[index] += values[frame * Self.width + index] }
        }
        return sum.map { $0 / (prior + Float(frames)) }
    }

    /// `-cmninit` of the model's own parameters.
    private static let usual: [Float] = [
        41.00, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17,
    ]
}
