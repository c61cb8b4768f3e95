import ArgumentParser
import Planning
import Storage

extension TaskCommand {
    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what can be begun now, the most pressing first.")

        @OptionGroup var plan: OpenPlanOption

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let tasks = try await composition.store.tasks(of: plan.id)
                let ready = tasks.ready
                guard !json else { return try Terminal.showJSON(ready) }
                for task in ready {
                    Terminal.show("\(task.number). [\(task.status.rawValue), \(task.priority.rawValue)] \(task.title)")
                }
                guard ready.isEmpty else { return }
                let open = tasks.filter(\.status.isOpen)
                if open.isEmpty { return Terminal.show("Nothing is left to do.") }
                let graph = TaskGraph(tasks)
                Terminal.show("Nothing can be begun:")
                for task in open {
                    let blockers = graph.blockers(of: task.number).map { String($0.number) }
                    let why = blockers.isEmpty ? "is blocked" : "waits for \(blockers.joined(separator: ", "))"
                    Terminal.show("\(task.number). \(task.title): \(why)")
                }
            }
        }
    }

    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how long the open tasks take, and which of them decide it.",
            discussion: """
                Times are minutes of work from now, as if everything that can went on at once. A task without an \
                estimate counts for \(TaskGraph.assumed) minutes, marked ~. No slack means: on the critical path.
                """)

        @OptionGroup var plan: OpenPlanOption

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let plan = try await plan.find(in: composition.store)
                let tasks = try await composition.store.tasks(of: plan.id)
                let schedule = TaskGraph(tasks).schedule
                guard !json else { return try Terminal.showJSON(schedule) }
                guard !schedule.isEmpty else { return Terminal.show("Nothing is left to do.") }
                let titles = Dictionary(tasks.map { ($0.number, $0.title) }, uniquingKeysWith: { first, _ in first })
                var table = TextTable(["TASK", "STARTS", "MINUTES", "SLACK", "TITLE"])
                for item in schedule {
                    table.add([
                        String(item.number), String(item.earliestStart),
                        (item.isAssumed ? "~" : "") + String(item.minutes),
                        item.isCritical ? "none" : String(item.slack), titles[item.number] ?? "",
                    ])
                }
                table.show()
                let end = schedule.map { $0.earliestStart + $0.minutes }.max() ?? 0
                Terminal.show("In all \(end) minutes.")
                guard
                    let calibration = EstimateCalibration(try await composition.store.tasks(ofProject: plan.projectId))
                else { return }
                Terminal.show(
                    "By \(calibration.samples) tasks of the project that were measured, work takes "
                        + "\(calibration.factor.inTenths) times its estimate: rather "
                        + "\(Int((Double(end) * calibration.factor).rounded())) minutes.")
            }
        }
    }
}
