import ArgumentParser
import Foundation
import Interchange
import Planning
import Storage
import Support

extension PlanCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a plan from a file, or from a folder of Backlog.md.",
            discussion: """
                Its tasks keep their numbers. An export of a plan that is here changes nothing: what it says otherwise is \
                named. With --update what was changed outside since the export is taken into the plan; what was changed \
                here too stays, and nothing is taken away. All of an import is taken back by one undo.
                """)

        @Argument(help: "The file, or the folder.", completion: .file())
        var file: String

        @Option(help: "The name of the project; not needed with --update.")
        var project: String?

        @Option(help: "\(ExchangeFormat.names(ExchangeFormat.readable)); without it, the file tells.")
        var format: ExchangeFormat?

        @Option(help: "The title of the plan, in place of the file's.")
        var title: String?

        @Flag(help: "The file is an export of a plan that is here: take in what was changed outside.")
        var update = false

        @Flag(help: "Say what would be made or taken in, and change nothing.")
        var dryRun = false

        @Flag(help: "Show what was made as JSON.")
        var json = false

        func validate() throws {
            if let format, !ExchangeFormat.readable.contains(format) {
                throw ValidationError(
                    "\(format.rawValue) is written only; what can be read is \(ExchangeFormat.names(ExchangeFormat.readable))."
                )
            }
            guard project != nil || update else {
                throw ValidationError("Name the project with --project, or take in an export of a plan with --update.")
            }
            if let title {
                guard !update else { throw ValidationError("--title is for a new plan, and not for --update.") }
                guard !CleanText.line(title).isEmpty else { throw ValidationError("A plan needs a title.") }
                guard title.count <= 200 else { throw ValidationError("A plan's title has at most 200 characters.") }
            }
        }

        func run() async throws {
            let source = try ImportFiles.read(file)
            let format = try format ?? ExchangeFormat.detect(source)
            var imported = try format.read(source)
            if let title { imported.plan.title = title }
            let made = imported.plan.key.map(Plan.ID.init(rawValue:)).flatMap { $0.isWellFormed ? $0 : nil } ?? .make()
            let tasks = try imported.plan.tasks(of: made, file: file)
            let found = imported
            try await Composition.run { composition in
                let store = composition.store
                let owner = try await owner(in: store)
                for note in found.notes.prefix(Self.mostNotes) { Terminal.note(note) }
                if found.notes.count > Self.mostNotes {
                    Terminal.note("and \(found.notes.count - Self.mostNotes) more")
                }
                if let key = found.plan.key, let known = try await store.plan(Plan.ID(rawValue: key)) {
                    let taking = ImportUpdate(path: file, imported: found, format: format, store: store, json: json)
                    guard update else { return try await taking.compare(with: known) }
                    guard owner.map({ $0.id == known.projectId }) ?? true else {
                        throw Failure("\(file) is of plan \(known.number), \(known.title), which is in another project")
                    }
                    return try await taking.take(into: known, dryRun: dryRun)
                }
                guard let owner, !update else {
                    throw Failure("\(file) is no export of a plan that is here; without --update it becomes a new one")
                }
                if !found.plan.metadata.dependencies.isEmpty {
                    Terminal.note("the plans that it waits for were left out: plans have other numbers here")
                }
                guard !dryRun else { return try show(nil, found.plan, format, tasks) }
                let new = found.plan.plan(made, in: owner.id)
                let (content, origin) = (found.plan.content, Origin(surface: .cli))
                let plan = try await store.change(origin, "importing plan \(new.title)") {
                    try $0.importPlan(new, into: owner.id, content: content, tasks: tasks, from: format.rawValue)
                }
                try show(plan, found.plan, format, tasks)
            }
        }

        private static let mostNotes = 20

        private func owner(in store: Store) async throws -> Project? {
            guard let project else { return nil }
            return try await store.known(project: project)
        }

        private func show(_ plan: Plan?, _ file: PlanFile, _ format: ExchangeFormat, _ tasks: [PlanTask]) throws {
            guard !json else {
                return try Terminal.showJSON(
                    ImportShown(
                        id: plan?.id, number: plan?.number, title: plan?.title ?? file.title, format: format.rawValue,
                        tasks: tasks.count, isNew: true, differences: []))
            }
            let count = tasks.count == 1 ? "1 task" : "\(tasks.count) tasks"
            if let plan {
                Terminal.show("Made plan \(plan.number), \(plan.title), with \(count) from \(format.rawValue).")
                return Terminal.show("id \(plan.id)")
            }
            Terminal.show("Would make a plan, \(file.title), with \(count) from \(format.rawValue):")
            for task in tasks { Terminal.show("\(task.number). [\(task.status.rawValue)] \(task.title)") }
        }
    }
}

extension PlanFile {
    /// The plan that it makes.
    fileprivate func plan(_ id: Plan.ID, in project: Project.ID) -> Plan {
        var plan = Plan(id: id, number: 1, projectId: project, title: title, description: description)
        plan.status = status
        plan.metadata = metadata
        return plan
    }
}
