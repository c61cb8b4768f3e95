import ArgumentParser
import Foundation
import Support

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure with texts of your own: search.", subcommands: [Search.self])

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure how well and how fast the memory finds.",
            discussion: """
                The passages go into a store of their own in a temporary folder, which is removed afterwards; yours is \
                not touched. Every line of the files is one JSON object:

                  PASSAGES  {"id": "p1", "title": "…", "text": "…"}
                  QUERIES   {"qid": "q1", "text": "…", "relevant": ["p1"]}
                  VECTORS   {"id": "p1", "v": [0.1, …]} or {"qid": "q1", "v": [0.1, …]}

                Recall is the share of a query's relevant passages among the first 5 or 10 hits; MRR@10 is 1 through \
                the rank of the first relevant one, 0 when none is among 10. Exit code 1 when a line is not as above: \
                it is named.
                """)

        @Argument(help: "A file of passages.", completion: .file(extensions: ["jsonl"]))
        var passages: String

        @Argument(help: "A file of queries with what they are to find.", completion: .file(extensions: ["jsonl"]))
        var queries: String

        @Option(
            help: "A file with vectors of passages and queries; without it words alone are looked for.",
            completion: .file(extensions: ["jsonl"]))
        var vectors: String?

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() async throws {
            let bench = try SearchBench(passages: passages, queries: queries, vectors: vectors)
            for note in bench.notes { Terminal.note(note) }
            let report = try await bench.run()
            if json { try Terminal.showJSON(report) } else { report.show() }
        }
    }
}
