import ArgumentParser
import Planning
import Storage

struct DecisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decision", abstract: "Decisions and lessons: add, list, accept, reject, supersede.",
        subcommands: [Add.self, List.self, Accept.self, Reject.self, Supersede.self], defaultSubcommand: List.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a decision, or a lesson.")

        @Argument(help: "What is decided, and why; the words need no quotes.")
        var text: [String]

        @Option(help: "The name of the project; without it the open one.")
        var project: String?

        @Option(help: "The number of the plan that it belongs to.")
        var plan: Int?

        @Flag(help: "It is something that was learnt, not something decided.")
        var lesson = false

        @Flag(help: "It is only proposed.")
        var proposed = false

        @Option(help: "The number of the decision that it takes the place of.")
        var supersedes: Int?

        @Flag(help: "Show it as JSON.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                var plan: Plan?
                if let number = self.plan { plan = try await store.known(plan: number) }
                var owner = plan?.projectId
                if owner == nil { owner = try await DecisionCommand.project(project, in: store)?.id }
                let text = text.joined(separator: " ")
                let (kind, status) = (
                    lesson ? Decision.Kind.lesson : .decision, proposed ? Decision.Status.proposed : .accepted
                )
                let old = supersedes
                let made = try await store.change(Origin(surface: .cli), "adding a decision") { [owner, plan] change in
                    let made = try change.addDecision(text, kind: kind, status: status, project: owner, plan: plan?.id)
                    if let old { try change.supersedeDecision(old, by: made.number) }
                    return made
                }
                guard !json else { return try Terminal.showJSON(made) }
                Terminal.show("Kept \(made.kind.rawValue) \(made.number), \(made.status.rawValue).")
            }
        }

    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List decisions and lessons, the newest first.")

        @Option(help: "Only those of this project; without it those of all.")
        var project: String?

        @Option(help: "Only those that are proposed, accepted, rejected or superseded.")
        var status: Decision.Status?

        @Option(help: "Only these: decision or lesson.")
        var kind: Decision.Kind?

        @Flag(help: "Show a JSON array.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let store = composition.store
                var owner: Project?
                if project != nil { owner = try await DecisionCommand.project(project, in: store) }
                let all = try await store.decisions(of: owner?.id, kind: kind, status: status, limit: 1000)
                guard !json else { return try Terminal.showJSON(all) }
                guard !all.isEmpty else {
                    return Terminal.show("Nothing is decided. Keep one: aloud decision add TEXT")
                }
                let names = try await store.projectNames(of: all.compactMap(\.projectId))
                var table = TextTable(["NUMBER", "KIND", "STATUS", "PROJECT", "TEXT"])
                for decision in all {
                    table.add([
                        String(decision.number), decision.kind.rawValue,
                        decision.supersededBy.map { "superseded by \($0)" } ?? decision.status.rawValue,
                        decision.projectId.flatMap { names[$0] } ?? "-",
                        String(decision.text.split(whereSeparator: \.isNewline).first ?? ""),
                    ])
                }
                table.show()
            }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Accept what was proposed.")

        @Argument(help: "The number of the decision.")
        var number: Int

        func run() async throws { try await DecisionCommand.set(number, .accepted) }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Reject a decision; it stays to be read.")

        @Argument(help: "The number of the decision.")
        var number: Int

        func run() async throws { try await DecisionCommand.set(number, .rejected) }
    }

    struct Supersede: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put a decision in the place of another.")

        @Argument(help: "The number of the old one.")
        var number: Int

        @Option(help: "The number of the one that stands in its place.")
        var by: Int

        func run() async throws {
            let (number, other) = (number, by)
            try await Composition.run { composition in
                try await composition.store.change(Origin(surface: .cli), "superseding decision \(number)") {
                    try $0.supersedeDecision(number, by: other)
                }
                Terminal.show("Decision \(number) is superseded by decision \(other).")
            }
        }
    }

    fileprivate static func set(_ number: Int, _ status: Decision.Status) async throws {
        try await Composition.run { composition in
            try await composition.store.change(Origin(surface: .cli), "setting decision \(number)") {
                try $0.setDecision(number, status)
            }
            Terminal.show("Decision \(number) is \(status.rawValue).")
        }
    }

    /// The one that is named, else the open one; nil when none is open.
    fileprivate static func project(_ name: String?, in store: Store) async throws -> Project? {
        if let name { return try await store.known(project: name) }
        guard let id = try await store.focus(of: store.currentConversation().id).projectId else { return nil }
        return try await store.project(id)
    }
}

extension Decision.Status: ExpressibleByArgument {}
extension Decision.Kind: ExpressibleByArgument {}
