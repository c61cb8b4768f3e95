import LanguageModel
import Planning
import Storage

/// What the model gets to see of a conversation, bounded: the rules, what is open, what was said last.
struct AgentContext: Sendable {
    private let store: Store

    /// Turns of the past, and characters of them altogether.
    static let turns = 16
    static let history = 8_000
    /// Characters of the open plan's text.
    static let document = 24_000
    static let tasks = 60
    static let openParts = 30

    init(store: Store) { self.store = store }

    func messages(_ text: String, _ scene: Scene) async throws -> [ChatMessage] {
        [.system(AgentPrompt.system), .system(try await situation(scene))] + (try await past(scene)) + [.user(text)]
    }

    private func situation(_ scene: Scene) async throws -> String {
        guard let project = scene.project else {
            let known = scene.names.projects.prefix(20).joined(separator: ", ")
            return "No project is open. Known projects: \(known.isEmpty ? "none" : known). "
                + "The user opens one by saying: open project, and its name."
        }
        var lines = ["Open project: \(project.name)."]
        if !project.description.isEmpty { lines.append("About it: \(project.description)") }
        guard let plan = scene.plan else {
            let titles = scene.names.plans.prefix(20).joined(separator: "; ")
            return (lines + ["No plan is open. Its plans: \(titles.isEmpty ? "none" : titles)."])
                .joined(separator: "\n")
        }
        let hasDraft = try await store.draft(of: plan.id) != nil
        let content = try await store.text(of: plan) ?? ""
        lines.append("Open plan: number \(plan.number), \(plan.title), base_version \(plan.latestVersion).")
        lines.append(hasDraft ? "Its unsaved draft:" : "Its text:")
        lines.append("<plan>\n\(content.prefix(Self.document))\n</plan>")
        if content.count > Self.document { lines.append("The rest of the text is left out here.") }
        lines += openParts(plan, content, scene)
        let notes = try await store.waitingNotes(of: plan.id)
        if !notes.isEmpty {
            lines.append("Notes that wait to be worked in:")
            lines += notes.suffix(20).map { "- \($0.text.prefix(500))" }
        }
        lines += try await taskLines(plan)
        return lines.joined(separator: "\n")
    }

    /// What the plan's template asks for and the plan does not say yet.
    private func openParts(_ plan: Plan, _ content: String, _ scene: Scene) -> [String] {
        guard let name = plan.template, let template = scene.templates[name] else { return [] }
        let open = template.gaps(in: Outline(markdown: content)).prefix(Self.openParts)
        guard !open.isEmpty else { return ["The plan is made from the template \(name); nothing of it is open."] }
        return ["The plan is made from the template \(name). Still open, and what belongs there:"]
            + open.map { "- \($0.name): \($0.question)" + ($0.hint.map { " \($0)" } ?? "") }
    }

    private func taskLines(_ plan: Plan) async throws -> [String] {
        let tasks = try await store.tasks(of: plan.id)
        guard !tasks.isEmpty else { return ["The plan has no tasks yet."] }
        return ["Tasks:"]
            + tasks.suffix(Self.tasks).map { task in
                let waits =
                    task.dependsOn.isEmpty
                    ? "" : ", waits for \(task.dependsOn.map(String.init).joined(separator: ", "))"
                return "\(task.number). \(task.title) (\(task.status.rawValue), \(task.priority.rawValue)\(waits))"
            }
    }

    /// The newest turns that fit, without the one that is being answered. Of a reply only what was heard counts.
    private func past(_ scene: Scene) async throws -> [ChatMessage] {
        guard let conversation = scene.origin.conversationId else { return [] }
        let turns = try await store.turns(of: conversation, last: Self.turns + 1).filter {
            $0.id != scene.origin.turnId
        }
        var left = Self.history
        var kept: [ChatMessage] = []
        for turn in turns.reversed() {
            let text = turn.role == .user ? turn.used : turn.wasHeard
            guard !text.isEmpty else { continue }
            left -= text.count
            guard left >= 0 else { break }
            kept.append(turn.role == .user ? .user(text) : .assistant(text))
        }
        return kept.reversed()
    }
}

extension Turn {
    /// A reply as its user heard it: an interrupted one was not said to its end.
    fileprivate var wasHeard: String {
        guard let spoken, modality == .voice, spoken.count * 10 < heard.count * 9 else { return heard }
        return spoken.isEmpty ? "[interrupted before anything was heard]" : "\(spoken) [interrupted here]"
    }
}
