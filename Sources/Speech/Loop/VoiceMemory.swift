/// What the voice loop shall know again after a restart.
package enum VoiceMemory: Equatable, Sendable {
    case pauses(PauseHabit)
    case pace(Pace)
    /// What was chosen by word.
    case mode(VoiceLoop.Mode)
    case isMuted(Bool)
}
