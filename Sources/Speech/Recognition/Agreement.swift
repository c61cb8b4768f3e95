import Planning

/// Decides whether an utterance was a command, by how alike the grammar's and dictation's readings sound.
struct Agreement {
    private let configuration: LocalRecognizer.Configuration
    private let pronunciation: Pronunciation
    private let names: LiveNames
    private let book: PhraseBook

    init(
        _ configuration: LocalRecognizer.Configuration, _ pronunciation: Pronunciation, _ expected: ExpectedSpeech
    ) {
        self.configuration = configuration
        self.pronunciation = pronunciation
        names = expected.names
        book = PhraseBook(expected)
    }

    func judge(_ readings: [CommandReading], _ said: Dictated) -> Transcript {
        // When even dictation heard a command word by word, that is the one.
        if let text = book.text(of: said.words) {
            return Transcript(text: text, confidence: 1, source: .grammar, disagreement: 0)
        }
        let heard = phones(said.words)
        let candidates = readings.map { reading in
            let text = reading.text { snapped(said.words(in: $0)) }
            let sound = reading.sound { said.words(in: $0) }.flatMap { phones([$0]) }
            return Candidate(reading: reading, text: text, disagreement: PhoneDistance.between(sound, heard))
        }
        guard let best = candidates.filter({ isAcceptable($0, said) }).min(by: { $0.disagreement < $1.disagreement })
        else { return dictated(said, candidates.min { $0.disagreement < $1.disagreement }) }
        return Transcript(
            text: best.text, confidence: 1 - best.disagreement, source: .grammar,
            alternatives: said.text == best.text || said.text.isEmpty ? [] : [said.text],
            disagreement: best.disagreement)
    }

    /// What dictation makes of a breath, and nobody calls a project.
    private static let fillers: Set<String> = [
        "a", "an", "and", "as", "at", "i", "in", "is", "it", "of", "oh", "on", "or", "so", "the", "to", "uh", "um",
    ]

    private struct Candidate {
        let reading: CommandReading
        let text: String
        let disagreement: Double
    }

    private func isAcceptable(_ candidate: Candidate, _ said: Dictated) -> Bool {
        guard let free = candidate.reading.free else { return candidate.disagreement <= configuration.agreement }
        guard said.words(in: free).contains(where: { !Self.fillers.contains($0) }) else { return false }
        let fixed = PhoneDistance.between(phones(candidate.reading.fixedWords), phones(said.words(outside: free)))
        return fixed <= configuration.freeAgreement
    }

    private func dictated(_ said: Dictated, _ command: Candidate?) -> Transcript {
        Transcript(
            text: said.text, confidence: 0.9 * said.confidence, source: .dictation,
            alternatives: command.map { [$0.text] } ?? [], disagreement: command?.disagreement)
    }

    private static let mostNames = 200

    /// A name that exists is written as it exists.
    private func snapped(_ words: [String]) -> String {
        let said = phones(words)
        let live = names.projects + names.plans
        guard !said.isEmpty, let name = live.prefix(Agreement.mostNames).first(where: { phones(of: $0) == said })
        else { return words.joined(separator: " ") }
        return name
    }

    private func phones(of name: String) -> [String] { pronunciation.phones(of: name) }

    private func phones(_ words: [String]) -> [String] { words.flatMap { pronunciation.phones(ofWord: $0) } }
}
