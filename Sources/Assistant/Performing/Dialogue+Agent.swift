import LanguageModel
import Planning
import Storage
import Support

extension Dialogue {
    /// Lets the planner answer. When nobody waits for it any more its model is stopped, and what it said until then is the
    /// reply.
    func plan(
        _ text: String, _ scene: Scene, _ stop: Stop, _ emit: @escaping @Sendable (DialogueEvent) -> Void
    ) async throws -> Outcome {
        let said = Shared("")
        let answering = Task { [planner] in
            try await planner.answer(text, scene) { event in
                switch event {
                case .delta(let piece):
                    said.update { $0 += piece }
                    emit(.delta(piece))
                case .doing(let what): emit(.doing(what))
                }
            }
        }
        stop.cancels { answering.cancel() }
        do {
            let answer = try await answering.value
            return Outcome(answer.reply, question: answer.pending.map(Question.tool))
        } catch is CancellationError {
            return Outcome(said.value)
        }
    }

    /// Does what the user said yes to, in the user's own name.
    func run(_ pending: PendingTool, _ scene: Scene) async throws -> Outcome {
        guard let tool = ToolList[pending.name] else { return Outcome("I cannot do that any more.") }
        var (project, plan): (Project?, Plan?)
        if let id = pending.project { project = try await store.project(id) }
        if let id = pending.plan { plan = try await store.plan(id) }
        let session = ToolSession(
            store: store, origin: scene.origin, project: project, plan: plan, templates: scene.templates,
            isConfirmed: true)
        do {
            _ = try await session.perform(tool, pending.arguments)
            return Outcome("\(Said.sentence(Said.list(await session.done))) Say undo to take it back.")
        } catch let error as ToolError {
            return Outcome(Said.sentence(error.description))
        }
    }
}
