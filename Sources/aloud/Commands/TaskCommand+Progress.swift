import ArgumentParser
import Planning
import Storage

extension TaskCommand {
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Begin tasks.")

        @OptionGroup var tasks: TasksArgument

        func run() async throws {
            try await tasks.change("starting") { $0.status = .inProgress }
        }
    }

    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finish tasks.", discussion: "What they made ready to begin is named.")

        @OptionGroup var tasks: TasksArgument

        @Option(help: "What shows that it is done: a commit, a test run, a link.")
        var evidence: String?

        @Option(
            help: "How long it really took: 90m, 4h, 2d or 1w; a bare number is minutes.", transform: WorkTime.minutes)
        var actual: Int?

        func run() async throws {
            try await tasks.change("finishing") {
                $0.status = .done
                if let evidence { $0.evidence = evidence }
                if let actual { $0.actualMinutes = actual }
            }
        }
    }
}

/// Tasks of one plan, changed in one operation that one undo takes back.
struct TasksArgument: ParsableArguments {
    @OptionGroup var plan: OpenPlanOption

    @Argument(help: "The numbers of the tasks.")
    var task: [Int]

    @Flag(help: "Show the tasks as a JSON array.")
    var json = false

    func change(_ doing: String, _ edit: @Sendable @escaping (inout PlanTask) -> Void) async throws {
        try await Composition.run { composition in
            let store = composition.store
            let plan = try await plan.find(in: store)
            for number in task { _ = try await plan.task(number, in: store) }
            let wasReady = Set(try await store.tasks(of: plan.id).ready.map(\.number))
            let numbers = task
            let summary = "\(doing) task \(numbers.map(String.init).joined(separator: ", "))"
            let changed = try await store.change(Origin(surface: .cli), summary) { change in
                try numbers.map { try change.updateTask($0, of: plan.id, edit) }
            }
            guard !json else { return try Terminal.showJSON(changed) }
            changed.forEach { Terminal.show($0.standing) }
            for task in try await store.tasks(of: plan.id).ready where !wasReady.contains(task.number) {
                Terminal.show("Task \(task.number) can begin now: \(task.title)")
            }
        }
    }
}
