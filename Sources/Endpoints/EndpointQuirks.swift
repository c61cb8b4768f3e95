import Support

/// What an endpoint turned out not to do as its API says; learnt from its complaints.
package struct EndpointQuirks: Equatable, Sendable, Codable {
    /// Whether Ogg Opus can be sent; else WAV.
    package var takesOpus = true
    /// Whether `verbose_json` can be asked for; else `json`.
    package var takesVerbose = true
    /// Whether sound goes as base64 in JSON, not as a form.
    package var wantsJSON = false
    /// Whether a transcript comes piece by piece when that is asked for; nil while nobody has tried.
    package var streams: Bool?
    /// Whether speech can be asked for as bare PCM; else as WAV.
    package var speaksPCM = true
    /// A pace for speech is taken.
    package var takesSpeed = true
    /// Fields of a chat request that it refuses.
    package var refusedFields: Set<String> = []
    /// How a chat can be asked for JSON; nil while nothing was refused.
    package var jsonMode: JSONMode?

    package enum JSONMode: String, Codable, Sendable {
        /// `json_object`: some JSON, of whatever shape.
        case object
        /// Not at all: it is asked for in words alone.
        case words
    }

    package init() {}
}

/// The quirks of all endpoints, kept over restarts by whoever composes.
package final class QuirkMemory: Sendable {
    private let quirks: Shared<[String: EndpointQuirks]>
    private let save: @Sendable ([String: EndpointQuirks]) -> Void

    /// - Parameter save: Is given everything whenever something was learnt.
    package init(
        _ known: [String: EndpointQuirks] = [:], save: @escaping @Sendable ([String: EndpointQuirks]) -> Void = { _ in }
    ) {
        quirks = Shared(known)
        self.save = save
    }

    package subscript(endpoint: String) -> EndpointQuirks { quirks.value[endpoint] ?? EndpointQuirks() }

    package func learn(_ endpoint: String, _ learnt: EndpointQuirks) {
        let changed = quirks.update { quirks -> [String: EndpointQuirks]? in
            guard (quirks[endpoint] ?? EndpointQuirks()) != learnt else { return nil }
            quirks[endpoint] = learnt
            return quirks
        }
        if let changed { save(changed) }
    }
}
