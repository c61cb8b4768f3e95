import ArgumentParser
import Foundation
import Memory
import Planning
import Storage

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find what was planned and said.",
        discussion: """
            Words are found by their English stem and without accents, names such as PlanStore also by their parts. The \
            score tells how much of what you look for is in it, 0 to 1; rare words count for more.
            """)

    @Argument(help: "What to look for; the words need no quotes.")
    var words: [String]

    @Option(help: "In this project; when nothing is there, in all of them.")
    var project: String?

    @Option(help: "Only project, section, task, note or turn; repeat it for more.")
    var kind: [Passage.Kind] = []

    @Option(help: "At most so many, up to 100.")
    var limit = 10

    @Flag(help: "Show a JSON array.")
    var json = false

    func validate() throws {
        guard words.joined().contains(where: { $0.isLetter || $0.isNumber }) else {
            throw ValidationError("Say what to look for: aloud search offline editing")
        }
        guard 1...100 ~= limit else { throw ValidationError("--limit takes a number from 1 to 100.") }
    }

    func run() async throws {
        try await Composition.run { composition in
            let store = composition.store
            var owner: Project?
            if let project {
                guard let found = try await store.project(named: project) else {
                    throw Failure("there is no project “\(project)”; see: aloud project list")
                }
                owner = found
            }
            let memory = Memory(store: store)
            try await memory.catchUp()
            let hits = try await memory.search(
                words.joined(separator: " "), project: owner?.id, kinds: kind.isEmpty ? nil : Set(kind), limit: limit)
            guard !json else { return try Terminal.showJSON(hits) }
            guard !hits.isEmpty else { return Terminal.show("Nothing has these words.") }
            for hit in hits {
                let place = [hit.project, hit.plan.map { "plan \($0)" }].compactMap(\.self).joined(separator: ", ")
                let title = hit.title.isEmpty ? hit.kind.rawValue : hit.title
                Terminal.show(
                    Terminal.bold(title) + "  \(hit.kind.rawValue)" + (place.isEmpty ? "" : " in \(place)")
                        + Terminal.dim("  \(hit.score), \(Terminal.time(hit.at))"))
                if !hit.excerpt.isEmpty { Terminal.show("    \(hit.excerpt)") }
            }
        }
    }
}

extension Passage.Kind: ExpressibleByArgument {}

struct MemoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "What can be found: status, rebuild.",
        subcommands: [Status.self, Rebuild.self], defaultSubcommand: Status.self)

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how much can be found.")

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let status = try await Memory(store: composition.store).status()
                guard !json else { return try Terminal.showJSON(status) }
                for kind in Passage.Kind.allCases {
                    Terminal.show(
                        "\(kind.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)) \(status.passages[kind.rawValue] ?? 0)"
                    )
                }
                Terminal.show("to read   \(status.behind) changes")
            }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Read everything again, from the store itself.")

        func run() async throws {
            try await Composition.run { composition in
                let read = try await Memory(store: composition.store).rebuild()
                Terminal.show("Read \(read) changes and turns.")
            }
        }
    }
}
