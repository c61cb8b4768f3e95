/// How loud it is when nobody speaks, in dB below full scale: quick to fall, slow to rise, slower during voice.
struct NoiseFloor: Equatable, Sendable {
    private(set) var level: Double?

    /// A microphone that gives pure zeros must not make every rustle a voice, nor a noisy start deafen.
    static let bounds = -70.0 ... -30.0
    /// Speech that is there from the first frame must not pass for noise.
    private static let highestStart = -48.0
    private static let fall = 0.2
    /// In dB a frame of 10 ms.
    private static let rise = 0.03
    private static let riseInVoice = 0.003

    mutating func hear(_ level: Double, isVoice: Bool) {
        guard let floor = self.level else {
            self.level = min(max(level, Self.bounds.lowerBound), Self.highestStart)
            return
        }
        let next =
            level < floor
            ? floor + Self.fall * (level - floor)
            : min(level, floor + (isVoice ? Self.riseInVoice : Self.rise))
        self.level = min(max(next, Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}
