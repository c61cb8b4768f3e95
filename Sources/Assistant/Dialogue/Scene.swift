import Planning
import Storage

/// What is open and what is known when a turn is answered.
package struct Scene: Sendable {
    package let origin: Origin
    package let focus: Focus
    package let project: Project?
    package let plan: Plan?
    package let names: LiveNames
    /// What a plan can be made from.
    package let templates: TemplateSet
    /// The section of the open plan whose question waits for its answer.
    package let askedSection: String?
    /// The conversation that the turn belongs to, and when the turn came.
    package let conversation: Conversation?
    package let askedAt: Timestamp

    package init(
        origin: Origin, focus: Focus, project: Project?, plan: Plan?, names: LiveNames,
        templates: TemplateSet = .builtIn, askedSection: String? = nil, conversation: Conversation? = nil,
        askedAt: Timestamp = .now
    ) {
        self.origin = origin
        self.focus = focus
        self.project = project
        self.plan = plan
        self.names = names
        self.templates = templates
        self.askedSection = askedSection
        self.conversation = conversation
        self.askedAt = askedAt
    }
}

extension Dialogue {
    /// More names than this are not offered to the recogniser and the matcher; the most recent ones win.
    static let nameBound = 400

    private func sections(of plan: Plan?) async throws -> [String] {
        guard let plan, let text = try await store.text(of: plan) else { return [] }
        return Outline(markdown: text).sections.filter { $0.level > 1 && !$0.heading.isEmpty }.map(\.heading)
            .prefix(Dialogue.nameBound).map { String($0.prefix(80)) }
    }

    /// - Parameter text: What was said: a name that stands in it is known, however many there are.
    func scene(for conversation: Conversation, turn: Turn? = nil, text: String = "") async throws -> Scene {
        let focus = try await store.focus(of: conversation.id)
        var project: Project?
        var plan: Plan?
        if let id = focus.projectId { project = try await store.project(id) }
        if let id = focus.planId { plan = try await store.plan(id) }
        let bound = Dialogue.nameBound
        let templates = templates.read()
        let plans =
            if let project { try await store.planTitles(of: project.id, limit: bound, within: text) } else {
                [String]()
            }
        let draft: PlanDraft? = if let plan { try await store.draft(of: plan.id) } else { nil }
        let tasks = if let plan { try await store.taskTitles(of: plan.id, limit: bound) } else { [Int: String]() }
        return Scene(
            origin: Origin(surface: turn?.surface ?? .voice, conversationId: conversation.id, turnId: turn?.id),
            focus: focus, project: project, plan: plan,
            names: LiveNames(
                projects: try await store.projectNames(limit: bound, within: text), plans: plans, tasks: tasks,
                versions: plan?.latestVersion ?? 0, sections: try await sections(of: plan), templates: templates.names,
                openProject: project?.name, openPlan: plan?.title),
            templates: templates, askedSection: planner.asksForParts ? draft?.askedSection : nil,
            conversation: conversation, askedAt: turn?.createdAt ?? clock())
    }
}
