import ArgumentParser
import Assistant
import Planning
import Storage

extension TaskCommand {
    struct Risks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Predict what may go wrong with a plan's tasks, and which dependencies may be missing.",
            discussion: """
                Each prediction has its reason: the task's own words, what waits for what, and what became of earlier tasks \
                of the project. They are predictions; nothing is changed.
                """)

        @Argument(help: "The number of the plan; without it the one that is open.")
        var plan: Int?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                var chosen = OpenPlanOption()
                chosen.plan = plan
                let plan = try await chosen.find(in: composition.store)
                let predictions = try await composition.store.forecast(of: plan)
                guard !json else { return try Terminal.showJSON(predictions) }
                guard !predictions.isEmpty else {
                    return Terminal.show("Nothing is predicted for plan \(plan.number).")
                }
                Terminal.show("Predictions, not facts; nothing was changed.")
                for prediction in predictions {
                    let what = prediction.dependsOn.map { "may wait for task \($0)" } ?? prediction.kind.rawValue
                    Terminal.show("task \(prediction.task), \(what): \(prediction.reason)")
                }
            }
        }
    }
}
