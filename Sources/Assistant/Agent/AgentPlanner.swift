import LanguageModel
import Memory
import Planning
import Storage
import Support

/// Answers free speech with a language model that may use tools. The models are asked in their order; when none of
/// them answers, what was said is kept as without one, and the reason is told.
package struct AgentPlanner: Planner {
    private let store: Store
    private let models: Shared<[ChatModel]>
    private let desk: ModelDesk
    private let memory: Memory
    private let patience: Duration

    /// - Parameters:
    ///   - models: May change while it runs; without any, it is the local planner.
    ///   - limits: May change too.
    ///   - memory: What its search finds by; without it, by words alone.
    ///   - patience: How long one turn may take.
    package init(
        store: Store, models: Shared<[ChatModel]>, limits: Shared<ModelLimits> = Shared(ModelLimits()),
        memory: Memory? = nil, patience: Duration = .seconds(60)
    ) {
        self.store = store
        self.models = models
        self.patience = patience
        self.memory = memory ?? Memory(store: store)
        desk = ModelDesk(store: store, limits: limits)
    }

    package var asksForParts: Bool { models.value.isEmpty }

    package func answer(_ text: String, _ scene: Scene, _ tell: @Sendable (PlannerEvent) -> Void) async throws
        -> PlannerAnswer
    {
        let models = models.value
        guard !models.isEmpty else { return try await LocalPlanner(store: store).answer(text, scene, tell) }
        if try await isThin(text, scene) {
            tell(.delta(ThinRequest.question))
            return PlannerAnswer(.asking(ThinRequest.question))
        }
        let deadline = ContinuousClock.now + patience
        var reason = ""
        for model in models {
            let tools = session(scene, model)
            let context = AgentContext(
                store: store, estimate: try await desk.estimate(for: model), room: ModelDesk.room(of: model))
            let composed = try await context.compose(text, scene)
            if let turn = scene.origin.turnId {
                try await store.record(composed.sources, of: turn, found: composed.found)
            }
            let run = AgentTurn(
                desk: desk, model: model, tools: tools, offered: composed.tools, turn: scene.origin.turnId,
                deadline: deadline)
            var outcome = try await run.run(composed.messages, tell: tell)
            let (done, pending) = await (tools.told, tools.pending)
            if let failure = outcome.failure {
                // A later failure says more than that an earlier one still rests.
                if reason.isEmpty || failure.kind != .resting { reason = failure.spoken(model) }
                // What was said cannot be unsaid, and what was done is not done twice: no other model begins anew.
                if outcome.said.isEmpty, done.isEmpty, pending == nil { continue }
                outcome.shortfall = failure.spoken(model)
            }
            // A reply that broke off helped nobody: what was said is kept for a better moment.
            let isNoted = outcome.brokeOff && done.isEmpty ? try await note(text, scene) : false
            return finish(outcome, done, pending, isNoted: isNoted, tell)
        }
        return try await LocalPlanner(store: store, because: reason).answer(text, scene, tell)
    }

    private func session(_ scene: Scene, _ model: ChatModel) -> ToolSession {
        let origin = Origin(
            actor: model.model, surface: scene.origin.surface, conversationId: scene.origin.conversationId,
            turnId: scene.origin.turnId)
        return ToolSession(
            store: store, origin: origin, project: scene.project, plan: scene.plan, templates: scene.templates,
            breakdown: Breakdown(
                store: store, answer: StructuredAnswer(desk: desk, models: models), turn: scene.origin.turnId),
            memory: memory)
    }

    /// Whether neither the words nor what came before them say what to plan.
    private func isThin(_ text: String, _ scene: Scene) async throws -> Bool {
        guard scene.plan == nil, ThinRequest.isThin(text), let conversation = scene.origin.conversationId else {
            return false
        }
        return try await !store.turns(of: conversation, last: 8).contains { turn in
            turn.id != scene.origin.turnId && turn.role == .user && turn.tier == .agent
                && !ThinRequest.isThin(turn.used)
        }
    }

    private func note(_ text: String, _ scene: Scene) async throws -> Bool {
        guard let project = scene.project else { return false }
        try await store.change(scene.origin, "the note \(Said.excerpt(text))") { change in
            _ = try change.addNote(text, project: project.id, plan: scene.plan?.id)
        }
        return true
    }

    /// The whole reply. What is added to the model's own words is streamed too, so that it is spoken.
    private func finish(
        _ outcome: AgentTurn.Outcome, _ done: [String], _ pending: PendingTool?, isNoted: Bool,
        _ tell: (PlannerEvent) -> Void
    ) -> PlannerAnswer {
        var said = outcome.said
        func add(_ sentence: String) {
            let piece = (said.isEmpty ? "" : " ") + sentence
            tell(.delta(piece))
            said += piece
        }
        // Silence after a change, or a failure after one, leaves the user in doubt about what was done.
        if !done.isEmpty, said.isEmpty || outcome.failure != nil {
            add(Said.sentence("I \(Said.list(done))"))
        }
        if let shortfall = outcome.shortfall { add(shortfall) }
        if isNoted { add("I noted what you said.") }
        if let pending { add(pending.question) }
        let asks = pending != nil || said.reversed().first { !$0.isWhitespace } == "?"
        return PlannerAnswer(Reply(said, expectsAnswer: asks), pending: pending)
    }
}
