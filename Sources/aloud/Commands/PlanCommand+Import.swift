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
                named. All of an import is taken back by one undo.
                """)

        @Argument(help: "The file, or the folder.", completion: .file())
        var file: String

        @Option(help: "The name of the project.")
        var project: String

        @Option(help: "\(ExchangeFormat.names(ExchangeFormat.readable)); without it, the file tells.")
        var format: ExchangeFormat?

        @Option(help: "The title of the plan, in place of the file's.")
        var title: String?

        @Flag(help: "Say what would be made, and make nothing.")
        var dryRun = false

        @Flag(help: "Show what was made as JSON.")
        var json = false

        func validate() throws {
            if let format, !ExchangeFormat.readable.contains(format) {
                throw ValidationError(
                    "\(format.rawValue) is written only; what can be read is \(ExchangeFormat.names(ExchangeFormat.readable))."
                )
            }
            if let title {
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
                let owner = try await store.known(project: project)
                for note in found.notes.prefix(Self.mostNotes) { Terminal.note(note) }
                if found.notes.count > Self.mostNotes {
                    Terminal.note("and \(found.notes.count - Self.mostNotes) more")
                }
                if let key = found.plan.key, let known = try await store.plan(Plan.ID(rawValue: key)) {
                    return try await tellKnown(known, found.plan, format, store)
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

        /// The file is an export of a plan that is here.
        private func tellKnown(_ plan: Plan, _ file: PlanFile, _ format: ExchangeFormat, _ store: Store) async throws {
            guard let whole = try await store.wholePlan(number: plan.number) else { return }
            let ours = PlanFile(whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks)
            let differences = format.differences(ours, file)
            guard !json else {
                return try Terminal.showJSON(
                    Shown(
                        id: plan.id, number: plan.number, title: plan.title, format: format.rawValue,
                        tasks: whole.tasks.count,
                        isNew: false, differences: differences))
            }
            Terminal.show("This is plan \(plan.number), \(plan.title), already; nothing was changed.")
            for difference in differences.prefix(Self.mostNotes) {
                Terminal.show("  the file says otherwise: \(difference)")
            }
        }

        private struct Shown: Encodable {
            /// nil when it would be made.
            let id: Plan.ID?
            let number: Int?
            let title: String
            let format: String
            let tasks: Int
            let isNew: Bool
            let differences: [String]
        }

        private func show(_ plan: Plan?, _ file: PlanFile, _ format: ExchangeFormat, _ tasks: [PlanTask]) throws {
            guard !json else {
                return try Terminal.showJSON(
                    Shown(
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
