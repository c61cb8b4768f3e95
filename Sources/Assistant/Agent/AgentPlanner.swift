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
    private let memory: Memory
    private let patience: Duration

    /// - Parameters:
    ///   - models: May change while it runs; without any, it is the local planner.
    ///   - memory: What its search finds by; without it, by words alone.
    ///   - patience: How long one turn may take.
    package init(store: Store, models: Shared<[ChatModel]>, memory: Memory? = nil, patience: Duration = .seconds(60)) {
        self.store = store
        self.memory = memory ?? Memory(store: store)
        self.models = models
        self.patience = patience
    }

    package var asksForParts: Bool { models.value.isEmpty }

    package func answer(_ text: String, _ scene: Scene, _ delta: @Sendable (String) -> Void) async throws
        -> PlannerAnswer
    {
        let models = models.value
        guard !models.isEmpty else { return try await LocalPlanner(store: store).answer(text, scene, delta) }
        let messages = try await AgentContext(store: store).messages(text, scene)
        let deadline = ContinuousClock.now + patience
        var calls: [EngineCall] = []
        var reason = ""
        for model in models {
            let tools = AgentTools(store: store, scene: scene, model: model.model, memory: memory)
            var outcome = try await AgentTurn(model: model, tools: tools, deadline: deadline).run(messages, say: delta)
            let done = await tools.done
            calls += outcome.calls
            if let failure = outcome.failure {
                // A later failure says more than that an earlier one still rests.
                if reason.isEmpty || failure.kind != .resting { reason = failure.spoken(model) }
                // What was said cannot be unsaid, and what was done is not done twice: no other model begins anew.
                if outcome.said.isEmpty, done.isEmpty { continue }
                outcome.shortfall = failure.spoken(model)
            }
            // A reply that broke off helped nobody: what was said is kept for a better moment.
            let isNoted = outcome.brokeOff && done.isEmpty ? try await note(text, scene) : false
            return finish(outcome, done, calls, isNoted: isNoted, delta)
        }
        var kept = try await LocalPlanner(store: store, because: reason).answer(text, scene, delta)
        kept.calls = calls
        return kept
    }

    private func note(_ text: String, _ scene: Scene) async throws -> Bool {
        guard let project = scene.project else { return false }
        try await store.change(scene.origin, "the note \(Said.excerpt(text))") { change in
            _ = try change.addNote(text, project: project.id, plan: scene.plan?.id)
        }
        return true
    }

    /// More than a handful nobody listens to.
    private static func told(_ done: [String]) -> [String] {
        done.count <= 6 ? done : done.prefix(5) + ["made \(done.count - 5) more changes"]
    }

    /// The whole reply. What is added to the model's own words is streamed too, so that it is spoken.
    private func finish(
        _ outcome: AgentTurn.Outcome, _ done: [String], _ calls: [EngineCall], isNoted: Bool,
        _ delta: (String) -> Void
    ) -> PlannerAnswer {
        var said = outcome.said
        func add(_ sentence: String) {
            let piece = (said.isEmpty ? "" : " ") + sentence
            delta(piece)
            said += piece
        }
        // Silence after a change, or a failure after one, leaves the user in doubt about what was done.
        if !done.isEmpty, said.isEmpty || outcome.failure != nil {
            add(Said.sentence("I \(Said.list(Self.told(done)))"))
        }
        if let shortfall = outcome.shortfall { add(shortfall) }
        if isNoted { add("I noted what you said.") }
        let asks = said.reversed().first { !$0.isWhitespace } == "?"
        return PlannerAnswer(Reply(said, expectsAnswer: asks), calls: calls)
    }
}
