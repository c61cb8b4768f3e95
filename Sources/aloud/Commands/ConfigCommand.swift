import ArgumentParser
import Foundation
import Storage
import Support

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration: show, path, init.",
        subcommands: [Show.self, Path.self, Init.self, Reference.self, Schema.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is in force; secrets are never shown.")

        @Flag(help: "Show where each value came from.")
        var origin = false

        @Flag(help: "Show a JSON object.")
        var json = false

        func run() throws {
            let loaded = try LoadedConfiguration.load(environment: ProcessEnvironment.current)
            let configuration = loaded.configuration
            guard !json else { return try Terminal.showJSON(facts(loaded)) }
            for setting in Configuration.settings {
                let value = "\(setting.key): \(setting.show(configuration))"
                let from = loaded.origins[setting.key] ?? "default"
                Terminal.show(origin ? value.padding(toLength: 44, withPad: " ", startingAt: 0) + from : value)
            }
            for list in EngineConfiguration.lists {
                Terminal.show("\(list.key):" + (origin ? "  (\(loaded.origins[list.key] ?? "default"))" : ""))
                for engine in configuration[keyPath: list.path] {
                    Terminal.show("  - \(engine.engine.rawValue) \(engine.baseURL) \(engine.model)")
                }
                Terminal.show("  - local")
            }
        }

        private func facts(_ loaded: LoadedConfiguration) -> JSONValue {
            var all: [String: JSONValue] = [:]
            for setting in Configuration.settings {
                all[setting.key] = [
                    "value": .string(setting.show(loaded.configuration)),
                    "origin": .string(loaded.origins[setting.key] ?? "default"),
                ]
            }
            for list in EngineConfiguration.lists {
                all[list.key] = .array(
                    loaded.configuration[keyPath: list.path].map { engine in
                        .object(
                            Dictionary(
                                uniqueKeysWithValues: EngineConfiguration.settings.map {
                                    ($0.key, JSONValue.string($0.show(engine)))
                                }))
                    })
            }
            return .object(all)
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show where the configuration file is.")

        func run() throws { Terminal.show(Locations(environment: ProcessEnvironment.current).configFile) }
    }

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a configuration file with every key commented out.")

        func run() throws {
            let locations = Locations(environment: ProcessEnvironment.current)
            guard FileIdentity(locations.configFile) == nil else {
                throw Failure("\(locations.configFile) exists already; it is left as it is")
            }
            try PrivateFolder.make(locations.configFolder)
            try NewFile.write(ConfigurationReference.template.utf8, to: locations.configFile)
            Terminal.show("Wrote \(locations.configFile)")
        }
    }

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the reference page of the database.", shouldDisplay: false)

        func run() throws { Terminal.show(piece: try SchemaReference.markdown()) }
    }

    struct Reference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the reference page of the configuration.", shouldDisplay: false)

        func run() throws { Terminal.show(piece: ConfigurationReference.page) }
    }
}
