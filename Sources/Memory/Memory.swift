import Planning
import Storage
import Support

/// Finds what was planned and said. It reads what changed since it last looked, and can be made again from nothing: the
/// store is the truth, this is an index of it.
package struct Memory: Sendable {
    let store: Store
    /// May change while it runs; without an embedder things are found by their words alone.
    package let embedding: Shared<Embedding>
    let index: VectorIndex

    /// Changes that are read in one step.
    static let batch = 500

    package init(store: Store, embedding: Shared<Embedding> = Shared(Embedding())) {
        self.store = store
        self.embedding = embedding
        index = VectorIndex(store: store)
    }

    /// Reads what changed. How many rows that were.
    @discardableResult
    package func catchUp() async throws -> Int {
        var read = 0
        var mark = try await store.memoryMark()
        while true {
            let (changed, last) = try await store.changedEntities(after: mark.audit, limit: Memory.batch)
            let (turns, lastTurn) = try await store.turns(afterRow: mark.turn, limit: Memory.batch)
            guard last > mark.audit || lastTurn > mark.turn else { return read }
            var sources: Set<String> = Set(turns.map(\.0.id.rawValue))
            var passages = turns.flatMap { Passages.of($0, project: $1) }
            for (entity, id) in changed {
                guard let (source, made) = try await passagesOf(entity, id), sources.insert(source).inserted else {
                    continue
                }
                passages += made
            }
            mark = MemoryMark(audit: last, turn: lastTurn)
            try await store.remember(passages, insteadOf: Array(sources), upTo: mark)
            read += changed.count + turns.count
        }
    }

    /// Makes all of it again, but for the vectors: `embed` does those.
    package func rebuild() async throws -> Int {
        try await store.emptyMemory()
        return try await catchUp()
    }

    /// What a changed row is a part of, and the passages that this has now; nil for what is never looked for.
    private func passagesOf(_ entity: String, _ id: String) async throws -> (source: String, [Passage])? {
        switch entity {
        case "project":
            return (id, try await store.project(Project.ID(rawValue: id)).map(Passages.of) ?? [])
        case "plan", "planDraft": return (id, try await sections(of: Plan.ID(rawValue: id)))
        case "planTask":
            guard let task = try await store.task(PlanTask.ID(rawValue: id)),
                let plan = try await store.plan(task.planId)
            else { return (id, []) }
            return (id, Passages.of(task, in: plan))
        case "note":
            return (id, try await store.note(Note.ID(rawValue: id)).map(Passages.of) ?? [])
        // A version is read with its plan, whose row changes with it.
        default: return nil
        }
    }

    private func sections(of id: Plan.ID) async throws -> [Passage] {
        guard let plan = try await store.plan(id) else { return [] }
        return Passages.of(plan, text: try await store.text(of: plan) ?? "# \(plan.title)\n")
    }
}
