import ArgumentParser
import Foundation
import Server
import Storage
import Support

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Go back to a copy of the database.",
        discussion: """
            The copy is looked at first, and what is there now is copied away before anything is changed. The daemon must \
            not be running.
            """)

    @Argument(help: "The copy.", completion: .file(extensions: ["db"]))
    var file: String

    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
        guard !LocalSocketClient.isAlive(loaded.locations.socket) else {
            throw Failure("the daemon is running; stop it first: systemctl --user stop aloud", .busy)
        }
        let source = URL(fileURLWithPath: file).standardizedFileURL.path
        let path = loaded.databasePath
        guard await confirmation.isGiven("Replace everything in \(path) by what is in \(source)?") else {
            return Terminal.show("Nothing was changed.")
        }
        let kept = try await Store.restore(from: source, into: path)
        Terminal.show("Restored from \(source)." + (kept.map { " What was there before is in \($0)." } ?? ""))
    }
}
