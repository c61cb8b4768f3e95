import Assistant
import Foundation
import Planning
import Speech
import Support

/// Utterances with known meanings, understood by the very code that understands what is said.
struct CommandBench {
    private let rows: [CommandRow]
    private let variants: [CommandVariant]

    /// Reads the files; throws a `Failure` that names the file and the line of what is wrong.
    init(set: String, variants path: String?) throws {
        rows = try CommandRow.read(set)
        variants = try path.map { [ids = Set(rows.map(\.id))] in try CommandVariant.read($0, of: ids) } ?? []
    }

    /// What another matcher made of them, by the same measure. A row that it does not answer is free speech to it.
    func judge(answers path: String) throws -> CommandBenchReport {
        var answers: [String: CommandPrediction] = [:]
        try JSONLines(path: path).read(CommandPrediction.self) { answers["\($0.variant) \($0.id)"] = $0 }
        return report { row, variant, _ in
            answers["\(variant) \(row.id)"]
                ?? CommandPrediction(
                    id: row.id, variant: variant, intent: "none", slots: [:], needsConfirmation: false, ms: 0)
        }
    }

    func run() throws -> CommandBenchReport {
        let table = try CommandTable(CommandTable.english)
        let pronunciation = Pronunciation()
        let matcher = Matcher(table, phones: { pronunciation.phones(of: $0) })
        func predict(_ row: CommandRow, _ variant: String, _ text: String) -> CommandPrediction {
            let names = row.state.names
            let began = ContinuousClock.now
            let understood = matcher.understand(text, names: names)
            let ms = (ContinuousClock.now - began).milliseconds
            return CommandPrediction(
                id: row.id, variant: variant, intent: understood?.intent.rawValue ?? "none",
                slots: understood?.slots ?? [:],
                needsConfirmation: understood.map { table.asksFirst($0) } ?? false, ms: (ms * 1000).rounded() / 1000)
        }
        // The first words make the patterns and open the dictionary.
        _ = matcher.understand("what can I say", names: LiveNames())
        return report(predict)
    }

    private func report(
        _ predict: (CommandRow, _ variant: String, _ text: String) -> CommandPrediction
    ) -> CommandBenchReport {
        var predictions = rows.map { predict($0, "clean", $0.text) }
        var scores = [CommandScore(variant: "clean", Array(zip(rows, predictions)))]
        let known = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        for name in Set(variants.map(\.variant)).sorted() {
            let pairs = variants.filter { $0.variant == name }.compactMap { variant in
                known[variant.id].map { ($0, predict($0, name, variant.text)) }
            }
            predictions += pairs.map(\.1)
            scores.append(CommandScore(variant: name, pairs))
        }
        return CommandBenchReport(scores: scores, predictions: predictions)
    }
}

struct CommandBenchReport {
    let scores: [CommandScore]
    let predictions: [CommandPrediction]

    /// One line each: `{id, variant, intent, slots, needs_confirmation, ms}`.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = ""
        for prediction in predictions { text += String(decoding: try encoder.encode(prediction), as: UTF8.self) + "\n" }
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw Failure("\(path) cannot be written")
        }
    }

    func show() {
        Terminal.show("variant     CAR  intent   wrong  missed   false  unconfirmed  p50 ms  p95 ms")
        for score in scores {
            func share(_ count: Int, _ whole: Int) -> String {
                String(format: "%.1f", whole > 0 ? 100 * Double(count) / Double(whole) : 0)
            }
            let columns = [
                (share(score.accepted, score.commands), 6), (share(score.rightIntents, score.commands), 8),
                (share(score.wrongActions, score.commands), 8), (share(score.missed, score.commands), 8),
                (share(score.falseCommands, score.free), 8), (String(score.unconfirmed), 13),
                (String(format: "%.2f", score.p50), 8), (String(format: "%.2f", score.p95), 8),
            ]
            Terminal.show(
                score.variant.padding(toLength: max(9, score.variant.count), withPad: " ", startingAt: 0)
                    + columns.map { String(repeating: " ", count: max(1, $1 - $0.count)) + $0 }.joined())
        }
        if let first = scores.first {
            Terminal.show("\(first.commands) commands, \(first.free) of free speech; shares in percent")
        }
    }
}
