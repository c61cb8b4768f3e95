import ArgumentParser
import Foundation
import Memory
import Planning
import Storage

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find what was planned and said.",
        discussion: """
            Words are found by their English stem and without accents, names such as PlanStore also by their parts; with \
            an embedder things are found by their meaning too. The score tells how much it is what you look for, 0 to 1: \
            the share of the words that is in it, rare ones counting for more, and how near its meaning is. Standard \
            error says when only words were looked for, and when the project had nothing.
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
            if let project { owner = try await store.known(project: project) }
            try await composition.memory.catchUp()
            let found = try await composition.memory.find(
                words.joined(separator: " "), project: owner?.id, kinds: kind.isEmpty ? nil : Set(kind), limit: limit)
            let hits = found.hits
            if let shortfall = found.shortfall { Terminal.note("looked for the words alone: \(shortfall)") }
            if found.isWidened, let owner {
                Terminal.note("“\(owner.name)” has nothing of it; all projects were looked through")
            }
            guard !json else { return try Terminal.showJSON(hits) }
            guard !hits.isEmpty else { return Terminal.show("Nothing has these words.") }
            func ways(_ hit: Memory.Hit) -> String { hit.foundBy.map(\.rawValue).joined(separator: " + ") }
            for hit in hits {
                let place = [hit.project, hit.plan.map { "plan \($0)" }].compactMap(\.self).joined(separator: ", ")
                let title = hit.title.isEmpty ? hit.kind.rawValue : hit.title
                Terminal.show(
                    Terminal.bold(title) + "  \(hit.kind.rawValue)" + (place.isEmpty ? "" : " in \(place)")
                        + Terminal.dim("  \(hit.score) \(ways(hit)), \(Terminal.time(hit.at))"))
                if !hit.excerpt.isEmpty { Terminal.show("    \(hit.excerpt)") }
            }
        }
    }
}

extension Passage.Kind: ExpressibleByArgument {}
