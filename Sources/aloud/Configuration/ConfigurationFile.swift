import Endpoints
import Foundation
import Support
import Yams

/// What is wrong in a configuration, and where.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// A file with its line, an environment variable, or a flag.
    let place: String
    let reason: String

    var description: String { "\(place): \(reason)" }
}

/// Reads the YAML file: every key it may hold is a `Setting`; any other is an error with its line.
struct ConfigurationFile {
    let path: String

    /// A file larger than this is not a configuration.
    static let sizeLimit = 1 << 20

    /// Reads the file into `configuration`; a missing file changes nothing. `note` hears of each key and its line.
    func read(into configuration: inout Configuration, note: (String, String) -> Void) throws(ConfigurationError) {
        guard let text = try text() else { return }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            // Never the line itself: it may hold a key.
            let (line, problem) = (error as? YamlError)?.whatAndWhere ?? (nil, "it cannot be read")
            throw ConfigurationError(
                place: line.map { "\(path):\($0)" } ?? path, reason: "is not valid YAML: \(problem)")
        }
        guard let root, root.scalar?.string.isEmpty != true else { return }
        for (key, value) in try members(root, "the top") { try section(key, value, &configuration, note) }
    }

    /// nil when there is no file. One that is there and cannot be read is never taken for none.
    private func text() throws(ConfigurationError) -> String? {
        do {
            return try RegularFile.text(path, atMost: ConfigurationFile.sizeLimit)
        } catch .system(ENOENT) where FileIdentity(path) == nil {
            return nil
        } catch .system(ENOENT) {
            throw ConfigurationError(place: path, reason: "is a link to a file that is not there")
        } catch {
            throw ConfigurationError(place: path, reason: "\(error)")
        }
    }

    private func section(
        _ key: Node, _ value: Node, _ configuration: inout Configuration, _ note: (String, String) -> Void
    ) throws(ConfigurationError) {
        let name = key.scalar?.string ?? ""
        if let list = EngineConfiguration.lists.first(where: { $0.key == name }) {
            guard let entries = value.sequence else {
                throw failure(key, "\(name) is a list; begin each entry with “- engine: …”")
            }
            var engines: [EngineConfiguration] = []
            for entry in entries { engines.append(try engine(entry, name)) }
            configuration[keyPath: list.path] = engines
            note(name, place(key))
            return
        }
        let known = Configuration.settings.map(\.key)
        guard known.contains(where: { $0.hasPrefix(name + ".") }) else {
            let sections = known.compactMap { $0.split(separator: ".").first.map(String.init) }
            throw unknown(key, name, among: sections + EngineConfiguration.lists.map(\.key))
        }
        for (inner, value) in try members(value, name) {
            let path = "\(name).\(inner.scalar?.string ?? "")"
            guard let setting = Configuration.settings.first(where: { $0.key == path }) else {
                throw unknown(inner, path, among: known)
            }
            guard let text = text(of: value, for: setting), setting.read(&configuration, text) else {
                throw failure(inner, "\(path) takes \(setting.takes)")
            }
            note(path, place(inner))
        }
    }

    /// The words of a setting that takes several may stand as a list too.
    private func text<Target>(of value: Node, for setting: Setting<Target>) -> String? {
        if setting.isMapping, let mapping = value.mapping {
            let pairs = mapping.compactMap { key, value in
                key.scalar.flatMap { key in value.scalar.map { "\(key.string): \($0.string)" } }
            }
            return pairs.count == mapping.count ? pairs.joined(separator: ", ") : nil
        }
        guard setting.isList, let entries = value.sequence else { return value.scalar?.string }
        let words = entries.compactMap { $0.scalar?.string }
        return words.count == entries.count ? words.joined(separator: ", ") : nil
    }

    private func engine(_ entry: Node, _ list: String) throws(ConfigurationError) -> EngineConfiguration {
        var engine = EngineConfiguration()
        for (key, value) in try members(entry, list) {
            let name = key.scalar?.string ?? ""
            guard let setting = EngineConfiguration.settings.first(where: { $0.key == name }) else {
                throw unknown(key, name, among: EngineConfiguration.settings.map(\.key))
            }
            guard let text = text(of: value, for: setting), setting.read(&engine, text) else {
                throw failure(key, "\(name) takes \(setting.takes)")
            }
        }
        if engine.engine == .wyoming {
            guard ["transcribers", "synthesizers"].contains(list) else {
                throw failure(entry, "\(list) cannot be wyoming; only transcribers and synthesizers can")
            }
            guard WyomingAddress(engine.uri) != nil else {
                throw failure(entry, "a wyoming engine needs a uri such as tcp://127.0.0.1:10300 or unix:///path")
            }
        }
        if engine.engine == .openai {
            guard let url = URL(string: engine.baseURL), ["http", "https"].contains(url.scheme), url.host() != nil
            else {
                throw failure(entry, "an openai engine needs a base_url that begins with http:// or https://")
            }
            guard url.user() == nil, url.query() == nil, url.fragment() == nil else {
                throw failure(entry, "base_url takes no user, password or query; name the key in api_key_file")
            }
        }
        return engine
    }

    private func members(_ node: Node, _ name: String) throws(ConfigurationError) -> [(Node, Node)] {
        guard let mapping = node.mapping else {
            throw failure(node, "\(name) holds keys with values, such as “input: default”")
        }
        return mapping.map { ($0.key, $0.value) }
    }

    private func unknown(_ node: Node, _ name: String, among known: [String]) -> ConfigurationError {
        let nearest = Set(known).min { Nearness.distance($0, name) < Nearness.distance($1, name) }
        let hint = nearest.map { Nearness.distance($0, name) <= 4 ? "; did you mean \($0)?" : "" } ?? ""
        return failure(node, "there is no key \(name.prefix(60))\(hint)")
    }

    private func failure(_ node: Node, _ reason: String) -> ConfigurationError {
        ConfigurationError(place: place(node), reason: reason)
    }

    private func place(_ node: Node) -> String { node.mark.map { "\(path):\($0.line)" } ?? path }
}

extension YamlError {
    /// The line, when it is known, and what is wrong there.
    fileprivate var whatAndWhere: (line: Int?, problem: String) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        case .reader(let problem, _, _, _): (nil, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (context.mark.line, "a key stands twice: \(duplicates.joined(separator: ", ").prefix(60))")
        default: (nil, "it cannot be read")
        }
    }
}

enum Nearness {
    /// Edits between two short words, for “did you mean”.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.prefix(64)), Array(right.prefix(64)))
        let changes = right.difference(from: left)
        return max(changes.insertions.count, changes.removals.count)
    }
}
