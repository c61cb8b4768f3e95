import ArgumentParser
import Foundation
import Planning
import Storage

extension TaskCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a task to a plan.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "What is to be done; the words need no quotes.")
        var title: [String]

        @OptionGroup var fields: TaskFields

        @Flag(help: "Show the task as JSON.")
        var json = false

        func run() async throws {
            let title = title.joined(separator: " ")
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let fields = fields
                let task = try await composition.store.change(Origin(surface: .cli), "adding task \(title)") {
                    try $0.addTask(to: plan.id, title: title) { fields.apply(to: &$0) }
                }
                if json {
                    try Terminal.showJSON(task)
                } else {
                    Terminal.show("Added task \(task.number): \(task.title)")
                }
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a task; those that waited for it no longer do.",
            discussion: "To give a task up and keep it: aloud task update N --status cancelled.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "The number of the task.")
        var task: Int

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                guard let found = try await store.tasks(of: plan.id).first(where: { $0.number == task }) else {
                    throw Failure("plan \(plan.number) has no task \(task)")
                }
                guard await confirmation.isGiven("Delete task \(task), \(found.title)?") else {
                    return Terminal.show("Nothing was deleted.")
                }
                let number = task
                try await store.change(Origin(surface: .cli), "deleting task \(number)") {
                    try $0.deleteTask(number, of: plan.id)
                }
                Terminal.show("Deleted task \(task), \(found.title).")
            }
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a task of a plan.",
            discussion: "A task that is done or cancelled becomes open again when --status says so.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "The number of the task.")
        var task: Int

        @Option(help: "todo, in_progress, blocked, done or cancelled.")
        var status: PlanTask.Status?

        @Option(help: "What is to be done.")
        var title: String?

        @Option(
            help: "How long it really took: 90m, 4h, 2d or 1w; a bare number is minutes.", transform: WorkTime.minutes)
        var actual: Int?

        @Option(help: "What shows that it is done: a commit, a test run, a link.")
        var evidence: String?

        @Option(help: "The number of a check item that holds now; repeat it for more.")
        var check: [Int] = []

        @Option(help: "Take away: \(TaskField.allCases.map(\.rawValue).joined(separator: ", ")).")
        var clear: [TaskField] = []

        @OptionGroup var fields: TaskFields

        @Flag(help: "Show the task as JSON.")
        var json = false

        func validate() throws {
            guard
                status != nil || title != nil || actual != nil || evidence != nil || !check.isEmpty || !clear.isEmpty
                    || !fields.isEmpty
            else {
                throw ValidationError("Say what to change, such as --status done; see: aloud task update --help")
            }
        }

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let number = task
                let current = try await plan.task(number, in: composition.store)
                if let wrong = check.first(where: { !(1...max(1, current.acceptance.count) ~= $0) })
                    ?? (current.acceptance.isEmpty ? check.first : nil)
                {
                    throw Failure(
                        "task \(number) has \(current.acceptance.count) check items, so none is number \(wrong)")
                }
                let edit = self
                let task = try await composition.store.change(Origin(surface: .cli), "changing task \(number)") {
                    try $0.updateTask(number, of: plan.id, reopening: edit.status != nil) { edit.apply(to: &$0) }
                }
                if json {
                    try Terminal.showJSON(task)
                } else {
                    Terminal.show(task.standing)
                }
            }
        }

        private func apply(to task: inout PlanTask) {
            clear.forEach { $0.clear(&task) }
            fields.apply(to: &task)
            if let status { task.status = status }
            if let title { task.title = title }
            if let actual { task.actualMinutes = actual }
            if let evidence { task.evidence = evidence }
            for number in check where task.acceptance.indices.contains(number - 1) {
                task.acceptance[number - 1].isDone = true
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one task with everything that is known of it.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "The number of the task.")
        var task: Int

        @Flag(help: "Show it as JSON.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let task = try await plan.task(task, in: composition.store)
                guard !json else { return try Terminal.showJSON(task) }
                let tasks = try await composition.store.tasks(of: plan.id)
                Terminal.show(Terminal.bold("\(task.number). \(task.title)"))
                if !task.description.isEmpty { Terminal.show(task.description) }
                for (name, value) in task.facts(among: tasks) {
                    Terminal.show("  \(name): \(value)")
                }
                for (index, item) in task.acceptance.enumerated() {
                    Terminal.show("  [\(item.isDone ? "x" : " ")] \(index + 1). \(item.text)")
                }
            }
        }
    }
}

extension Plan {
    func task(_ number: Int, in store: Store) async throws -> PlanTask {
        guard let found = try await store.tasks(of: id).first(where: { $0.number == number }) else {
            throw Failure("plan \(self.number) has no task \(number); see: aloud task list --plan \(self.number)")
        }
        return found
    }
}

extension PlanTask {
    var standing: String { "Task \(number) is \(status.rawValue), \(priority.rawValue): \(title)" }

    /// What is known, in words; what is not known is left out.
    fileprivate func facts(among tasks: [PlanTask]) -> [(String, String)] {
        func numbers(_ all: [Int]) -> String? {
            all.isEmpty ? nil : all.map(String.init).joined(separator: ", ")
        }
        let blockers = TaskGraph(tasks).blockers(of: number).map(\.number)
        let parts = tasks.filter { $0.parent == number }.map(\.number)
        let facts: [(String, String?)] = [
            ("status", status.rawValue), ("priority", priority.rawValue), ("who", assignee),
            ("estimate", estimateMinutes.map { "\($0) minutes" }), ("took", actualMinutes.map { "\($0) minutes" }),
            ("due", dueOn?.description), ("milestone", milestone),
            ("labels", labels.isEmpty ? nil : labels.joined(separator: ", ")), ("part of", parent.map(String.init)),
            ("parts", numbers(parts)), ("depends on", numbers(dependsOn)),
            ("waits for", status.isOpen ? numbers(blockers) : nil),
            ("related", numbers(links.filter { $0.kind == .related }.map(\.task))),
            ("discovered from", numbers(links.filter { $0.kind == .discoveredFrom }.map(\.task))),
            ("began", startedAt.map(Terminal.time)), ("done", completedAt.map(Terminal.time)), ("evidence", evidence),
        ]
        return facts.compactMap { name, value in value.map { (name, $0) } }
    }
}
