import ArgumentParser
import Assistant
import Planning
import Storage
import Support

extension PlanCommand {
    struct Breakdown: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Break a plan down into tasks with a language model.",
            discussion: """
                The tasks, with their estimates, priorities, acceptance items and what waits for what, are added as one \
                change, which `aloud say undo` takes back; with --dry-run they are only shown. Needs a language model: see \
                docs/engines.md.
                """)

        @OptionGroup var plan: PlanArgument

        @Flag(help: "Show the tasks and add none.")
        var dryRun = false

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                guard composition.structured.isPossible else {
                    throw Failure("no language model is configured, and a breakdown takes one; see docs/engines.md")
                }
                let breakdown = Assistant.Breakdown(store: store, answer: composition.structured)
                let conversation = try await store.currentConversation()
                let origin = Origin(surface: .cli, conversationId: conversation.id)
                let result: Assistant.Breakdown.Result
                do {
                    result = try await breakdown.run(plan, origin: origin, isDry: dryRun)
                } catch let error as ToolError {
                    throw Failure(error.description)
                }
                guard !json else {
                    return try Terminal.showJSON(
                        JSONValue.object([
                            "plan": .number(Double(plan.number)), "dry_run": .bool(dryRun),
                            "tasks": .array(result.tasks),
                            "numbers": .array((result.numbers ?? []).map { .number(Double($0)) }),
                        ]))
                }
                for (index, title) in result.titles.enumerated() {
                    Terminal.show("\(result.numbers.map { String($0[index]) } ?? "-"). \(title)")
                }
                Terminal.show(
                    dryRun ? "Nothing was added." : "Added \(result.titles.count) tasks to plan \(plan.number).")
            }
        }
    }
}
