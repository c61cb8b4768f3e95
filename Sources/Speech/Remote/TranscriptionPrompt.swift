import Planning

/// The names that may come, as a sentence for a recogniser that takes one. A long one makes it invent things, so the
/// likeliest names come first and the rest is left out.
enum TranscriptionPrompt {
    /// About 200 tokens: a token of names is three letters and more.
    private static let longest = 600

    static func text(_ expected: ExpectedSpeech) -> String? {
        let names = expected.names
        let tasks = names.tasks.sorted { $0.key > $1.key }.map(\.value)
        var seen: Set<String> = []
        var said = ""
        let candidates =
            [names.openProject, names.openPlan].compactMap(\.self) + names.projects.prefix(20)
            + names.plans.prefix(20) + tasks.prefix(20) + expected.words
        for name in candidates where seen.insert(name.lowercased()).inserted {
            guard said.count + name.count + 2 <= longest - opening.count else { break }
            said += (said.isEmpty ? "" : ", ") + name
        }
        return said.isEmpty ? nil : opening + said + "."
    }

    private static let opening = "Planning software: project, devplan, task. "
}
