import LanguageModel
import Memory
import Planning
import Storage

/// What the model gets to see of a conversation, within its room and by worth: the rules and what is asked; the section it
/// is about; what was said last; the open plan; its tasks; what was decided; what is like it elsewhere.
struct AgentContext: Sendable {
    let store: Store
    let estimate: TokenEstimate
    /// Tokens that the whole prompt may take.
    let room: Int

    /// Turns of the past that are looked at.
    static let turns = 24
    static let tasks = 80
    static let openParts = 30
    /// With less room than this only the most needed tools are offered.
    static let narrow = 6000

    struct Composed {
        let messages: [ChatMessage]
        let tools: [ToolDefinition]
        let sources: [TurnSource]
        /// Passages that the memory found for it.
        let found: Int
    }

    func compose(_ text: String, _ scene: Scene) async throws -> Composed {
        let isNarrow = room < Self.narrow
        let tools = ToolList.all.filter { !isNarrow || ToolList.core.contains($0.name) }.map(\.definition)
        let place = try await situation(scene)
        let fixed: [ChatMessage] = [
            .system(AgentPrompt.system), .system(Fence.around(place, what: "what is open")), .user(text),
        ]
        var room = ContextRoom(
            tokens: room - estimate.tokens(of: ChatRequest(fixed, tools: tools)), estimate)
        let document = try await document(scene)
        addFocus(text, document, scene, to: &room)
        let past = try await past(scene, &room)
        try await addPlan(document, scene, to: &room)
        try await addDecisions(scene, to: &room)
        let found = try await addSimilar(text, scene, to: &room)
        try await addSummary(to: &room)
        let material = room.parts.isEmpty ? [] : [ChatMessage.system(room.parts.joined(separator: "\n\n"))]
        return Composed(
            messages: Array(fixed.prefix(2)) + material + past + [.user(text)], tools: tools, sources: room.sources,
            found: found)
    }

    /// A few lines that are always there.
    private func situation(_ scene: Scene) async throws -> String {
        guard let project = scene.project else {
            let known = scene.names.projects.prefix(20).joined(separator: ", ")
            return "No project is open. Known projects: \(known.isEmpty ? "none" : known). "
                + "The user opens one by saying: open project, and its name."
        }
        guard let plan = scene.plan else {
            let titles = scene.names.plans.prefix(20).joined(separator: "; ")
            return "Open project: \(project.name).\nNo plan is open. Its plans: \(titles.isEmpty ? "none" : titles)."
        }
        let hasDraft = try await store.draft(of: plan.id) != nil
        return """
            Open project: \(project.name).
            Open plan: number \(plan.number), \(plan.title), base_version \(plan.latestVersion)\
            \(hasDraft ? ", with a draft that is not saved" : "").
            """
    }

    private func document(_ scene: Scene) async throws -> Outline? {
        guard let plan = scene.plan, let text = try await store.text(of: plan) else { return nil }
        return Outline(markdown: text)
    }

    /// The sections that are asked for, or whose heading is said.
    private func addFocus(_ text: String, _ document: Outline?, _ scene: Scene, to room: inout ContextRoom) {
        guard let plan = scene.plan, let document else { return }
        let said = " " + SpokenWords(text).plain.joined(separator: " ") + " "
        let named = document.sections.indices.filter { index in
            let section = document.sections[index]
            guard section.level > 1, !section.heading.isEmpty else { return false }
            return section.heading == scene.askedSection
                || said.contains(" " + SpokenWords(section.heading).plain.joined(separator: " ") + " ")
        }
        for index in named.prefix(3) {
            let heading = document.sections[index].heading
            room.add(
                .section, document.whole(at: index), what: "plan \(plan.number), section \(heading)",
                source: plan.id.rawValue, project: plan.projectId, share: 30)
        }
    }

    private func addPlan(_ document: Outline?, _ scene: Scene, to room: inout ContextRoom) async throws {
        guard let project = scene.project else { return }
        if !project.description.isEmpty {
            room.add(
                .plan, project.description, what: "what project \(project.name) is about",
                source: project.id.rawValue, project: project.id, share: 10)
        }
        guard let plan = scene.plan else { return }
        if let document {
            room.add(
                .plan, document.markdown, what: "plan \(plan.number), \(plan.title)", source: plan.id.rawValue,
                project: project.id, share: 55)
        }
        room.add(
            .plan, openParts(plan, document, scene), what: "what plan \(plan.number) still misses of its template",
            source: plan.id.rawValue, project: project.id, share: 10)
        let tasks = try await store.tasks(of: plan.id)
        let shown = (tasks.filter(\.status.isOpen) + tasks.filter { !$0.status.isOpen }).prefix(Self.tasks)
        room.add(
            .tasks, shown.map(\.inContext).joined(separator: "\n"), what: "the tasks of plan \(plan.number)",
            source: plan.id.rawValue, project: project.id, share: 25)
        let notes = try await store.waitingNotes(of: plan.id).suffix(20).map { "- \($0.text.prefix(500))" }
        room.add(
            .notes, notes.joined(separator: "\n"), what: "notes that wait to be worked into plan \(plan.number)",
            source: plan.id.rawValue, project: project.id, share: 15)
    }

