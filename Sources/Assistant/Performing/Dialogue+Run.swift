import Foundation
import Planning
import Storage
import Support

extension Dialogue {
    /// Does what was understood and says so.
    func run(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        if let unknown = understanding.unknown { return Outcome(unknown.answer(scene)) }
        if let unclear = understanding.unclear { return unclear.question(understanding) }
        return switch understanding.intent {
        case .createProject: try await createProject(understanding, scene)
        case .listProjects: try await listProjects(understanding)
        case .openPlan: try await openPlan(understanding, scene)
        case .openProject: try await openProject(understanding, scene)
        case .closeProject: try await closeProject(understanding, scene)
        case .archiveProject: try await archiveProject(understanding, scene)
        case .restoreProject: try await restoreProject(understanding, scene)
        case .deleteProject: try await archiveProject(understanding, scene)
        case .createPlan: try await createPlan(understanding, scene)
        case .listPlans: try await listPlans(scene)
        case .listTemplates: Outcome(listTemplates(scene))
        case .savePlan: try await savePlan(understanding, scene)
        case .versionHistory: try await versionHistory(understanding, scene)
        case .compareVersions: try await compareVersions(understanding, scene)
        case .restoreVersion: try await restoreVersion(understanding, scene)
        case .discardPlan: try await discardPlan(understanding, scene)
        case .archivePlan: try await archivePlan(understanding, scene)
        case .deletePlan: try await deletePlan(understanding, scene)
        case .setStatus: try await setStatus(understanding, scene)
        case .approve: try await become(.approved, try await plan(understanding, scene), scene)
        case .export: try await export(understanding, scene)
        case .readPlan: try await readPlan(understanding, scene)
        case .readSection: try await readSection(understanding, scene)
        case .appendToSection: try await appendToSection(understanding, scene)
        case .addTask: try await addTask(understanding, scene)
        case .listTasks: try await listTasks(understanding, scene)
        case .startTask: try await moveTask(understanding, to: .inProgress, scene)
        case .finishTask: try await moveTask(understanding, to: .done, scene)
        case .blockTask: try await changeTask(understanding, scene)
        case .cancelTask: try await moveTask(understanding, to: .cancelled, scene)
        case .deleteTask: try await deleteTask(understanding, scene)
        case .addDependency: try await addDependency(understanding, scene)
        case .assignTask, .estimateTask, .reprioritiseTask: try await changeTask(understanding, scene)
        case .labelTask, .unlabelTask: try await changeTask(understanding, scene)
        case .setDue: try await setDue(understanding, scene)
        case .tellDue: try await tellDue(understanding, scene)
        case .nextTask: try await nextTask(scene)
        case .note: try await note(understanding, scene)
        case .decide: try await decide(understanding, scene)
        case .listDecisions: try await listDecisions(scene)
        case .explain: try await explain(scene)
        case .search: try await search(understanding, scene)
        case .forget: try await askToForget(understanding, scene)
        case .undo: try await undo(scene)
        case .redo: try await redo(scene)
        case .repeat: try await repeatReply(scene)
        case .cancel: try await stopAsking(scene)
        case .stop: Outcome(Reply("", control: .stop))
        case .status: try await status(scene)
        case .mute: Outcome(Reply("Muted. Type wake up, or run aloud unmute, to go on.", control: .mute))
        case .wake: Outcome(Reply("I'm listening.", control: .wake))
        case .praise: Outcome("Thank you.")
        case .complain: Outcome("I'm sorry. Say undo to take it back, or tell me what you meant.")
        case .help: Outcome(help(scene))
        case .next, .previous: try await readOn(understanding.intent, scene)
        case .skip: try await skip(scene)
        case .slower: try await pace(.slower, scene)
        case .faster: try await pace(.faster, scene)
        case .dictate: beginDictation()
        case .shorter: Outcome(shorter())
        case .spell: Outcome(spell(scene))
        case .sleep: Outcome(Reply("Say the wake phrase when you need me.", control: .sleep))
        case .setMode: setMode(understanding)
        case .why: try await explain(scene)
        case .correct: try await correct(understanding, scene)
        case .bulkTasks: try await changeTasks(understanding, scene)
        case .bulkProjects: try await putAwayProjects(understanding, scene)
        case .bulkPlans: try await putAwayPlans(understanding, scene)
        case .verifyTask: Outcome("I can't verify tasks against the code yet; nothing was done.")
        case .snapshot, .restoreSnapshot: Outcome("I keep no snapshots of a work tree yet; nothing was done.")
        case .startRun, .runProgress, .stopRun, .resumeRun: Outcome("I can't run deep plans yet; nothing was done.")
        }
    }

