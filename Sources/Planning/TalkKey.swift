/// What happens to the talk key, wherever it is: a hotkey, a pedal, a button.
package enum TalkKey: String, CaseIterable, Codable, Sendable {
    case down, up
    /// The other way round, for keys that only tell that they were pressed.
    case toggle
}
