import ArgumentParser
import Planning
import Storage

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show how much is kept, how the planning goes, and how long the stages of a turn take.",
        discussion:
            "Figures that nothing is known about yet are left out; medians, not means.")

    @Flag(help: "Show how talking goes instead: what is understood, how fast it is answered, who interrupts.")
    var voice = false

    @Option(help: "With --voice: of the last so many days.")
    var days = 30

    @Flag(help: "Show a JSON object.")
    var json = false

    func validate() throws {
        guard 1...3650 ~= days else { throw ValidationError("Days are a number from 1 to 3650.") }
    }

    func run() async throws {
        guard !voice else { return try await showVoice() }
        try await Composition.run { composition in
            let stats = try await composition.store.statistics()
            let planning = try await composition.store.planningMetrics()
            guard !json else { return try Terminal.showJSON(Figures(kept: stats, planning: planning)) }
            Terminal.show(
                "projects: \(stats.projects), plans: \(stats.plans), versions: \(stats.versions), tasks: \(stats.tasks), "
                    + "\(stats.turns) turns, \(stats.utterances) utterances")
            for line in StatsCommand.lines(planning) { Terminal.show(line) }
            for use in stats.models {
                Terminal.show(
                    "\(use.model): \(use.calls) calls, \(use.promptTokens) tokens sent, \(use.completionTokens) written"
                        + (use.cost.map { ", cost \($0.inHundredths)" } ?? ""))
            }
            guard !stats.stages.isEmpty else { return Terminal.show("No turn has been timed yet.") }
            var table = TextTable(["STAGE", "TURNS", "P50 MS", "P95 MS"])
            for stage in stats.stages {
                table.add([stage.stage, String(stage.count), stage.p50.inTenths, stage.p95.inTenths])
            }
            table.show()
        }
    }
}

/// Both as one object.
private struct Figures: Encodable {
    let kept: Statistics
    let planning: PlanningMetrics

    private enum Key: String, CodingKey { case planning }

    func encode(to encoder: any Encoder) throws {
        try kept.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(planning, forKey: .planning)
    }
}

extension Double {
    /// With two decimals, rounded up: a cost is never shown as nothing.
    var inHundredths: String {
        let hundredths = Int((self * 100).rounded(.up))
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// With one decimal.
    var inTenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
