import Planning
import Storage
import Support

/// How one asks Aloud to wait, or to go on with what was cut off: wordings of commands that have a wider sense too.
enum Pacing {
    /// “Hold on” while one thinks: quiet, and go on listening.
    static func asksToWait(_ text: String) -> Bool {
        isWait(Courtesy.stripped(SpokenWords(text)).plain)
    }

    static func isWait(_ words: [String]) -> Bool { waits.contains(words.joined(separator: " ")) }

    /// “Go on”, which is the rest of a reply before it is the next section.
    static func asksToGoOn(_ text: String) -> Bool {
        goOns.contains(Courtesy.stripped(SpokenWords(text)).plain.joined(separator: " "))
    }

    private static let waits: Set<String> = [
        "wait", "hold on", "hang on", "wait a moment", "wait a second", "wait a minute", "hold on a moment",
        "hold on a second", "hold on a minute", "hang on a moment", "hang on a second", "hang on a minute",
        "one moment", "one second", "just a moment", "just a second", "give me a moment", "give me a second",
        "give me a minute", "let me think",
    ]
    private static let goOns: Set<String> = [
        "go on", "continue", "keep going", "carry on", "proceed", "go ahead", "keep reading", "read on",
        "continue reading", "resume", "go on reading",
    ]
}

extension Dialogue {
    /// The rest of the reply that was cut off; nil when none was.
    func rest(_ scene: Scene) async throws -> Outcome? { try await remainder(scene)?.text.map { Outcome($0) } }

    /// What comes behind the sentence that was cut off; or else the next section of what is being read.
    func skip(_ scene: Scene) async throws -> Outcome {
        if let rest = try await remainder(scene)?.behind { return Outcome(rest) }
        guard reading != nil else { return Outcome(Reply("", control: .skip)) }
        return try await readOn(.next, scene)
    }

    /// What was cut off again at another pace, or a word for the new pace.
    func pace(_ control: VoiceControl, _ scene: Scene) async throws -> Outcome {
        let rest = try await remainder(scene)?.text
        return Outcome(Reply(rest ?? (control == .slower ? "Okay, slower." : "Okay, faster."), control: control))
    }

    /// What was not heard of the last reply; nil when it was not spoken.
    private func remainder(_ scene: Scene) async throws -> Remainder? {
        guard let conversation = scene.origin.conversationId else { return nil }
        let last = try await store.turns(of: conversation, last: 8).last { $0.role == .assistant && !$0.heard.isEmpty }
        guard let last, let spoken = last.spoken else { return nil }
        return Remainder(of: last.heard, heard: spoken)
    }
}
