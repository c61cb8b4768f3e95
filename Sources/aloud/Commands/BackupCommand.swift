import ArgumentParser
import Foundation
import Server
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
        let time = Date().formatted(
            .verbatim(
                "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits)T\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
                timeZone: .current, calendar: Calendar(identifier: .gregorian)))
        return (database as NSString).deletingLastPathComponent + "/backups/aloud-\(time).db"
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Go back to a copy of the database.",
        discussion: """
            The copy is looked at first, and what is there now is copied away before anything is changed. The daemon must \
            not be running.
            """)

    @Argument(help: "The copy.", completion: .file(extensions: ["db"]))
    var file: String

    @Flag(help: "Do not ask first.")
    var yes = false

    func validate() throws {
        guard yes || Terminal.isInteractive else {
            throw ValidationError("Nobody can be asked here; add --yes when what is there now is to be replaced.")
        }
    }

    func run() async throws {
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
        guard !LocalSocketClient.isAlive(loaded.locations.socket) else {
            throw Failure("the daemon is running; stop it first: systemctl --user stop aloud", .busy)
        }
        let source = URL(fileURLWithPath: file).standardizedFileURL.path
        let path = loaded.databasePath
        if !yes {
            Terminal.show("Replace everything in \(path) by what is in \(source)?")
            let answer = await Terminal.nextLine(prompt: "yes or no › ")
            guard answer?.trimmingCharacters(in: .whitespaces).lowercased() == "yes" else {
                return Terminal.show("Nothing was changed.")
            }
        }
        // Before the copy of what is there now: nothing is done for a file that cannot be taken.
        guard try await Store.examine(path: source)?.faults.isEmpty == true else {
            throw Failure("\(source) is not there, or is damaged; nothing was changed")
        }
        let kept = try await keep(path)
        try await Store.restore(from: source, into: path)
        Terminal.show("Restored from \(source)." + (kept.map { " What was there before is in \($0)." } ?? ""))
    }

    private func keep(_ path: String) async throws -> String? {
        guard FileIdentity(following: path) != nil else { return nil }
        var number = 1
        var copy = path + ".before-restore"
        while FileIdentity(copy) != nil {
            number += 1
            copy = path + ".before-restore-\(number)"
        }
        let store = try await Store.open(path: path)
        do {
            try await store.backUp(to: copy)
            try store.close()
        } catch {
            try? store.close()
            throw error
        }
        return copy
    }
}
