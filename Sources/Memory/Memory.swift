import Planning
import Storage

/// Finds what was planned and said. It reads what changed since it last looked, and can be made again from nothing: the
/// store is the truth, this is an index of it.
package struct Memory: Sendable {
    private let store: Store

    /// Changes that are read in one step.
    private static let batch = 500

    package init(store: Store) { self.store = store }

    /// One thing that was found.
    package struct Hit: Equatable, Sendable, Codable {
        package let kind: Passage.Kind
        /// The id of the project, plan, task, note or turn.
        package let source: String
        package let project: String?
        /// The number of the plan.
        package let plan: Int?
        package let title: String
        package let excerpt: String
        /// How much of what was looked for is in it, 0 … 1.
        package let score: Double
        package let at: Timestamp
    }

    package struct Status: Equatable, Sendable, Codable {
        package let passages: [String: Int]
        /// Changes that it has not read yet.
        package let behind: Int
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

    /// Makes all of it again.
    package func rebuild() async throws -> Int {
        try await store.emptyMemory()
        return try await catchUp()
    }

    package func status() async throws -> Status {
        let mark = try await store.memoryMark()
        let counts = try await store.passageCounts()
        return Status(
            passages: Dictionary(counts.map { ($0.rawValue, $1) }, uniquingKeysWith: { $1 }),
            behind: Int(try await store.lastChange() - mark.audit))
    }

    /// What holds the words of `text`, the best first. In `project` first; when nothing is there, in all of them.
    package func search(
        _ text: String, project: Project.ID? = nil, kinds: Set<Passage.Kind>? = nil, limit: Int = 10
    ) async throws -> [Hit] {
        let terms = Terms.wanted(in: text)
        // More than are shown: of a plan or a conversation only the best passage is.
        var hits = try await store.search(PassageQuery(terms, project: project, kinds: kinds, limit: 3 * limit))
        if hits.isEmpty, project != nil {
            hits = try await store.search(PassageQuery(terms, kinds: kinds, limit: 3 * limit))
        }
        // What was said and is written in a plan by now is read there.
        hits.sort { $0.weight > $1.weight }
        var seen: Set<String> = []
        var shown: [Hit] = []
        for hit in hits where shown.count < limit {
            let group = hit.passage.kind == .turn ? hit.passage.conversationId?.rawValue : nil
            guard seen.insert(group ?? hit.passage.source + hit.passage.title).inserted else { continue }
            shown.append(try await self.hit(hit, terms))
        }
        return shown
    }

    private func hit(_ found: PassageHit, _ terms: [String]) async throws -> Hit {
        let passage = found.passage
        var project: Project?
        var plan: Plan?
        if let id = passage.projectId { project = try await store.project(id) }
        if let id = passage.planId { plan = try await store.plan(id) }
        return Hit(
            kind: passage.kind, source: passage.source, project: project?.name, plan: plan?.number,
            title: passage.title, excerpt: Excerpt(passage.text, around: terms).text,
            score: (found.score * 1000).rounded() / 1000, at: passage.createdAt)
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

extension PassageHit {
    fileprivate var weight: Double { passage.kind == .turn ? 0.8 * rank : rank }
}
