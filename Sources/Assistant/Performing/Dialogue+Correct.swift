import Planning
import Storage
import Support

/// A command that was done, and what it changed.
struct DoneCommand: Sendable {
    let understanding: Understanding
    /// The last change in the store when it was done; nil when it changed nothing.
    let change: Int64?
}

extension Dialogue {
    /// Does it and keeps it for “no, I meant …”.
    func runAndKeep(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard understanding.intent.canBeCorrected else { return try await run(understanding, scene) }
        let before = try await store.lastChange()
        let outcome = try await run(understanding, scene)
        let after = try await store.lastChange()
        lastCommand = DoneCommand(understanding: understanding, change: after > before ? after : nil)
        return outcome
    }

    /// Puts what was meant in the place of what was understood: takes the last command back and does it again.
    func correct(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let last = lastCommand, let said = understanding.text(.text) else {
            return Outcome("There is nothing to correct. Say the command again.")
        }
        guard let meant = last.understanding.corrected(to: SpokenWords(said), matcher, scene.names) else {
            return Outcome("I can't tell what \(said) stands for. Say the command again.")
        }
        // Something else was done since: that is not to be taken back.
        if let change = last.change, change == (try await store.lastChange()) {
            guard case .done = try await store.undo(scene.origin) else {
                return Outcome("I could not take the last command back. Say the command again.")
            }
        }
        guard let conversation = scene.conversation else { return try await runAndKeep(meant, scene) }
        let now = try await self.scene(for: conversation, text: said)
        let fresh = Scene(
            origin: scene.origin, focus: now.focus, project: now.project, plan: now.plan, names: now.names,
            templates: now.templates, askedSection: now.askedSection, conversation: conversation, askedAt: scene.askedAt
        )
        return table.asksFirst(meant) ? try await ask(meant, fresh) : try await runAndKeep(meant, fresh)
    }
}

extension Understanding {
    /// The same command with `words` in the slot that they fit; nil when they fit none.
    fileprivate func corrected(to words: SpokenWords, _ matcher: Matcher, _ names: LiveNames) -> Understanding? {
        let mine = Slot.allCases.filter { slots[$0.rawValue] != nil || unknown?.slot == $0 || unclear?.slot == $0 }
        for slot in mine.filter({ !$0.isFree }) + mine.filter(\.isFree) {
            guard case .value(let value, let score) = matcher.read(slot, words, names: names),
                score >= Matcher.acceptance,
                value != slots[slot.rawValue]
            else { continue }
            var corrected = self
            corrected.slots[slot.rawValue] = value
            corrected.unknown = nil
            corrected.unclear = nil
            corrected.score = 1
            return corrected
        }
        return nil
    }
}

extension Intent {
    fileprivate var canBeCorrected: Bool {
        switch self {
        case .correct, .undo, .redo, .repeat, .cancel, .stop, .mute, .wake, .sleep, .help, .slower, .faster, .shorter,
            .skip, .spell, .dictate, .why, .explain, .praise, .complain:
            false
        default: true
        }
    }
}
