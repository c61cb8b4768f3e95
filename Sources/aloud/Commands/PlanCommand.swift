import ArgumentParser
import Foundation
import Planning
import Storage

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plans: list, show, history.",
        subcommands: [List.self, Show.self, History.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the plans, the latest first.")

        @Option(help: "Only those of this project.")
        var project: String?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                var owner: Project?
                if let name = project {
                    guard let found = try await store.project(named: name) else {
                        throw Failure("there is no project “\(name)”; see: aloud project list")
                    }
                    owner = found
                }
                let plans = try await store.plans(of: owner?.id)
                guard !json else { return try Terminal.showJSON(plans) }
                guard !plans.isEmpty else {
                    return Terminal.show("No plans yet. Say: aloud say create devplan TITLE")
                }
                var table = TextTable(["PLAN", "TITLE", "STATUS", "VERSION", "CHANGED"])
                for plan in plans {
                    table.add([
                        String(plan.number), plan.title, plan.status.rawValue, String(plan.latestVersion),
                        plan.updatedAt.description,
                    ])
                }
                table.show()
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a plan: its draft, or its newest version.")

        @OptionGroup var plan: PlanArgument

        @Option(help: "This version in place of the newest text.")
        var version: Int?

        @Flag(help: "Show it as JSON.")
        var json = false

        private struct Shown: Encodable {
            let plan: Plan
            let version: Int?
            let content: String
            let tasks: [PlanTask]
            let waitingNotes: [Note]
        }

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let (content, number) = try await text(plan, store)
                let tasks = try await store.tasks(of: plan.id)
                let notes = try await store.waitingNotes(of: plan.id)
                guard !json else {
                    return try Terminal.showJSON(
                        Shown(plan: plan, version: number, content: content, tasks: tasks, waitingNotes: notes))
                }
                Terminal.show(Terminal.dim("plan \(plan.number), \(number.map { "version \($0)" } ?? "draft")"))
                Terminal.show(content)
                for task in tasks { Terminal.show("\(task.number). [\(task.status.rawValue)] \(task.title)") }
                for note in notes { Terminal.show("note: \(note.text)") }
            }
        }

        private func text(_ plan: Plan, _ store: Store) async throws -> (String, Int?) {
            if let version {
                guard let found = try await store.version(version, of: plan.id) else {
                    throw Failure("plan \(plan.number) has no version \(version); its newest is \(plan.latestVersion)")
                }
                return (found.content, version)
            }
            if let draft = try await store.draft(of: plan.id) { return (draft.content, nil) }
            return (try await store.version(plan.latestVersion, of: plan.id)?.content ?? "", plan.latestVersion)
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the versions of a plan.")

        @OptionGroup var plan: PlanArgument

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let versions = try await composition.store.versions(of: plan.id)
                guard !json else { return try Terminal.showJSON(versions) }
                guard !versions.isEmpty else { return Terminal.show("Plan \(plan.number) has no saved version yet.") }
                var table = TextTable(["VERSION", "SAVED", "BY", "CHANGE"])
                for version in versions {
                    table.add([
                        String(version.number), version.createdAt.description, version.author, version.changeSummary,
                    ])
                }
                table.show()
            }
        }
    }
}

/// A plan named on the command line.
struct PlanArgument: ParsableArguments {
    @Argument(help: "The number of the plan.")
    var plan: Int

    func find(in store: Store) async throws -> Plan {
        guard let found = try await store.plan(number: plan) else {
            throw Failure("there is no plan \(plan); see: aloud plan list")
        }
        return found
    }
}
