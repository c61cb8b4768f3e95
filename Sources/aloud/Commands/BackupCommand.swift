import ArgumentParser
import Foundation
import Planning
import Storage
import Support

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database, also while it is in use.",
        discussion: "The copy is looked at before it gets its name: one file, whole, for its owner alone.")

    @Argument(help: "Where to; without it a file named after the time, in the folder backups beside the database.")
    var file: String?

    @Flag(help: "Show a JSON object.")
    var json = false

    func run() async throws {
        try await Composition.run { composition in
            let target = try target(beside: composition.store.path)
            let bytes = try await composition.store.backUp(to: target)
            if json {
                try Terminal.showJSON(["path": JSONValue.string(target), "bytes": .number(Double(bytes))])
            } else {
                Terminal.show("Copied to \(target), \((Double(bytes) / 1_048_576).inTenths) MiB.")
            }
        }
    }

    private func target(beside database: String) throws -> String {
        if let file {
            guard !file.isEmpty else { throw ValidationError("Name a file.") }
            return URL(fileURLWithPath: file).standardizedFileURL.path
        }
        let time = Terminal.time(
            .now,
            "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits)T\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)"
        )
        return (database as NSString).deletingLastPathComponent + "/backups/aloud-\(time).db"
    }
}
