import Planning
import Storage

extension Dialogue {
    /// What the last reply was made with: how its turn was understood and, where a language model was asked, which one and
    /// with what.
    func explain(_ scene: Scene) async throws -> Outcome {
        guard let conversation = scene.origin.conversationId else { return Outcome(Self.nothingSaid) }
        let turns = try await store.turns(of: conversation, last: 12).filter { $0.id != scene.origin.turnId }
        guard let asked = turns.last(where: { $0.role == .user && $0.command != Intent.explain.rawValue }) else {
            return Outcome(Self.nothingSaid)
        }
        guard asked.tier == .agent else {
            let command =
                asked.command.map { "the command \($0.replacing("_", with: " "))" } ?? "an answer to my question"
            return Outcome("I took “\(Said.excerpt(asked.used))” for \(command). No language model was asked.")
        }
        let calls = try await store.modelCalls(of: asked.id)
        guard let last = calls.last else {
            return Outcome(
                "No language model was asked about “\(Said.excerpt(asked.used))”. I kept it, or answered it by rule.")
        }
        let sources = try await store.sources(of: asked.id)
        let shown = sources.prefix(6).map { $0.isCut ? "a part of \($0.title)" : $0.title }
        let rest = sources.count - shown.count
        let used = shown + (rest > 0 ? ["\(rest) more"] : [])
        let tokens = last.promptTokens ?? last.estimatedTokens
        let count = last.promptTokens == nil ? "about \(tokens)" : "\(tokens)"
        return Outcome(
            "The language model \(last.model) said it, asked \(calls.count == 1 ? "once" : "\(calls.count) times")"
                + (used.isEmpty ? ", with nothing but what you said" : ", with \(Said.list(used))")
                + ". The last prompt took \(count) tokens.")
    }

    private static let nothingSaid = "I have not said anything yet."
}
