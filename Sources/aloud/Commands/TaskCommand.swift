import ArgumentParser
import Foundation
import Planning
import Storage

struct TaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Tasks of a plan: add, list, update, next, path.",
        subcommands: [Add.self, List.self, Update.self, Next.self, Path.self], defaultSubcommand: List.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a task to a plan.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "What is to be done; the words need no quotes.")
        var title: [String]

        @Option(help: "low, medium, high or critical.")
        var priority = Priority.medium

        @Option(help: "How long it will take, in minutes.")
        var estimate: Int?

        @Option(help: "The number of a task it waits for; repeat it for more.")
        var dependsOn: [Int] = []

        @Option(help: "Who does it.")
        var assignee: String?

        @Flag(help: "Show the task as JSON.")
        var json = false

        func validate() throws {
            let title = title.joined(separator: " ")
            guard !title.allSatisfy(\.isWhitespace) else { throw ValidationError("A task needs a title.") }
            guard title.count <= 500 else { throw ValidationError("A task's title has at most 500 characters.") }
            guard estimate.map({ $0 > 0 }) ?? true else { throw ValidationError("An estimate is at least one minute.") }
        }

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let title = title.joined(separator: " ").trimmingCharacters(in: .whitespacesAndNewlines)
                let (priority, estimate, dependsOn, assignee) = (priority, estimate, dependsOn, assignee)
                let task = try await composition.store.change(Origin(surface: .cli), "adding task \(title)") {
                    try $0.addTask(
                        to: plan.id, title: title, priority: priority, estimateMinutes: estimate,
                        dependsOn: dependsOn, assignee: assignee)
                }
                if json {
                    try Terminal.showJSON(task)
                } else {
                    Terminal.show("Added task \(task.number): \(task.title)")
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tasks of a plan.")

        @OptionGroup var plan: OpenPlanOption

        @Option(help: "Only those that are todo, in_progress, blocked, done or cancelled.")
        var status: PlanTask.Status?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let wanted = status
                let tasks = try await composition.store.tasks(of: plan.id).filter {
                    wanted == nil || $0.status == wanted
                }
                guard !json else { return try Terminal.showJSON(tasks) }
                guard !tasks.isEmpty else {
                    return Terminal.show(
                        status.map { "No task is \($0.rawValue)." } ?? "No tasks. Add one: aloud task add TITLE")
                }
                var table = TextTable(["TASK", "STATUS", "PRIORITY", "MINUTES", "WAITS FOR", "WHO", "TITLE"])
                for task in tasks {
                    table.add([
                        String(task.number), task.status.rawValue, task.priority.rawValue,
                        task.estimateMinutes.map(String.init) ?? "-",
                        task.dependsOn.isEmpty ? "-" : task.dependsOn.map(String.init).joined(separator: " "),
                        task.assignee ?? "-", task.title,
                    ])
                }
                table.show()
            }
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a task of a plan.")

        @OptionGroup var plan: OpenPlanOption

        @Argument(help: "The number of the task.")
        var task: Int

        @Option(help: "todo, in_progress, blocked, done or cancelled.")
        var status: PlanTask.Status?

        @Option(help: "low, medium, high or critical.")
        var priority: Priority?

        @Option(help: "What is to be done.")
        var title: String?

        @Option(help: "How long it will take, in minutes.")
        var estimate: Int?

        @Option(help: "Who does it.")
        var assignee: String?

        @Option(help: "The number of a task it waits for, in place of those before; repeat it for more, 0 for none.")
        var dependsOn: [Int] = []

        @Flag(help: "Show the task as JSON.")
        var json = false

        func validate() throws {
            guard
                status != nil || priority != nil || title != nil || estimate != nil || assignee != nil
                    || !dependsOn.isEmpty
            else {
                throw ValidationError(
                    "Say what to change: --status, --priority, --title, --estimate, --assignee or --depends-on.")
            }
            guard title.map({ !$0.allSatisfy(\.isWhitespace) && $0.count <= 500 }) ?? true else {
                throw ValidationError("A task's title has 1 to 500 characters.")
            }
            guard estimate.map({ $0 > 0 }) ?? true else { throw ValidationError("An estimate is at least one minute.") }
        }

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let number = task
                guard try await composition.store.tasks(of: plan.id).contains(where: { $0.number == number }) else {
                    throw Failure(
                        "plan \(plan.number) has no task \(number); see: aloud task list --plan \(plan.number)")
                }
                let (status, priority, title, estimate, assignee) = (status, priority, title, estimate, assignee)
                let before: [Int]? = dependsOn.isEmpty ? nil : dependsOn.filter { $0 != 0 }
                let task = try await composition.store.change(Origin(surface: .cli), "changing task \(number)") {
                    try $0.updateTask(number, of: plan.id) { task in
                        if let status { task.status = status }
                        if let priority { task.priority = priority }
                        if let title { task.title = title }
                        if let estimate { task.estimateMinutes = estimate }
                        if let assignee { task.assignee = assignee }
                        if let before { task.dependsOn = before }
                    }
                }
                if json {
                    try Terminal.showJSON(task)
                } else {
                    Terminal.show(
                        "Task \(task.number) is \(task.status.rawValue), \(task.priority.rawValue): \(task.title)")
                }
            }
        }
    }
}

extension PlanTask.Status: ExpressibleByArgument {}
extension Priority: ExpressibleByArgument {}

/// A plan named by an option, else the one that is open in the conversation.
struct OpenPlanOption: ParsableArguments {
    @Option(help: "The number of the plan; without it the one that is open.")
    var plan: Int?

    func find(in store: Store) async throws -> Plan {
        if let plan {
            guard let found = try await store.plan(number: plan) else {
                throw Failure("there is no plan \(plan); see: aloud plan list")
            }
            return found
        }
        let focus = try await store.focus(of: store.currentConversation().id)
        guard let id = focus.planId, let found = try await store.plan(id) else {
            throw Failure("no plan is open; name one with --plan N, or say: aloud say open project NAME")
        }
        return found
    }
}
