import Planning
import Storage
import Support

extension Dialogue {
    func setStatus(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        let status = understanding.text(.status) ?? ""
        guard understanding.text(.target) == "project" else {
            guard let status = Plan.Status(rawValue: status) else {
                return Outcome("A plan is draft, approved, in progress, completed or archived.")
            }
            return try await become(status, try await plan(understanding, scene), scene)
        }
        guard let project = try await project(understanding, scene) else { return Outcome(Dialogue.noProject) }
        guard let status = Project.Status(rawValue: status) else {
            return Outcome("A project is active, paused, completed or archived.")
        }
        guard project.status != status else { return Outcome("\(project.name) is \(status.rawValue) already.") }
        try await store.change(scene.origin, "marking project \(project.name) \(status.rawValue)") { change in
            try change.updateProject(project.id) { $0.status = status }
        }
        return Outcome("Project \(project.name) is \(status.rawValue).")
    }

    func become(_ status: Plan.Status, _ plan: Plan?, _ scene: Scene) async throws -> Outcome {
        guard let plan else { return Outcome(Dialogue.noPlan) }
        guard plan.status != status else { return Outcome("\(plan.title) is \(status.spoken) already.") }
        if status == .approved, plan.latestVersion == 0 {
            return Outcome("\(plan.title) is not saved yet. Say save this plan, and then approve it.")
        }
        try await store.change(scene.origin, "marking \(plan.title) \(status.spoken)") { change in
            try change.updatePlan(plan.id) { $0.status = status }
        }
        let version = status == .approved ? ", at version \(plan.latestVersion)" : ""
        return Outcome("\(plan.title) is \(status.spoken)\(version).")
    }

    /// Names what goes, and waits for a clear yes.
    func askAboutPlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        let isDeleting = understanding.intent == .deletePlan
        guard isDeleting || plan.status != .archived else { return Outcome("\(plan.title) is archived already.") }
        let tasks = try await store.tasks(of: plan.id).count
        var certain = understanding
        certain.slots[Slot.plan.rawValue] = .number(Double(plan.number))
        return Outcome(
            .asking(
                "\(isDeleting ? "Delete" : "Archive") plan \(plan.number), \(plan.title), with "
                    + "\(Said.count(plan.latestVersion, "version")) and \(Said.count(tasks, "task"))? Say yes or no."),
            question: .confirm(certain))
    }

    func archivePlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        try await store.change(scene.origin, "archiving plan \(plan.title)") { change in
            try change.updatePlan(plan.id) { $0.status = .archived }
            if scene.focus.planId == plan.id { try change.setFocus(project: plan.projectId, plan: nil) }
        }
        return Outcome("Archived plan \(plan.title). Say undo to bring it back.")
    }

    func deletePlan(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = try await plan(understanding, scene) else { return Outcome(Dialogue.noPlan) }
        try await store.change(scene.origin, "deleting plan \(plan.title)") { try $0.deletePlan(plan.id) }
        return Outcome("Deleted plan \(plan.title). Say undo to bring it back.")
    }
}

extension Plan.Status {
    var spoken: String { self == .inProgress ? "in progress" : rawValue }
}
