import Planning
import Storage

/// The turn before, as what follows may go on with it.
struct LastTurn: Sendable {
    let id: Turn.ID
    let text: String
    let tier: Turn.Tier
}

extension Dialogue {
    /// What somebody said who went on after Aloud had taken them to be finished: both pieces when they make one command, or
    /// one thought; the second alone when it stands by itself. What the first piece did is taken back when both are one.
    func whole(
        _ heard: Heard, after last: LastTurn?, _ conversation: Conversation, _ turn: Turn
    ) async throws -> String {
        guard heard.continues, let last else { return heard.text }
        let both = "\(last.text) \(heard.text)"
        let scene = try await scene(for: conversation, turn: turn, text: both)
        let alone = matcher.understand(heard.text, names: scene.names)
        if alone?.tier == .exact { return heard.text }
        let together = matcher.understand(both, names: scene.names)
        guard together != nil || (alone == nil && last.tier == .agent) else { return heard.text }
        _ = try await store.undo(scene.origin, madeBy: last.id)
        return both
    }
}
