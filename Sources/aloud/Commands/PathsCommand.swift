import ArgumentParser
import Foundation
import Support

struct PathsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "paths", abstract: "Show where everything lies.")

    @Flag(help: "Show a JSON object.")
    var json = false

    func run() throws {
        let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
        let paths = loaded.locations.named.map { $0.name == "database" ? ($0.name, loaded.databasePath) : $0 }
        if json {
            let members = paths.map { ($0.0, JSONValue.string($0.1)) }
            return try Terminal.showJSON(JSONValue.object(Dictionary(uniqueKeysWithValues: members)))
        }
        for (name, path) in paths {
            Terminal.show(name.padding(toLength: 10, withPad: " ", startingAt: 0) + path)
        }
    }
}
