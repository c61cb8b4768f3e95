import ArgumentParser
import Planning
import Storage

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Show how much is kept and how long the stages of a turn take.")

    @Flag(help: "Show a JSON object.")
    var json = false

    func run() async throws {
        try await Composition.run { composition in
            let stats = try await composition.store.statistics()
            guard !json else { return try Terminal.showJSON(stats) }
            Terminal.show(
                "projects: \(stats.projects), plans: \(stats.plans), versions: \(stats.versions), tasks: \(stats.tasks), "
                    + "\(stats.turns) turns, \(stats.utterances) utterances")
            guard !stats.stages.isEmpty else { return Terminal.show("No turn has been timed yet.") }
            var table = TextTable(["STAGE", "TURNS", "P50 MS", "P95 MS"])
            for stage in stats.stages {
                table.add([stage.stage, String(stage.count), stage.p50.inTenths, stage.p95.inTenths])
            }
            table.show()
        }
    }
}

extension Double {
    /// With one decimal.
    var inTenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
