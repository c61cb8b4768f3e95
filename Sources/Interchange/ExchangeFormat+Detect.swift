import Foundation
import Support

extension ExchangeFormat {
    /// The form that a file has, by its name and what is in it. Throws `InterchangeError` when nobody can tell.
    package static func detect(_ source: ImportSource) throws -> ExchangeFormat {
        guard source.files.count == 1, let file = source.files.first else { return .backlog }
        switch (file.name as NSString).pathExtension.lowercased() {
        case "jsonl": return .beads
        case "csv": return .csv
        case "json": return try ofJSON(file)
        case "md", "markdown": return try ofText(file)
        default:
            let text = try SourceText(file).text
            let first = text.utf8.first { !($0 == 0x20 || $0 == 0x0A || $0 == 0x09) }
            if first == UInt8(ascii: "[") { throw unknown(file) }
            guard first == UInt8(ascii: "{") else { return try ofText(file) }
            let line = text.lines.first { !$0.isBlank } ?? ""
            return (try? JSONValue(parsing: String(line)))?["id"] != nil ? .beads : try ofJSON(file)
        }
    }

    private static func ofJSON(_ file: ExchangedFile) throws -> ExchangeFormat {
        let probe = try JSONSource(file).decode(Probe.self)
        if probe.format == JSONPlan.format { return .json }
        if probe.hasTasks { return .taskmaster }
        throw unknown(file)
    }

    private static func ofText(_ file: ExchangedFile) throws -> ExchangeFormat {
        let lines = try SourceText(file).lines
        if lines.contains(where: { $0 == MarkdownPlan.tasksMark }) { return .markdown }
        if BacklogTasks.isTask(lines) { return .backlog }
        if lines.contains(where: { SpecKitTasks.Line($0) != nil }) { return .specKit }
        if lines.contains(where: { OpenSpecTasks.Line($0) != nil }) { return .openSpec }
        return .markdown
    }

    private static func unknown(_ file: ExchangedFile) -> InterchangeError {
        let known = readable.map(\.rawValue).joined(separator: ", ")
        return InterchangeError(file.name, "it is not clear what this is; name its form with --format: \(known)")
    }

    /// As much of a JSON file as tells whose it is.
    private struct Probe: Decodable {
        var format: String?
        var hasTasks = false

        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            for key in container.allKeys {
                if key.stringValue == "format" { format = try? container.decode(String.self, forKey: key) }
                let inner = try? container.nestedContainer(keyedBy: Key.self, forKey: key)
                if key.stringValue == "tasks" || inner?.allKeys.contains(where: { $0.stringValue == "tasks" }) == true {
                    hasTasks = true
                }
            }
        }
    }
}
