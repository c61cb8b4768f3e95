import Foundation
import Planning
import Storage

extension StatsCommand {
    /// What of the planning's figures there is, line by line.
    static func lines(_ metrics: PlanningMetrics) -> [String] {
        func percent(_ share: Double?) -> String? { share.map { "\(Int(($0 * 100).rounded())) %" } }
        let conversations = metrics.medianConversationMinutes.map { minutes in
            "\(metrics.conversations), half of them longer than \(minutes.inTenths) minutes and "
                + "\(Int(metrics.medianConversationTurns ?? 0)) turns"
        }
        let estimates = metrics.estimates.map {
            "work takes \($0.factor.inTenths) times its estimate (\($0.samples) tasks)"
        }
        let weeks =
            metrics.doneByWeek.contains { $0 > 0 } ? metrics.doneByWeek.map(String.init).joined(separator: " ") : nil
        let rows: [(String, String?)] = [
            ("conversations", conversations),
            ("by voice", percent(metrics.voiceShare)),
            ("repaired words", percent(metrics.repairedShare)),
            ("taken back", percent(metrics.undoneShare)),
            ("satisfied", metrics.opinions > 0 ? percent(metrics.satisfaction) : nil),
            ("found and used", metrics.hitsUsedShare.flatMap(percent).map { "\($0) of \(metrics.hits) passages" }),
            ("tasks done", percent(metrics.completionRate)),
            ("plans completed", percent(metrics.successRate)),
            ("minutes to a plan", metrics.medianMinutesToPlan?.inTenths),
            ("hours for a task", metrics.medianTaskHours?.inTenths),
            ("done by week", weeks),
            ("estimates", estimates),
            ("blocked tasks", metrics.blockedTasks > 0 ? String(metrics.blockedTasks) : nil),
            ("templates", named(metrics.plansByTemplate)),
            ("tags", named(metrics.projectsByTag)),
        ]
        let engines = metrics.engines.map {
            ("\($0.kind) by \($0.engine)", "\($0.calls) calls, \(percent($0.okShare) ?? "-") well" as String?)
        }
        return (rows + engines).compactMap { name, value in
            value.map { name.padding(toLength: 20, withPad: " ", startingAt: 0) + $0 }
        }
    }

    private static func named(_ groups: [PlanningMetrics.Group]) -> String? {
        groups.isEmpty ? nil : groups.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    }
}
