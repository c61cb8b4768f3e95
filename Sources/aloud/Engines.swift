import Assistant
import Endpoints
import Foundation
import LanguageModel
import Logging
import Memory
import Speech
import Support

/// The remote engines of a configuration. They share one HTTP client and what was learnt about each server.
struct Engines: Sendable {
    private let loaded: LoadedConfiguration
    private let client: HTTPClient
    private let quirks: QuirkMemory
    /// What remote voices said before.
    let spoken: SpeechCache
    /// How each of them is, for all who ask them.
    let board: EndpointBoard

    init(_ loaded: LoadedConfiguration) {
        self.loaded = loaded
        var configuration = HTTPClient.Configuration()
        configuration.userAgent = "aloud/\(Version.text)"
        configuration.certificates = loaded.environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        client = HTTPClient(configuration)
        quirks = QuirkFile(loaded.locations).memory
        board = EndpointBoard()
        spoken = SpeechCache(folder: loaded.locations.speechFolder, limits: loaded.configuration.speechLimits)
    }

    private init(_ loaded: LoadedConfiguration, _ old: Engines) {
        self.loaded = loaded
        client = old.client
        quirks = old.quirks
        spoken = old.spoken
        board = old.board
        board.clear()
        spoken.limit(to: loaded.configuration.speechLimits)
    }

    /// The engines of another configuration, with the same connections and the same memory.
    func reloaded(_ loaded: LoadedConfiguration) -> Engines { Engines(loaded, self) }

    var transcribers: [Transcriber] {
        let voice = loaded.configuration.voice
        return loaded.configuration.transcribers.remote.map { engine in
            let languages = SpokenLanguages(engine.language ?? voice.language) ?? .any
            if let endpoint = wyoming(engine, .transcriber) {
                return .wyoming(endpoint, languages: languages, wakePhrase: voice.wakePhrase)
            }
            return .openai(endpoint(engine, .transcriber), languages: languages, wakePhrase: voice.wakePhrase)
        }
    }

    var synthesizers: [Synthesizer] {
        let language = SpokenLanguages(loaded.configuration.voice.language)?.codes.first
        return loaded.configuration.synthesizers.remote.map { engine in
            let voices = VoiceChoice(engine.voice, byLanguage: engine.voices, language: language)
            if let endpoint = wyoming(engine, .voice) { return .wyoming(endpoint, voices: voices, cache: spoken) }
            return .openai(endpoint(engine, .voice), voices: voices, rate: engine.sampleRate, cache: spoken)
        }
    }

    var languageModels: [ChatModel] {
        loaded.configuration.languageModels.remote.map { engine in
            var model = ChatModel.openai(
                endpoint(engine, .languageModel, stall: Engines.thinking), temperature: engine.temperature,
                maximumTokens: engine.maximumTokens)
            model.contextTokens = engine.contextTokens
            if let prompt = engine.promptPrice ?? engine.completionPrice.map({ _ in 0 }) {
                model.price = ModelPrice(prompt: prompt, completion: engine.completionPrice ?? 0)
            }
            return model
        }
    }

    /// What finds by meaning.
    var embedding: Embedding {
        Embedding(
            loaded.configuration.embedders.remote.map { .openai(endpoint($0, .embedder), dimensions: $0.dimensions) },
            excluded: loaded.configuration.memory.unsent)
    }

    var limits: ModelLimits {
        let agent = loaded.configuration.agent
        return ModelLimits(
            dailyCostMicros: agent.dailyCost.map { Int(($0 * 1e6).rounded()) }, dailyTokens: agent.dailyTokens,
            callsPerMinute: agent.perMinute, keepsWords: agent.retentionDays != nil)
    }

    /// How long one transcriber may take before the next is asked: a slow server's own time and a little more.
    var transcriptionPatience: Duration {
        let slowest = loaded.configuration.transcribers.remote.map(\.timeout).max() ?? 0
        return max(.seconds(8), .milliseconds(slowest) + .seconds(2))
    }

    /// Models think in the middle of a reply.
    private static let thinking = Duration.seconds(30)

    /// What an engine is for.
    enum Use: String {
        case transcriber, voice
        case languageModel = "language model"
        case embedder
    }

