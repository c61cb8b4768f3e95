import ArgumentParser
import Foundation
import Memory
import Planning
import Storage
import Support

struct MemoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "What can be found: status, rebuild.",
        subcommands: [Status.self, Rebuild.self], defaultSubcommand: Status.self)

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how much can be found, and how.")

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() async throws {
            try await Composition.run { composition in
                let status = try await composition.memory.status()
                guard !json else { return try Terminal.showJSON(status) }
                for kind in Passage.Kind.allCases {
                    Terminal.show("\(MemoryCommand.name(kind.rawValue)) \(status.passages[kind.rawValue] ?? 0)")
                }
                Terminal.show("\(MemoryCommand.name("to read")) \(status.behind) changes")
                Terminal.show("\(MemoryCommand.name("search")) \(status.search)")
                let vectors = status.vectors
                guard let model = vectors.model else {
                    return Terminal.show("\(MemoryCommand.name("vectors")) none: no embedder is configured")
                }
                let hosts = vectors.hosts.joined(separator: ", ")
                let unsent =
                    vectors.excluded.isEmpty ? "" : "; never sent: \(vectors.excluded.joined(separator: ", "))"
                Terminal.show(
                    "\(MemoryCommand.name("vectors")) \(vectors.made) of \(vectors.dimensions) dimensions by \(model) at "
                        + "\(hosts), \(vectors.waiting) to make\(unsent)")
            }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read everything again, from the store itself, and have all vectors made again.")

        func run() async throws {
            try await Composition.run { composition in
                let memory = composition.memory
                Terminal.show("Read \(try await memory.rebuild()) changes and turns.")
                guard let model = memory.embedding.value.model else { return }
                var made = 0
                var refused = 0
                do {
                    while case let round = try await memory.embed(), round.made + round.refused > 0 || round.isBehind {
                        made += round.made
                        refused += round.refused
                    }
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    throw Failure("\(made) vectors were made, then the embedder failed: \(error); the rest waits")
                }
                Terminal.show("Made \(made) vectors by \(model).")
                if refused > 0 { Terminal.note("\(refused) passages were refused, and are found by their words alone") }
            }
        }
    }

    private static func name(_ text: String) -> String { text.padding(toLength: 9, withPad: " ", startingAt: 0) }
}