    private func addDecisions(_ scene: Scene, to room: inout ContextRoom) async throws {
        guard let project = scene.project else { return }
        let all = try await store.decisions(of: project.id, limit: 60)
            .filter { $0.status == .accepted || $0.status == .proposed }
        let lines = all.prefix(30).map { "\($0.number). \($0.kind.rawValue), \($0.status.rawValue): \($0.text)" }
        room.add(
            .decisions, lines.joined(separator: "\n"), what: "what was decided and learnt about \(project.name)",
            source: all.first?.id.rawValue ?? "", project: project.id, share: 15)
    }

    /// How many passages there were to choose from.
    private func addSimilar(_ text: String, _ scene: Scene, to room: inout ContextRoom) async throws -> Int {
        let memory = Memory(store: store)
        try await memory.catchUp()
        let found = try await memory.search(
            text, project: scene.project?.id, kinds: [.section, .task, .note], limit: 5)
        for hit in found where hit.plan != scene.plan?.number && hit.score >= 0.4 {
            var project: Project?
            if let name = hit.project { project = try await store.project(named: name) }
            room.add(
                .passage, hit.excerpt, what: "\(hit.kind.rawValue) \(hit.title)", source: hit.source,
                project: project?.id, share: 8)
        }
        return found.count
    }

    /// What the last conversation that was summed up came to.
    private func addSummary(to room: inout ContextRoom) async throws {
        guard let last = try await store.summaries(last: 5).first(where: { !$0.text.isEmpty }) else { return }
        room.add(
            .summary, last.text, what: "what an earlier conversation came to, \(Said.ago(last.createdAt))",
            source: last.conversationId.rawValue, project: nil, share: 8)
    }

    /// What the plan's template asks for and the plan does not say yet.
    private func openParts(_ plan: Plan, _ document: Outline?, _ scene: Scene) -> String {
        guard let name = plan.template, let template = scene.templates[name], let document else { return "" }
        return template.gaps(in: document).prefix(Self.openParts)
            .map { "- \($0.name): \($0.question)" + ($0.hint.map { " \($0)" } ?? "") }.joined(separator: "\n")
    }

    /// The newest turns that fit, without the one that is being answered. Of a reply only what was heard counts.
    private func past(_ scene: Scene, _ room: inout ContextRoom) async throws -> [ChatMessage] {
        guard let conversation = scene.origin.conversationId else { return [] }
        let turns = try await store.turns(of: conversation, last: Self.turns + 1).filter {
            $0.id != scene.origin.turnId
        }
        let bound = room.share(25)
        var taken = 0
        var kept: [ChatMessage] = []
        var oldest: Turn?
        for turn in turns.reversed() {
            let text = turn.role == .user ? turn.used : turn.wasHeard
            guard !text.isEmpty else { continue }
            let tokens = estimate.tokens(in: text) + 3
            guard taken + tokens <= bound else { break }
            taken += tokens
            oldest = turn
            kept.append(turn.role == .user ? .user(text) : .assistant(text))
        }
        room.take(
            taken,
            oldest.map {
                TurnSource(
                    .turns, source: $0.id.rawValue, project: nil, title: Said.count(kept.count, "earlier turn"),
                    tokens: taken, isCut: kept.count < turns.count)
            })
        return kept.reversed()
    }
}

extension PlanTask {
    fileprivate var inContext: String {
        let waits = dependsOn.isEmpty ? "" : ", waits for \(dependsOn.map(String.init).joined(separator: ", "))"
        return "\(number). \(title) (\(status.rawValue), \(priority.rawValue)\(waits))"
    }
}

extension Turn {
    /// A reply as its user heard it: an interrupted one was not said to its end.
    fileprivate var wasHeard: String {
        guard let spoken, modality == .voice, spoken.count * 10 < heard.count * 9 else { return heard }
        return spoken.isEmpty ? "[interrupted before anything was heard]" : "\(spoken) [interrupted here]"
    }
}
