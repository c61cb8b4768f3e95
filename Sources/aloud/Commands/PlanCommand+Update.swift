import ArgumentParser
import Planning
import Storage

extension PlanCommand {
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what is said of a plan beside its text: title, owner, due day and the like.")

        @OptionGroup var plan: PlanArgument

        @Option(help: "What it is called.")
        var title: String?

        @Option(help: "What it is about.")
        var description: String?

        @Option(help: "low, medium, high or critical.")
        var priority: Priority?

        @Option(
            help: "How long all of it will take: 90m, 4h, 2d or 1w; a bare number is minutes.",
            transform: WorkTime.minutes)
        var estimate: Int?

        @Option(help: "Who answers for it.")
        var owner: String?

        @Option(help: "The day it must be done by, as 2027-03-01.", transform: Day.written)
        var due: Day?

        @Option(help: "A milestone, in place of those before; repeat it for more.")
        var milestone: [String] = []

        @Option(help: "The number of a plan that must be done first, in place of those before; repeat it for more.")
        var dependsOn: [Int] = []

        @Option(help: "Take away: \(PlanField.allCases.map(\.rawValue).joined(separator: ", ")).")
        var clear: [PlanField] = []

        @Flag(help: "Show the plan as JSON.")
        var json = false

        func validate() throws {
            guard
                title != nil || description != nil || priority != nil || estimate != nil || owner != nil || due != nil
                    || !milestone.isEmpty || !dependsOn.isEmpty || !clear.isEmpty
            else {
                throw ValidationError("Say what to change, such as --due 2027-03-01; see: aloud plan update --help")
            }
        }

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                let plan = try await plan.find(in: store)
                let edit = self
                let changed = try await store.change(Origin(surface: .cli), "changing plan \(plan.title)") {
                    try $0.updatePlan(plan.id) { edit.apply(to: &$0) }
                }
                if json { return try Terminal.showJSON(changed) }
                Terminal.show("Plan \(changed.number): \(changed.title)")
                for line in changed.facts(after: try await store.plansBefore(changed)) { Terminal.show("  \(line)") }
            }
        }

        private func apply(to plan: inout Plan) {
            clear.forEach { $0.clear(&plan.metadata) }
            if let title { plan.title = title }
            if let description { plan.description = description }
            if let priority { plan.metadata.priority = priority }
            if let estimate { plan.metadata.estimateMinutes = estimate }
            if let owner { plan.metadata.owner = owner }
            if let due { plan.metadata.dueOn = due }
            if !milestone.isEmpty { plan.metadata.milestones = milestone }
            if !dependsOn.isEmpty { plan.metadata.dependencies = dependsOn.map(String.init) }
        }
    }
}

/// What can be taken away from a plan again.
enum PlanField: String, CaseIterable, ExpressibleByArgument {
    case priority, estimate, owner, due, milestones
    case dependsOn = "depends-on"

    func clear(_ metadata: inout Plan.Metadata) {
        switch self {
        case .priority: metadata.priority = nil
        case .estimate: metadata.estimateMinutes = nil
        case .owner: metadata.owner = nil
        case .due: metadata.dueOn = nil
        case .milestones: metadata.milestones = []
        case .dependsOn: metadata.dependencies = []
        }
    }
}

extension Plan {
    /// What is said of it beside its text, a line each.
    ///
    /// - Parameter before: The plans that it waits for.
    func facts(after before: [Plan]) -> [String] {
        [
            description.isEmpty ? nil : description,
            metadata.priority.map { "priority: \($0.rawValue)" },
            metadata.estimateMinutes.map { "estimate: \($0) minutes" },
            metadata.owner.map { "owner: \($0)" },
            metadata.dueOn.map { "due: \($0)" },
            metadata.milestones.isEmpty ? nil : "milestones: \(metadata.milestones.joined(separator: ", "))",
            before.isEmpty
                ? nil
                : "waits for: "
                    + before.map { "plan \($0.number), \($0.title) (\($0.status.rawValue))" }.joined(separator: "; "),
        ].compactMap(\.self)
    }
}