    /// Names the target and the count, and waits for a clear yes.
    func ask(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        if let unknown = understanding.unknown { return Outcome(unknown.answer(scene)) }
        if let unclear = understanding.unclear { return unclear.question(understanding) }
        switch understanding.intent {
        case .archiveProject, .deleteProject:
            guard let project = try await project(understanding, scene) else { return Outcome(Self.noProject) }
            guard project.status != .archived else { return Outcome("Project \(project.name) is archived already.") }
            let plans = try await store.plans(of: project.id)
            var open = 0
            for plan in plans { open += try await store.tasks(of: plan.id).count(where: \.status.isOpen) }
            var certain = understanding
            certain.slots[Slot.project.rawValue] = .string(project.name)
            let isDeleting = understanding.intent == .deleteProject
            return Outcome(
                .asking(
                    (isDeleting ? "I archive a project and keep it; to remove it for good, say forget project. " : "")
                        + "Archive project \(project.name), with \(Said.count(plans.count, "plan")) and "
                        + "\(Said.count(open, "open task"))? Say yes or no."),
                question: .confirm(certain))
        case .bulkTasks: return try await askAboutTasks(understanding, scene)
        case .bulkProjects: return try await askAboutProjects(understanding)
        case .bulkPlans: return try await askAboutPlans(understanding, scene)
        case .restoreSnapshot: return try await run(understanding, scene)
        case .archivePlan, .deletePlan: return try await askAboutPlan(understanding, scene)
        case .forget: return try await askToForget(understanding, scene)
        case .cancelTask, .deleteTask:
            guard let plan = scene.plan else { return Outcome(Self.noPlan) }
            guard let number = understanding.number(.task), let title = scene.names.tasks[number] else {
                return Outcome(
                    "\(plan.title) has no task \(understanding.slots[Slot.task.rawValue]?.spoken ?? "of that name").")
            }
            return Outcome(
                .asking(
                    "\(understanding.intent == .cancelTask ? "Cancel" : "Delete") task \(number), \(title)? Say yes or no."
                ),
                question: .confirm(understanding))
        default:
            return Outcome(
                .asking("Did you mean: \(understanding.said)? Say yes or no."), question: .confirm(understanding))
        }
    }

    /// The last reply again, also when an earlier process gave it.
    private func repeatReply(_ scene: Scene) async throws -> Outcome {
        if let previousReply { return Outcome(previousReply) }
        guard let conversation = scene.origin.conversationId else { return Outcome("I have not said anything yet.") }
        let last = try await store.turns(of: conversation).last { $0.role == .assistant && !$0.heard.isEmpty }
        return Outcome(last?.heard ?? "I have not said anything yet.")
    }

    static let noProject = "No project is open. Say: open project, and its name, or create a new one."
    static let noPlan = "No plan is open. Say: create devplan, and a title."
}

extension Understanding {
    /// The command as one would say it.
    var said: String {
        let values = slots.sorted { $0.key < $1.key }.map { $0.value.spoken }
        return ([intent.rawValue.split(separator: "_").joined(separator: " ")] + values).joined(separator: " ")
    }

    func text(_ slot: Slot) -> String? {
        let text = slots[slot.rawValue]?.string?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }

    func number(_ slot: Slot) -> Int? { slots[slot.rawValue]?.number.flatMap(Int.init(exactly:)) }
}

extension Understanding.Unknown {
    /// Says plainly what is not there, and what is.
    func answer(_ scene: Scene) -> String {
        switch slot {
        case .project:
            let known = scene.names.projects.prefix(3)
            let rest = known.isEmpty ? "You have no projects yet." : "You have \(Said.list(Array(known)))."
            return "I know no project called \(said). \(rest)"
        case .plan: return "This project has no plan called \(said)."
        case .section:
            guard let plan = scene.plan else { return Dialogue.noPlan }
            let known = scene.names.sections.prefix(5)
            return "\(plan.title) has no section \(said)."
                + (known.isEmpty ? "" : " It has \(Said.list(Array(known))).")
        case .template:
            return "I know no template called \(said). There are \(Said.list(scene.templates.names))."
        case .status:
            return
                "A plan is draft, approved, in progress, completed or archived, a project is active, paused, completed "
                + "or archived, not \(said)."
        case .target: return "A plan or a project has a status, not \(said)."
        case .format:
            return "I can export markdown, PDF, HTML, JSON, CSV, Jira, Trello, GitHub, Linear, spec kit, open spec, "
                + "backlog, taskmaster, beads or audio, not \(said)."
        case .priority: return "A priority is low, medium, high or critical, not \(said)."
        case .due: return "Say a day, such as Friday, tomorrow or the fifth of December, not \(said)."
        case .estimate: return "Say how long in minutes, hours, days or weeks, not \(said)."
        case .version, .a, .b: return "I know no version \(said)."
        case .task, .dependsOn:
            return scene.plan == nil ? Dialogue.noPlan : "I find no task \(said) in the open plan."
        default: return "I don't know what you mean by \(said)."
        }
    }
}
