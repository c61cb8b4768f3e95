import Foundation
import Support

/// A configuration and where each of its values came from.
struct LoadedConfiguration: Sendable {
    var configuration: Configuration
    /// By key; what is not here is a default.
    var origins: [String: String]
    let locations: Locations
    let environment: [String: String]

    var databasePath: String { configuration.database.path ?? locations.database }

    /// As if nothing had been chosen.
    static func defaults(environment: [String: String]) -> LoadedConfiguration {
        LoadedConfiguration(
            configuration: Configuration(), origins: [:], locations: Locations(environment: environment),
            environment: environment)
    }

    /// Flags over environment over file over defaults.
    static func load(
        environment: [String: String], flags: [(key: String, value: String)] = []
    ) throws(ConfigurationError) -> LoadedConfiguration {
        var loaded = defaults(environment: environment)
        var origins: [String: String] = [:]
        try ConfigurationFile(path: loaded.locations.configFile)
            .read(into: &loaded.configuration) { origins[$0] = $1 }
        try SeedEnvironment(environment).apply(to: &loaded.configuration) { origins[$0] = $1 }
        for setting in Configuration.settings {
            let variable = "ALOUD_" + setting.key.uppercased().replacing(".", with: "_")
            if let value = environment[variable] {
                try loaded.read(setting, value, from: variable)
                origins[setting.key] = variable
            }
        }
        for flag in flags {
            guard let setting = Configuration.settings.first(where: { $0.key == flag.key }) else { continue }
            try loaded.read(setting, flag.value, from: "--\(flag.key)")
            origins[flag.key] = "flag"
        }
        loaded.origins = origins
        return loaded
    }

    private mutating func read(
        _ setting: Setting<Configuration>, _ value: String, from place: String
    ) throws(ConfigurationError) {
        guard setting.read(&configuration, value) else {
            throw ConfigurationError(place: place, reason: "takes \(setting.takes), not “\(value.prefix(60))”")
        }
    }
}

/// Whatever prints it never prints the environment, which holds keys.
extension LoadedConfiguration: CustomStringConvertible {
    var description: String { "configuration of \(locations.configFile)" }
}

/// The names that earlier systems of this kind gave their environment; they are honoured here.
struct SeedEnvironment {
    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    func apply(to configuration: inout Configuration, note: (String, String) -> Void) throws(ConfigurationError) {
        if let url = environment["DATABASE_URL"], !url.isEmpty {
            configuration.database.path = try databasePath(url)
            note("database.path", "DATABASE_URL")
        }
        // Chat alone: a key in the environment never sends sound.
        if environment["ROUTER_API_KEY"]?.isEmpty == false, configuration.languageModels.isEmpty {
            var router = EngineConfiguration()
            router.baseURL = "https://router.requesty.ai/v1"
            router.model = environment["REQUESTY_PLANNING_MODEL"] ?? "requesty/glm-4.5"
            router.apiKeyEnvironment = "ROUTER_API_KEY"
            router.temperature = try number("PLANNING_TEMPERATURE", 0...2) ?? 0.4
            router.maximumTokens = try number("PLANNING_MAX_TOKENS", 1...200_000).map { Int($0) } ?? 2200
            configuration.languageModels = [router]
            note("language_models", "ROUTER_API_KEY")
        }
        // Everything that is kept would be sent: only when the model for it is named.
        if environment["ROUTER_API_KEY"]?.isEmpty == false, configuration.embedders.isEmpty,
            let model = environment["REQUESTY_EMBEDDING_MODEL"], !model.isEmpty
        {
            var router = EngineConfiguration()
            router.baseURL = "https://router.requesty.ai/v1"
            router.model = model
            router.apiKeyEnvironment = "ROUTER_API_KEY"
            configuration.embedders = [router]
            note("embedders", "REQUESTY_EMBEDDING_MODEL")
        }
    }

    private func databasePath(_ url: String) throws(ConfigurationError) -> String {
        // sqlite:///relative and sqlite:////absolute, as SQLAlchemy writes them; the driver after + does not matter.
        if url.hasPrefix("sqlite"), let end = url.range(of: ":///") {
            let path = String(url[end.upperBound...])
            if !path.isEmpty { return URL(fileURLWithPath: path).standardizedFileURL.path }
        }
        if url.hasPrefix("postgres") {
            throw ConfigurationError(
                place: "DATABASE_URL",
                reason: "PostgreSQL is not supported yet; unset it, or name a file: sqlite:////home/you/aloud.db")
        }
        throw ConfigurationError(place: "DATABASE_URL", reason: "takes sqlite:///path to a file")
    }

    private func number(_ name: String, _ range: ClosedRange<Double>) throws(ConfigurationError) -> Double? {
        guard let text = environment[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw ConfigurationError(
                place: name, reason: "takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
