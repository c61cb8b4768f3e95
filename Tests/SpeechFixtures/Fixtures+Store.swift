import Planning
import Storage

extension Fixtures {
    /// Puts the names that the commands speak of into an empty store, and opens what is open.
    package func keep(in store: Store) async throws {
        let names = names
        let origin = Origin(surface: .cli, conversationId: try await store.currentConversation().id)
        try await store.change(origin, "making the fixtures") { change in
            var open: (project: Project.ID?, plan: Plan.ID?)
            // The first named is the one that was used last.
            for name in names.projects.reversed() {
                let project = try change.createProject(name: name)
                if name == names.openProject { open.project = project.id }
            }
            guard let home = open.project else { return }
            for title in names.plans.reversed() {
                let plan = try change.createPlan(in: home, title: title)
                guard title == names.openPlan else { continue }
                open.plan = plan.id
                for number in 1...max(1, names.tasks.keys.max() ?? 1) {
                    _ = try change.addTask(to: plan.id, title: names.tasks[number] ?? "task \(number)")
                }
                for number in 0..<names.versions {
                    _ = try change.saveVersion(
                        of: plan.id, content: "# \(title)\n\nState \(number + 1).\n", base: number,
                        summary: "saved", author: "fixtures")
                }
            }
            try change.setFocus(project: open.project, plan: open.plan)
        }
    }
}
