import Planning
import Storage

extension Dialogue {
    /// Whether what was said so far is all of it: at a pause, so that a whole command is done at once and half a sentence is
    /// not answered.
    package func judge(_ text: String) async -> Completeness {
        let words = SpokenWords(text)
        guard !words.words.isEmpty else { return .open }
        if isDictating {
            if case .more = Dictation.read(text, endWord) { return .open }
            return .complete
        }
        if endWord?.stripped(text) != nil { return .complete }
        if hasOpenQuestion, Consent(text) != .unclear { return .complete }
        guard let scene = try? await scene(for: store.currentConversation(at: clock()), text: text) else {
            return HangingWords.end(words) ? .incomplete : .open
        }
        let understanding = matcher.understand(text, names: scene.names)
        if let understanding, understanding.tier == .exact, understanding.unknown == nil {
            if understanding.slots.isEmpty, Self.wanting.contains(understanding.intent) { return .incomplete }
            let isFree = understanding.slots.keys.contains { Slot(rawValue: $0)?.isFree == true }
            if !isFree { return .complete }
        }
        return HangingWords.end(words) ? .incomplete : .open
    }

    /// Commands that want something said after them.
    private static let wanting: Set<Intent> = [
        .createProject, .createPlan, .addTask, .note, .search, .readSection, .appendToSection, .export, .openProject,
    ]
}
