import ArgumentParser
import Foundation
import Planning
import Storage

struct TaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task",
        abstract: "Tasks of a plan: add, list, show, start, done, update, next, path, risks, delete.",
        subcommands: [
            Add.self, List.self, Show.self, Start.self, Done.self, Update.self, Next.self, Path.self, Risks.self,
            Delete.self,
        ],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tasks of a plan.")

        @OptionGroup var plan: OpenPlanOption

        @Option(help: "Only those that are todo, in_progress, blocked, done or cancelled.")
        var status: PlanTask.Status?

        @Option(help: "Only those with this label.")
        var label: String?

        @Option(help: "Only those of this person.")
        var assignee: String?

        @Option(help: "Only those of this milestone.")
        var milestone: String?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let tasks = try await composition.store.tasks(of: plan.id).filter(isWanted)
                guard !json else { return try Terminal.showJSON(tasks) }
                guard !tasks.isEmpty else {
                    return Terminal.show(
                        status == nil && label == nil && assignee == nil && milestone == nil
                            ? "No tasks. Add one: aloud task add TITLE" : "No task is like that.")
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

        private func isWanted(_ task: PlanTask) -> Bool {
            (status == nil || task.status == status) && label.map(task.labels.contains) ?? true
                && (assignee == nil || task.assignee == assignee) && (milestone == nil || task.milestone == milestone)
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
        if let plan { return try await store.known(plan: plan) }
        let focus = try await store.focus(of: store.currentConversation().id)
        guard let id = focus.planId, let found = try await store.plan(id) else {
            throw Failure("no plan is open; name one with --plan N, or say: aloud say open project NAME")
        }
        return found
    }
}
