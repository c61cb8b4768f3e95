import LanguageModel
import Planning
import Storage
import Support

/// Writes down what a conversation came to when it is over: a few sentences, and the decisions and lessons in it as
/// proposals.
package struct ConversationSummariser: Sendable {
    private let store: Store
    private let answer: StructuredAnswer

    /// Fewer turns than this are read faster than their summary.
    package static let leastTurns = 6
    private static let mostTurns = 200
    /// What ended longer ago, in milliseconds, is left alone: nobody who sets up a model means years of talk by it.
    private static let oldest: Int64 = 7 * 86_400_000
    /// Conversations that are summed up at once.
    private static let atOnce = 5

    package init(store: Store, answer: StructuredAnswer) {
        self.store = store
        self.answer = answer
    }

    static let form = AnswerForm(
        "summary",
        .object([
            JSONShape.Field(
                "summary", .text(atMost: 1500), "What was talked about, in two to five sentences.", required: true),
            JSONShape.Field(
                "decisions", .list(.line(atMost: 500), atMost: 10),
                "What the user decided, one sentence each; none invented.",
                required: true),
            JSONShape.Field(
                "lessons", .list(.line(atMost: 500), atMost: 10), "What was learnt that helps next time.",
                required: true),
        ]))

    private static let rules = """
        You sum up a conversation between a user and a planner for software projects. Say only what was said. Answer with one \
        JSON object, and nothing else: {"summary":"…","decisions":["…"],"lessons":["…"]}; empty lists where there is nothing.

        """

    /// Sums up the conversations that are over. How many that were; it stops at the first that fails.
    @discardableResult
    package func catchUp(at moment: Timestamp = .now) async throws -> Int {
        guard answer.isPossible else { return 0 }
        let end = moment.advanced(byMilliseconds: -Store.conversationRest)
        let over = try await store.unsummarised(
            endedIn: end.advanced(byMilliseconds: -Self.oldest)..<end, turns: Self.leastTurns, limit: Self.atOnce)
        for conversation in over { try await summarise(conversation) }
        return over.count
    }

    /// Sums up one conversation that is over, within `limit`. nil when there is nothing to sum up or no model to do it;
    /// throws when none answers in time, and then `catchUp` does it one day.
    package func sumUp(_ conversation: Conversation, within limit: Duration) async throws -> ConversationSummary? {
        guard answer.isPossible, try await store.summary(of: conversation.id) == nil,
            try await store.turns(of: conversation.id, last: Self.leastTurns).count >= Self.leastTurns
        else { return nil }
        try await withDeadline(limit) { try await summarise(conversation) }
        return try await store.summary(of: conversation.id)
    }

    private func summarise(_ conversation: Conversation) async throws {
        let turns = try await store.turns(of: conversation.id, last: Self.mostTurns)
        let focus = try await store.focus(of: conversation.id)
        let lines = turns.filter { !$0.used.isEmpty }
            .map { ($0.role == .user ? "User: " : "Planner: ") + CleanText.line($0.used) }
        let fitting: StructuredAnswer.Fitting
        do {
            fitting = try await ask(lines, conversation, focus)
        } catch let failure as StructuredAnswer.Failure where failure.isAboutForm {
            // It is not asked for the same again and again.
            return try await store.keep(ConversationSummary(conversationId: conversation.id, text: "", model: ""))
        }
        let arguments = ToolArguments(value: fitting.value)
        let summary = ConversationSummary(
            conversationId: conversation.id, text: CleanText.block(arguments.text("summary") ?? ""),
            model: fitting.model)
        let origin = Origin(
            actor: fitting.model, surface: .socket, conversationId: conversation.id, turnId: turns.last?.id)
        let proposals =
            (arguments.texts("decisions") ?? []).map { (Decision.Kind.decision, $0) }
            + (arguments.texts("lessons") ?? []).map { (Decision.Kind.lesson, $0) }
        let wanted = proposals.filter { !CleanText.line($0.1).isEmpty }
        try await store.change(origin, "what the last conversation came to") { change in
            // Somebody else may have summed it up meanwhile.
            guard try change.keep(summary) else { return }
            for (kind, text) in wanted {
                _ = try change.addDecision(text, kind: kind, status: .proposed, project: focus.projectId)
            }
        }
    }

    private func ask(
        _ lines: [String], _ conversation: Conversation, _ focus: Focus
    ) async throws -> StructuredAnswer.Fitting {
        try await answer.get(Self.form, for: "summary") { room, estimate in
            let rules = ChatMessage.system(Self.rules + Fence.rule)
            var material = ContextRoom(tokens: room - estimate.tokens(of: ChatRequest([rules])) - 60, estimate)
            material.add(
                .turns, lines.joined(separator: "\n"), what: "the conversation", source: conversation.id.rawValue,
                project: focus.projectId, share: 100)
            return [rules, .user(material.parts.joined() + "\n\nSum this conversation up.")]
        }
    }
}
