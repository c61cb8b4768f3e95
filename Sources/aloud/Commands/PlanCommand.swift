import ArgumentParser
import Foundation
import Planning
import Storage

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract:
            "Plans: list, new, check, show, edit, history, diff, restore, status, update, digest, breakdown, export, import, delete.",
        subcommands: [
            List.self, New.self, Check.self, Show.self, Edit.self, History.self, Diff.self, Restore.self, Status.self,
            Update.self,
            Digest.self, Breakdown.self, Export.self, Import.self, Delete.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the plans, the latest first.")

        @Option(help: "Only those of this project.")
        var project: String?

        @Option(help: "Only those that are draft, approved, in_progress, completed or archived.")
        var status: Plan.Status?

        @Option(help: "recent (what changed last comes first), name, or plans (by their number).")
        var sort = ListWish.Sort.recent

        @OptionGroup var options: ListOptions

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let owner = try await owner(in: store)
                let page = try await store.plans(options.wish(sort), of: owner?.id, status: status)
                defer { ListOptions.tell(page) }
                guard !json else { return try Terminal.showJSON(page.items.map(\.plan)) }
                guard !page.items.isEmpty else {
                    return Terminal.show(
                        try await store.plans().isEmpty
                            ? "No plans yet. Say: aloud say create devplan TITLE" : "No plan is like that.")
                }
                let names = try await store.projectNames(of: page.items.map(\.plan.projectId))
                var table = TextTable(["PLAN", "PROJECT", "TITLE", "STATUS", "VERSION", "CHANGED"])
                for item in page.items {
                    let plan = item.plan
                    table.add([
                        String(plan.number), names[plan.projectId] ?? "-", plan.title, plan.status.rawValue,
                        String(plan.latestVersion), Terminal.time(item.changedAt),
                    ])
                }
                table.show()
            }
        }

        private func owner(in store: Store) async throws -> Project? {
            guard let project else { return nil }
            return try await store.known(project: project)
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start a plan in a project.",
            discussion: "With --template its draft begins with the template's sections; without, the plan is empty.")

        @Argument(help: "The title of the plan; the words need no quotes.")
        var title: [String]

        @Option(help: "The name of the project.")
        var project: String

        @OptionGroup var template: TemplateOption

        @Flag(help: "Show the plan as JSON.")
        var json = false

        func validate() throws {
            let title = title.joined(separator: " ")
            guard !title.allSatisfy(\.isWhitespace) else { throw ValidationError("A plan needs a title.") }
            guard title.count <= 200 else { throw ValidationError("A plan's title has at most 200 characters.") }
        }

        func run() async throws {
            try await Composition.run { composition in
                let owner = try await composition.store.known(project: project)
                let title = title.joined(separator: " ")
                let beginning = try template.beginning(title: title, project: owner.name, composition)
                let plan = try await composition.store.change(Origin(surface: .cli), "creating plan \(title)") {
                    let plan = try $0.createPlan(in: owner.id, title: title, template: beginning?.template)
                    if let content = beginning?.content {
                        try $0.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: 0))
                    }
                    return plan
                }
                if json { try Terminal.showJSON(plan) } else { Terminal.show("Created plan \(plan.number), \(title).") }
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set the status of a plan.")

        @OptionGroup var plan: PlanArgument

        @Argument(help: "draft, approved, in_progress, completed or archived.")
        var status: Plan.Status

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let status = status
                guard plan.status != status else {
                    return Terminal.show("\(plan.title) is \(status.rawValue) already.")
                }
                try await composition.store.change(Origin(surface: .cli), "setting the status of \(plan.title)") {
                    try $0.updatePlan(plan.id) { $0.status = status }
                }
                Terminal.show("\(plan.title) is \(status.rawValue) now.")
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
            let waitsFor: [Before]
        }

        /// A plan that must be done first.
        private struct Before: Encodable {
            let number: Int
            let title: String
            let status: Plan.Status
        }

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let (content, number) = try await text(plan, store)
                let tasks = try await store.tasks(of: plan.id)
                let notes = try await store.waitingNotes(of: plan.id)
                let before = try await store.plansBefore(plan)
                guard !json else {
                    return try Terminal.showJSON(
                        Shown(
                            plan: plan, version: number, content: content, tasks: tasks, waitingNotes: notes,
                            waitsFor: before.map { Before(number: $0.number, title: $0.title, status: $0.status) }))
                }
                Terminal.show(Terminal.dim("plan \(plan.number), \(number.map { "version \($0)" } ?? "draft")"))
                for line in plan.facts(after: before) where version == nil { Terminal.show(Terminal.dim(line)) }
                Terminal.show(content)
                // An old version stands as it was; tasks and notes are of today.
                guard version == nil else { return }
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
                        String(version.number), Terminal.time(version.createdAt), version.author, version.changeSummary,
                    ])
                }
                table.show()
            }
        }
    }
}

extension Plan.Status: ExpressibleByArgument {}

/// A plan named on the command line.
struct PlanArgument: ParsableArguments {
    @Argument(help: "The number of the plan.")
    var plan: Int

    func find(in store: Store) async throws -> Plan {
        try await store.known(plan: plan)
    }
}
