import ArgumentParser
import Planning
import Storage

extension PlanCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a plan with its versions, tasks and notes.",
            discussion: """
                To put a plan away and keep it: aloud plan status N archived. What was said about it stays; aloud forget \
                removes that too.
                """)

        @OptionGroup var plan: PlanArgument

        @OptionGroup var confirmation: Confirmation

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let tasks = try await store.tasks(of: plan.id).count
                guard
                    await confirmation.isGiven(
                        "Delete plan \(plan.number), \(plan.title), with \(plan.latestVersion) versions and \(tasks) tasks?"
                    )
                else { return Terminal.show("Nothing was deleted.") }
                try await store.change(Origin(surface: .cli), "deleting plan \(plan.title)") {
                    try $0.deletePlan(plan.id)
                }
                Terminal.show("Deleted plan \(plan.number), \(plan.title).")
            }
        }
    }
}
