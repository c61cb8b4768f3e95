import Planning
import Storage

extension Dialogue {
    /// The longest name that is taken; the schema holds 200.
    static let longestName = 120

    func createProject(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let name = understanding.text(.name) else {
            return Outcome(.asking("What should the project be called?"), question: .fill(understanding, .name))
        }
        guard name.count <= Dialogue.longestName else { return Outcome("That name is too long. Say a shorter one.") }
        if let known = try await store.project(named: name) {
            let way = known.status == .archived ? "It is archived; say restore project" : "Say open project"
            return Outcome("You already have a project called \(known.name). \(way) \(known.name) to go on with it.")
        }
        try await store.change(scene.origin, "creating project \(name)") { change in
            let project = try change.createProject(name: name)
            try change.setFocus(project: project.id, plan: nil)
        }
        return Outcome("Created project \(name).")
    }

    func listProjects(_ understanding: Understanding) async throws -> Outcome {
        if let status = understanding.text(.status).flatMap(Project.Status.init) {
            let names = try await store.projects(status: status).map(\.name)
            guard !names.isEmpty else { return Outcome("No project is \(status.rawValue).") }
            let rest = names.count - Dialogue.spokenItems
            let shown = Array(names.prefix(Dialogue.spokenItems)) + (rest > 0 ? ["\(rest) more"] : [])
            return Outcome(
                "\(Said.sentence(Said.count(names.count, "\(status.rawValue) project")).dropLast()): \(Said.list(shown))."
            )
        }
        let count = try await store.projectCount()
        guard count > 0 else { return Outcome("You have no projects yet. Say: create new project, and a name.") }
        let shown = try await store.projectNames(limit: min(count, Dialogue.spokenItems))
        let rest = count - shown.count
        let names = rest > 0 ? shown + ["\(rest) more"] : shown
        return Outcome("You have \(Said.count(count, "project")): \(Said.list(names)).")
    }

    /// More than this nobody keeps in mind when listening.
    static let spokenItems = 7

    func openProject(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = try await project(understanding, scene) else { return Outcome(Dialogue.noProject) }
        guard project.status != .archived else {
            return Outcome("Project \(project.name) is archived. Say restore project \(project.name) first.")
        }
        let plan = try await store.plans(of: project.id).first { $0.status != .archived }
        try await store.change(scene.origin, "opening project \(project.name)") { change in
            try change.setFocus(project: project.id, plan: plan?.id)
        }
        guard let plan else { return Outcome("Opened project \(project.name). It has no plan yet.") }
        let open = try await store.tasks(of: plan.id).count(where: \.status.isOpen)
        return try await asking(
            "Opened project \(project.name), at plan \(plan.title), with \(Said.count(open, "open task")).", plan)
    }

    func closeProject(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let open = scene.project else { return Outcome("No project is open.") }
        if let said = understanding.text(.project), said.lowercased() != open.name.lowercased() {
            return Outcome("Project \(said) is not open; \(open.name) is.")
        }
        try await store.change(scene.origin, "closing project \(open.name)") { change in
            try change.setFocus(project: nil, plan: nil)
        }
        return Outcome("Closed project \(open.name).")
    }

    func archiveProject(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = try await project(understanding, scene) else { return Outcome(Dialogue.noProject) }
        try await store.change(scene.origin, "archiving project \(project.name)") { change in
            try change.updateProject(project.id) { $0.status = .archived }
            if scene.focus.projectId == project.id { try change.setFocus(project: nil, plan: nil) }
        }
        return Outcome("Archived project \(project.name). Say undo to bring it back.")
    }

    func restoreProject(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = try await project(understanding, scene) else { return Outcome(Dialogue.noProject) }
        guard project.status == .archived else { return Outcome("Project \(project.name) is not archived.") }
        try await store.change(scene.origin, "restoring project \(project.name)") { change in
            try change.updateProject(project.id) { $0.status = .active }
        }
        return Outcome("Restored project \(project.name).")
    }

    /// The project that was named, else the open one.
    func project(_ understanding: Understanding, _ scene: Scene) async throws -> Project? {
        guard let name = understanding.text(.project) else { return scene.project }
        return try await store.project(named: name)
    }

    func status(_ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else {
            let count = try await store.projectCount()
            return Outcome("No project is open. You have \(Said.count(count, "project")).")
        }
        guard let plan = scene.plan else { return Outcome("Project \(project.name) is open. It has no open plan.") }
        let tasks = try await store.tasks(of: plan.id)
        let done = tasks.count { $0.status == .done }
        let version = plan.latestVersion > 0 ? "at version \(plan.latestVersion)" : "not saved yet"
        var said =
            "Project \(project.name) is open, with plan \(plan.title), \(version), and "
            + "\(Said.count(tasks.count(where: \.status.isOpen), "open task"))"
            + (done > 0 ? "; \(SpokenNumber.words(done)) \(done == 1 ? "is" : "are") done." : ".")
        if let last = try await lastVisit(scene) { said = "You were here \(last). " + said }
        if let next = tasks.ready.first { said += " Next is task \(next.number): \(Said.closed(next.title))" }
        return try await asking(said, plan)
    }

    /// When the one before this conversation ended, unless that was just now.
    private func lastVisit(_ scene: Scene) async throws -> String? {
        guard let conversation = scene.conversation,
            let before = try await store.lastTurn(before: conversation.startedAt)
        else { return nil }
        return Said.ago(before, from: scene.askedAt)
    }

    /// Three phrases that make sense now.
    func help(_ scene: Scene) -> String {
        let intents: [Intent] =
            if scene.plan != nil {
                [.addTask, .nextTask, .savePlan]
            } else if scene.project != nil {
                [.createPlan, .note, .listProjects]
            } else {
                scene.names.projects.isEmpty
                    ? [.createProject, .status, .mute] : [.openProject, .createProject, .listProjects]
            }
        let phrases = intents.compactMap { table[$0]?.phrases.first?.spoken }
        return "You can say: \(phrases.joined(separator: "; or: ")). Or just tell me what you are planning."
    }
}
