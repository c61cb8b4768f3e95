/// A way to ask for a transcript: which sound, which answer, which body.
struct TranscriptionForm: Hashable, Sendable {
    var isOpus: Bool
    var isVerbose: Bool
    var isJSON: Bool
    /// Whether the transcript shall come piece by piece.
    var isStream = false

    /// The ways left to try after a complaint, the likeliest first. They are few: each is a request.
    static func left(
        after tried: [TranscriptionForm], _ error: EndpointError, host: String
    ) -> [TranscriptionForm] {
        guard let last = tried.last, error.isAboutTheForm else { return [] }
        let said = error.message.lowercased()
        var other = last
        var ways: [TranscriptionForm] = []
        func add(_ change: (inout TranscriptionForm) -> Void) {
            other = last
            change(&other)
            if !tried.contains(other), !ways.contains(other) { ways.append(other) }
        }
        // What was asked for beyond the usual is left out first.
        if last.isStream {
            add { $0.isStream = false }
            return ways
        }
        let isAboutAnswer = said.contains("response_format") || said.contains("verbose")
        if isAboutAnswer { add { $0.isVerbose = false } }
        if !last.isJSON, error.status == 415 || said.contains("json"), !isAboutAnswer, host.contains("openrouter") {
            add { $0.isJSON = true }
        }
        if !isAboutAnswer || tried.count > 1 { add { $0.isOpus = false } }
        if error.kind == .badRequest { add { $0.isVerbose = false } }
        add {
            $0.isOpus = false
            $0.isVerbose = false
        }
        if host.contains("openrouter") { add { $0.isJSON = true } }
        return ways
    }

    /// Requests made for one transcript at most.
    static let most = 4
}

extension EndpointError {
    /// Whether the same sound in another form may be taken.
    fileprivate var isAboutTheForm: Bool {
        switch kind {
        case .decode: true
        case .badRequest: status == 400 || status == 422 || status == nil
        default: false
        }
    }
}