    /// Opens connections that will be needed, so that nobody waits for them.
    func warm() async {
        let configuration = loaded.configuration
        await withDiscardingTaskGroup { group in
            for (use, engines) in [
                (Use.transcriber, configuration.transcribers.remote), (.voice, configuration.synthesizers.remote),
            ] {
                for engine in engines {
                    if let server = wyoming(engine, use) {
                        group.addTask { await server.warm() }
                    } else {
                        let server = endpoint(engine, use)
                        group.addTask { await server.warm() }
                    }
                }
            }
            group.addTask { await warmLanguageModel() }
        }
    }

    /// The one that is asked first.
    func warmLanguageModel() async {
        guard let first = loaded.configuration.languageModels.remote.first else { return }
        await endpoint(first, .languageModel).warm()
    }

    var hedge: Hedge? { loaded.configuration.voice.hedge == .on ? Hedge() : nil }

    /// nil for an engine of another kind.
    func wyoming(_ engine: EngineConfiguration, _ use: Use) -> WyomingEndpoint? {
        guard engine.engine == .wyoming, let address = WyomingAddress(engine.uri) else { return nil }
        var configuration = WyomingEndpoint.Configuration(
            address, model: engine.model.isEmpty ? nil : engine.model)
        configuration.silence = .milliseconds(engine.timeout)
        return WyomingEndpoint(configuration, watch: board.watch(use.rawValue, "\(address) \(engine.model)"))
    }

    func endpoint(_ engine: EngineConfiguration, _ use: Use, stall: Duration = .zero) -> OpenAIEndpoint {
        var configuration = OpenAIEndpoint.Configuration(
            baseURL: engine.baseURL, path: engine.path, model: engine.model)
        do {
            configuration.key = try EngineKey(loaded.environment).key(of: engine)
        } catch {
            // Without the key that was named nothing is sent at all: the next engine serves.
            configuration.obstacle = error.description
        }
        configuration.firstByteDeadline = .milliseconds(engine.timeout)
        configuration.stallDeadline = max(stall, .milliseconds(engine.timeout))
        let name = "\(engine.baseURL)\(engine.path ?? "") \(engine.model)"
        return OpenAIEndpoint(
            configuration, client: client, quirks: quirks, watch: board.watch(use.rawValue, name))
    }
}

extension Configuration {
    /// What of spoken replies may lie on disk: no longer than the sound of turns, and without it what is always the same.
    fileprivate var speechLimits: SpeechCache.Limits {
        let days = min(30, audio.retentionDays ?? 30)
        return SpeechCache.Limits(
            bytes: voice.cache << 20, days: days, keepsFixedPhrasesOnly: audio.retentionDays == nil)
    }
}

extension [EngineConfiguration] {
    /// Those that are not on this machine; the local one is always there and always last.
    var remote: [EngineConfiguration] { filter { $0.engine != .local } }
}

/// Where the key of an engine is.
struct EngineKey {
    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    struct Missing: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// The file, else the variable, else for OpenAI itself the name everybody uses. nil asks without a key.
    func key(of engine: EngineConfiguration) throws(Missing) -> SecretString? {
        if let path = engine.apiKeyFile { return try read(path) }
        if let name = engine.apiKeyEnvironment {
            guard let value = environment[name], !value.isEmpty else {
                throw Missing(description: "the variable \(name) is not set")
            }
            return SecretString(value)
        }
        // Never to another host: the key would be told to whoever runs it.
        guard URL(string: engine.baseURL)?.host() == "api.openai.com", let value = environment["OPENAI_API_KEY"],
            !value.isEmpty
        else { return nil }
        return SecretString(value)
    }

    private func read(_ path: String) throws(Missing) -> SecretString {
        let text: String
        do {
            text = try RegularFile.text(path, atMost: 64 << 10).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw Missing(description: "the key file \(path) \(error)")
        }
        guard !text.isEmpty else { throw Missing(description: "the key file \(path) is empty") }
        return SecretString(text)
    }
}

/// What was learnt about servers, in the cache: deleting it costs a few refused requests.
private struct QuirkFile {
    let path: String
    let folder: String

    init(_ locations: Locations) {
        folder = locations.cacheFolder
        path = folder + "/endpoints.json"
    }

    var memory: QuirkMemory {
        let known = FileManager.default.contents(atPath: path).flatMap {
            try? JSONDecoder().decode([String: EndpointQuirks].self, from: $0)
        }
        return QuirkMemory(known ?? [:]) { quirks in
            do {
                try PrivateFolder.make(folder)
                try JSONEncoder().encode(quirks).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                Logger(label: "aloud.engines").info(
                    "what was learnt about a server is not kept", metadata: ["reason": "\(error)"])
            }
        }
    }
}
