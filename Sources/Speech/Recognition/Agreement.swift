import Planning

/// Decides whether an utterance was a command, by how alike the grammar's and dictation's readings sound.
struct Agreement {
    private let configuration: LocalRecognizer.Configuration
    private let pronunciation: Pronunciation
    private let names: LiveNames

    init(_ configuration: LocalRecognizer.Configuration, _ pronunciation: Pronunciation, _ names: LiveNames) {
        self.configuration = configuration
        self.pronunciation = pronunciation
        self.names = names
    }

    func judge(_ reading: CommandReading?, _ said: Dictated) -> Transcript {
        guard let reading else { return dictated(said, nil, nil) }
        let rest = reading.free.map { said.words(outside: $0) } ?? said.words
        let disagreement = PhoneDistance.between(phones(reading.fixedWords), phones(rest))
        let text = reading.text { frames in snapped(said.words(in: frames)) }
        guard disagreement <= limit(reading), reading.free.map({ !said.words(in: $0).isEmpty }) ?? true else {
            return dictated(said, text, disagreement)
        }
        return Transcript(
            text: text, confidence: 1 - disagreement, source: .grammar,
            alternatives: said.text == text || said.text.isEmpty ? [] : [said.text], disagreement: disagreement)
    }

    private func limit(_ reading: CommandReading) -> Double {
        reading.free == nil ? configuration.agreement : configuration.freeAgreement
    }

    private func dictated(_ said: Dictated, _ command: String?, _ disagreement: Double?) -> Transcript {
        Transcript(
            text: said.text, confidence: 0.9 * said.confidence, source: .dictation,
            alternatives: command.map { [$0] } ?? [], disagreement: disagreement)
    }

    /// A name that exists is written as it exists.
    private func snapped(_ words: [String]) -> String {
        let said = phones(words)
        let live = names.projects + names.plans
        guard !said.isEmpty, let name = live.prefix(CommandGrammar.mostNames).first(where: { phones(of: $0) == said })
        else { return words.joined(separator: " ") }
        return name
    }

    private func phones(of name: String) -> [String] { pronunciation.phones(of: name) }

    private func phones(_ words: [String]) -> [String] { words.flatMap { pronunciation.phones(ofWord: $0) } }
}
