import ArgumentParser
import Assistant
import Foundation
import Support

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure with texts of your own: search, commands.",
        subcommands: [Search.self, Commands.self, Phrases.self])

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

    struct Commands: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure how well and how fast commands are understood.",
            discussion: """
                Your store is not touched: the state of each utterance stands in place of it. Every line of the files is \
                one JSON object:

                  SET       {"id": "c1", "text": "…", "intent": "start_task", "slots": {"task": 3}, "state": {…}}
                  VARIANTS  {"id": "c1", "variant": "noise", "text": "…"}
                  OUT       {"id": "c1", "variant": "clean", "intent": "…", "slots": {…}, "needs_confirmation": false, "ms": 1}

                A state holds projects, plans, tasks, sections, versions, open_project and open_plan. Free speech has the \
                intent “none”. CAR is the share of commands whose intent and slots are all right. Exit code 1 when a line \
                is not as above: it is named.
                """)

        @Argument(help: "A file of utterances.", completion: .file(extensions: ["jsonl"]))
        var set: String

        @Option(help: "A file of other ways they were said or heard.", completion: .file(extensions: ["jsonl"]))
        var variants: String?

        @Option(help: "A file to write what was understood into.", completion: .file(extensions: ["jsonl"]))
        var predictions: String?

        @Option(
            help: "A file as OUT, made by another matcher: it is measured instead.",
            completion: .file(extensions: ["jsonl"]))
        var answers: String?

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() throws {
            let bench = try CommandBench(set: set, variants: variants)
            let report = try answers.map { try bench.judge(answers: $0) } ?? bench.run()
            if let predictions { try report.write(to: predictions) }
            if json { try Terminal.showJSON(report.scores) } else { report.show() }
        }
    }

    struct Phrases: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the phrases that are taught, one JSON object a line: for a comparison with other matchers.",
            discussion: """
                Written as `(create|make) [a] project {name}`: words, alternatives, what may be left out, and slots. \
                `destructive` tells which commands take a yes.
                """)

        func run() throws {
            for entry in CommandTable.english {
                for phrase in entry.phrases {
                    try Terminal.showJSON([
                        "intent": JSONValue.string(entry.intent.rawValue), "phrase": .string(phrase),
                        "destructive": .bool(entry.isDestructive),
                    ])
                }
            }
        }
    }
}
