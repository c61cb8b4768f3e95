import Planning

/// All searches over one decoder, which holds the acoustic model and the dictionary once.
struct Searches {
    /// Added words pile up in a decoder; beyond this it is made anew.
    private static let mostAdded = 8_000

    let expected: ExpectedSpeech
    let decoder: SphinxDecoder
    let commands: CommandSearch
    let dictation: DictationSearch

    /// - Parameter last: What was there until now; its decoder goes on when it can.
    init(
        _ expected: ExpectedSpeech, _ configuration: LocalRecognizer.Configuration, wake: [String],
        _ pronunciation: Pronunciation, after last: SphinxDecoder?
    ) throws {
        self.expected = expected
        if let last, last.added.count < Self.mostAdded {
            decoder = last
            // No word may be added while a search with a language model is there.
            decoder.drop(DictationSearch.name)
        } else {
            let model = configuration.model
            decoder = try SphinxDecoder(
                language: model.language,
                // A word's other pronunciations are written into the grammars, which is cheaper.
                ["hmm": model.acoustic, "dict": model.dictionary, "remove_silence": "no", "fsgusealtpron": "no"])
        }
        commands = try CommandSearch(decoder, expected, wake: wake, pronunciation: pronunciation)
        dictation = try DictationSearch(
            decoder, expected, weight: configuration.planningWeight, wake: wake, pronunciation: pronunciation)
    }
}
