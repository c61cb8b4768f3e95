import Planning

/// The decoder that knows only the expected phrases.
final class CommandSearch {
    /// Added words pile up in a decoder; beyond this it is made anew.
    private static let mostAdded = 8_000

    private let model: SphinxModel
    private let wake: [String]
    private let pronunciation: Pronunciation
    private var decoder: SphinxDecoder
    private var expected: ExpectedSpeech?
    private var names: [String] = []
    private var isEmpty = true

    init(_ model: SphinxModel, wake: [String], pronunciation: Pronunciation) throws {
        self.model = model
        self.wake = wake
        self.pronunciation = pronunciation
        decoder = try Self.makeDecoder(model)
    }

    private static func makeDecoder(_ model: SphinxModel) throws(SpeechError) -> SphinxDecoder {
        try SphinxDecoder([
            "hmm": model.acoustic, "dict": model.dictionary, "remove_silence": "no", "bestpath": "no",
        ])
    }

    func expect(_ speech: ExpectedSpeech) throws {
        guard speech != expected else { return }
        let grammar = CommandGrammar(speech, wake: wake, pronunciation: pronunciation)
        if decoder.added.count + grammar.words.count > Self.mostAdded { decoder = try Self.makeDecoder(model) }
        for (word, ways) in grammar.words {
            for (index, phones) in ways.enumerated() where !phones.isEmpty {
                decoder.add(index == 0 ? word : "\(word)(\(index + 1))", phones: phones.joined(separator: " "))
            }
        }
        isEmpty = grammar.jsgf.isEmpty
        if !isEmpty {
            try decoder.setGrammar("commands", grammar.jsgf)
            try decoder.use("commands")
        }
        names = grammar.names
        expected = speech
    }

    func cepstra(_ samples: [Int16]) -> Cepstra { decoder.cepstra(samples) }

    /// nil when it is none of the phrases.
    func read(_ cepstra: Cepstra, _ abort: Abort) throws -> CommandReading? {
        guard !isEmpty else { return nil }
        try decoder.decode(cepstra, abort)
        guard decoder.hypothesis != nil else { return nil }
        let reading = CommandReading(decoder.segments, names: names)
        return reading.pieces.isEmpty ? nil : reading
    }
}
