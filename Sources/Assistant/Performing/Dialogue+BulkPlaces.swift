import Planning
import Storage
import Support

extension Dialogue {
    func askAboutProjects(_ understanding: Understanding) async throws -> Outcome {
        let meant = try await projects(meantBy: understanding)
        guard !meant.isEmpty else { return Outcome("There is no such project to put away.") }
        let archives = "I archive projects and keep them; to remove one for good, say forget project, and its name. "
        return Outcome(
            .asking(
                (understanding.isDeleting ? archives : "")
                    + "Archive \(Said.count(meant.count, "project")): \(Self.named(meant.map(\.name)))? Say yes or no."),
            question: .confirm(understanding))
    }

    func putAwayProjects(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        let meant = try await projects(meantBy: understanding)
        let count = Said.count(meant.count, "project")
        try await store.change(scene.origin, "archiving \(count)") { change in
            for project in meant { try change.updateProject(project.id) { $0.status = .archived } }
            if meant.contains(where: { $0.id == scene.focus.projectId }) {
                try change.setFocus(project: nil, plan: nil)
            }
        }
        return Outcome("Archived \(count). Say undo to bring them back.")
    }

    private func projects(meantBy understanding: Understanding) async throws -> [Project] {
        let status = understanding.slots["filter"]?.string.flatMap(Project.Status.init)
        return try await store.projects(status: status).filter { $0.status != .archived }
    }

    func askAboutPlans(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else { return Outcome(Dialogue.noProject) }
        let meant = try await plans(meantBy: understanding, in: project)
        guard !meant.isEmpty else { return Outcome("\(project.name) has no such plan.") }
        return Outcome(
            .asking(
                "\(understanding.isDeleting ? "Delete" : "Archive") \(Said.count(meant.count, "plan")) of \(project.name): "
                    + "\(Self.named(meant.map(\.title)))? Say yes or no."), question: .confirm(understanding))
    }

    func putAwayPlans(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let project = scene.project else { return Outcome(Dialogue.noProject) }
        let meant = try await plans(meantBy: understanding, in: project)
        let count = Said.count(meant.count, "plan")
        let isDeleting = understanding.isDeleting
        try await store.change(scene.origin, "\(isDeleting ? "deleting" : "archiving") \(count)") { change in
            for plan in meant {
                if isDeleting {
                    try change.deletePlan(plan.id)
                } else {
                    try change.updatePlan(plan.id) { $0.status = .archived }
                }
            }
            if !isDeleting, meant.contains(where: { $0.id == scene.focus.planId }) {
                try change.setFocus(project: project.id, plan: nil)
            }
        }
        return Outcome("\(isDeleting ? "Deleted" : "Archived") \(count). Say undo to bring them back.")
    }

    private func plans(meantBy understanding: Understanding, in project: Project) async throws -> [Plan] {
        let status = understanding.slots["filter"]?.string.flatMap(Plan.Status.init)
        return try await store.plans(of: project.id).filter { plan in
            (status == nil || plan.status == status) && (understanding.isDeleting || plan.status != .archived)
        }
    }

    private static func named(_ names: [String]) -> String {
        let rest = names.count - spokenItems
        return Said.list(Array(names.prefix(spokenItems)) + (rest > 0 ? ["\(rest) more"] : []))
    }
}

extension Understanding {
    fileprivate var isDeleting: Bool { slots["action"]?.string == "delete" }
}
