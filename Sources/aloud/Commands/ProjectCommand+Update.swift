import ArgumentParser
import Foundation
import Planning
import Storage
import Support

extension ProjectCommand {
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change what is said of a project.")

        @OptionGroup var project: ProjectArgument

        @Option(help: "What it is called.")
        var rename: String?

        @Option(help: "What it is about.")
        var description: String?

        @Option(help: "active, paused, completed or archived.")
        var status: Project.Status?

        @Option(help: "A tag, in place of those before; repeat it for more.")
        var tag: [String] = []

        @Option(help: "The folder of its repository.", completion: .directory)
        var repository: String?

        @Option(help: "Take away: tags, repository.")
        var clear: [ProjectField] = []

        @Flag(help: "Show the project as JSON.")
        var json = false

        func validate() throws {
            guard
                rename != nil || description != nil || status != nil || !tag.isEmpty || repository != nil
                    || !clear.isEmpty
            else {
                throw ValidationError("Say what to change, such as --status paused; see: aloud project update --help")
            }
        }

        func run() async throws {
            try await Composition.run { composition in
                let project = try await project.find(in: composition.store)
                let edit = self
                let changed = try await composition.store.change(
                    Origin(surface: .cli), "changing project \(project.name)"
                ) { try $0.updateProject(project.id) { edit.apply(to: &$0) } }
                if json {
                    try Terminal.showJSON(changed)
                } else {
                    Terminal.show("Project \(changed.name) is \(changed.status.rawValue).")
                }
                repository.map(RepositoryFolder.tell)
            }
        }

        private func apply(to project: inout Project) {
            for field in clear {
                switch field {
                case .tags: project.tags = []
                case .repository: project.repositoryPath = nil
                }
            }
            if let rename { project.name = rename }
            if let description { project.description = description }
            if let status { project.status = status }
            if !tag.isEmpty { project.tags = tag }
            if let repository { project.repositoryPath = RepositoryFolder.path(repository) }
        }
    }
}

enum ProjectField: String, CaseIterable, ExpressibleByArgument { case tags, repository }

/// The folder of a project's repository, as it was named on the command line.
enum RepositoryFolder {
    /// From wherever Aloud is run later: whole.
    static func path(_ name: String) -> String { URL(fileURLWithPath: name).standardizedFileURL.path }

    static func tell(_ name: String) {
        guard FileIdentity(following: path(name))?.kind != S_IFDIR else { return }
        Terminal.note("there is no folder \(path(name)) yet; what plans name is not looked up there until there is one")
    }
}
