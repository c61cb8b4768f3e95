import ArgumentParser
import Foundation
import Planning
import Storage

struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project", abstract: "Projects: list, make, show, update, archive, restore.",
        subcommands: [List.self, New.self, Show.self, Update.self, Archive.self, Restore.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the projects, the latest first.")

        @Option(help: "Only those that are active, paused, completed or archived.")
        var status: Project.Status?

        @Option(help: "Only those with this tag.")
        var tag: String?

        @Option(help: "recent (what changed last comes first), name, or plans (the most come first).")
        var sort = ListWish.Sort.recent

        @OptionGroup var options: ListOptions

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let page = try await composition.store.projects(options.wish(sort), status: status, tag: tag)
                defer { ListOptions.tell(page) }
                guard !json else { return try Terminal.showJSON(page.items.map(\.project)) }
                guard !page.items.isEmpty else {
                    return Terminal.show(
                        try await composition.store.projectCount() == 0
                            ? "No projects yet. Make one: aloud project new NAME" : "No project is like that.")
                }
                var table = TextTable(["NAME", "STATUS", "PLANS", "CHANGED"])
                for item in page.items {
                    table.add([
                        item.project.name, item.project.status.rawValue, String(item.plans),
                        Terminal.time(item.changedAt),
                    ])
                }
                table.show()
            }
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a project.")

        @Argument(help: "Its name; the words need no quotes.")
        var name: [String]

        @Option(help: "What it is about.")
        var description = ""

        @Option(help: "A tag; repeat it for more.")
        var tag: [String] = []

        @Option(help: "The folder of its repository.")
        var repository: String?

        @Flag(help: "Show the project as JSON.")
        var json = false

        func run() async throws {
            let name = name.joined(separator: " ").trimmingCharacters(in: .whitespacesAndNewlines)
            try await Composition.run { composition in
                let (about, tags, path) = (description, tag, repository.map(RepositoryFolder.path))
                let project = try await composition.store.change(
                    Origin(surface: .cli), "creating project \(name)"
                ) { try $0.createProject(name: name, description: about, tags: tags, repositoryPath: path) }
                if json { try Terminal.showJSON(project) } else { Terminal.show("Created project \(project.name).") }
                repository.map(RepositoryFolder.tell)
            }
        }

        func validate() throws {
            let name = name.joined(separator: " ")
            guard !name.allSatisfy(\.isWhitespace) else { throw ValidationError("A project needs a name.") }
            guard name.count <= 200 else { throw ValidationError("A project's name has at most 200 characters.") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one project with its plans.")

        @OptionGroup var project: ProjectArgument

        @Flag(help: "Show it as JSON.")
        var json = false

        private struct Shown: Encodable {
            let project: Project
            let plans: [Plan]
            let notes: [Note]
        }

        func run() async throws {
            try await Composition.run { composition in
                let project = try await project.find(in: composition.store)
                let plans = try await composition.store.plans(of: project.id)
                let notes = try await composition.store.notes(of: project.id)
                guard !json else {
                    return try Terminal.showJSON(Shown(project: project, plans: plans, notes: notes))
                }
                Terminal.show(Terminal.bold(project.name) + "  \(project.status.rawValue)")
                if !project.description.isEmpty { Terminal.show(project.description) }
                if !project.tags.isEmpty { Terminal.show("  tags: \(project.tags.joined(separator: ", "))") }
                if let path = project.repositoryPath { Terminal.show("  repository: \(path)") }
                for plan in plans {
                    Terminal.show(
                        "  plan \(plan.number): \(plan.title) (\(plan.status.rawValue), version \(plan.latestVersion))")
                }
                for note in notes where note.planId == nil { Terminal.show("  note: \(note.text)") }
            }
        }
    }

    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put a project away; nothing is deleted.")

        @OptionGroup var project: ProjectArgument

        func run() async throws { try await project.set(.archived, "archiving") }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Bring an archived project back.")

        @OptionGroup var project: ProjectArgument

        func run() async throws { try await project.set(.active, "restoring") }
    }
}

extension Project.Status: ExpressibleByArgument {}
extension ListWish.Sort: ExpressibleByArgument {}

/// A project named on the command line.
struct ProjectArgument: ParsableArguments {
    @Argument(help: "The name or id of the project; the words need no quotes.")
    var name: [String]

    func find(in store: Store) async throws -> Project {
        try await store.known(project: name.joined(separator: " "))
    }

    func set(_ status: Project.Status, _ doing: String) async throws {
        try await Composition.run { composition in
            let project = try await find(in: composition.store)
            guard project.status != status else {
                return Terminal.show("Project \(project.name) is \(status.rawValue) already.")
            }
            try await composition.store.change(Origin(surface: .cli), "\(doing) project \(project.name)") {
                try $0.updateProject(project.id) { $0.status = status }
            }
            Terminal.show("Project \(project.name) is \(status.rawValue) now.")
        }
    }
}
