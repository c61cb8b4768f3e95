import Support

/// What a peer can do, as its `info` event tells.
package struct WyomingInfo: Equatable, Sendable {
    /// A recogniser, a voice or an agent.
    package struct Program: Equatable, Sendable {
        package var name: String
        package var description: String?
        package var version: String?
        package var models: [Model]
        /// Whether it answers, or takes text, piece by piece.
        package var streams: Bool

        package init(
            name: String, description: String? = nil, version: String? = nil, models: [Model] = [],
            streams: Bool = false
        ) {
            self.name = name
            self.description = description
            self.version = version
            self.models = models
            self.streams = streams
        }
    }

    /// What a program recognises or speaks with.
    package struct Model: Equatable, Sendable {
        package var name: String
        package var description: String?
        package var languages: [String]

        package init(name: String, description: String? = nil, languages: [String] = []) {
            self.name = name
            self.description = description
            self.languages = languages
        }
    }

    package struct Satellite: Equatable, Sendable {
        package var name: String
        package var area: String?
    }

    package var asr: [Program]
    package var tts: [Program]
    package var handle: [Program]
    package var satellite: Satellite?

    package init(
        asr: [Program] = [], tts: [Program] = [], handle: [Program] = [], satellite: Satellite? = nil
    ) {
        self.asr = asr
        self.tts = tts
        self.handle = handle
        self.satellite = satellite
    }
}

extension WyomingInfo {
    /// Programs and models of one kind that are read; more are left out.
    private static let most = 500

    private enum Kind: CaseIterable {
        case asr, tts, handle

        var key: String { "\(self)" }
        /// The protocol's own words differ from kind to kind.
        var models: String { self == .tts ? "voices" : "models" }
        var streams: String {
            switch self {
            case .asr: "supports_transcript_streaming"
            case .tts: "supports_synthesize_streaming"
            case .handle: "supports_handled_streaming"
            }
        }
    }

    /// What is not understood is left out.
    package init(_ event: WyomingEvent) {
        self.init(
            asr: Self.programs(event, .asr), tts: Self.programs(event, .tts), handle: Self.programs(event, .handle))
        satellite = event["satellite"].flatMap { satellite in
            satellite["name"]?.string.map { Satellite(name: $0, area: satellite["area"]?.string) }
        }
    }

    private static func programs(_ event: WyomingEvent, _ kind: Kind) -> [Program] {
        (event[kind.key]?.array ?? []).prefix(most).compactMap { program in
            guard let name = program["name"]?.string else { return nil }
            let models = (program[kind.models]?.array ?? []).prefix(most).compactMap { model in
                model["name"]?.string.map {
                    Model(
                        name: $0, description: model["description"]?.string,
                        languages: (model["languages"]?.array ?? []).prefix(most).compactMap(\.string))
                }
            }
            return Program(
                name: name, description: program["description"]?.string, version: program["version"]?.string,
                models: models, streams: program[kind.streams]?.bool ?? false)
        }
    }

    /// All seven lists, as the Python library writes them; Aloud has nothing to say in four of them.
    package var event: WyomingEvent {
        var data: [String: JSONValue] = ["intent": [], "wake": [], "mic": [], "snd": []]
        for (kind, programs) in [(Kind.asr, asr), (.tts, tts), (.handle, handle)] {
            data[kind.key] = .array(
                programs.map { program in
                    var members = Self.artifact(program.name, program.description, program.version)
                    members[kind.models] = .array(
                        program.models.map { model in
                            var members = Self.artifact(model.name, model.description, program.version)
                            members["languages"] = .array(model.languages.map(JSONValue.string))
                            return .object(members)
                        })
                    members[kind.streams] = .bool(program.streams)
                    return .object(members)
                })
        }
        return WyomingEvent("info", data)
    }

    private static func artifact(
        _ name: String, _ description: String?, _ version: String?
    ) -> [String: JSONValue] {
        [
            "name": .string(name), "attribution": ["name": "Aloud", "url": ""], "installed": true,
            "description": description.map(JSONValue.string) ?? .null,
            "version": version.map(JSONValue.string) ?? .null,
        ]
    }
}
