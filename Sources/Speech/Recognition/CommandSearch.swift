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
    private var grammars: [CommandGrammar] = []

    init(_ model: SphinxModel, wake: [String], pronunciation: Pronunciation) throws {
        self.model = model
        self.wake = wake
        self.pronunciation = pronunciation
        decoder = try Self.makeDecoder(model)
    }

    private static func makeDecoder(_ model: SphinxModel) throws(SpeechError) -> SphinxDecoder {
        // All its words are added; the model's own dictionary would cost 20 MB more.
        let dictionary = try MemoryFile("okay OW K EY\n")
        return try SphinxDecoder([
            "hmm": model.acoustic, "dict": dictionary.path, "remove_silence": "no", "bestpath": "no",
        ])
    }

    func expect(_ speech: ExpectedSpeech) throws {
        guard speech != expected else { return }
        let made = [CommandGrammar.Kind.closed, .open].map {
            CommandGrammar($0, speech, wake: wake, pronunciation: pronunciation)
        }
        if decoder.added.count + made.map(\.words.count).reduce(0, +) > Self.mostAdded {
            decoder = try Self.makeDecoder(model)
        }
        expected = nil
        grammars = made.filter { !$0.jsgf.isEmpty }
        for grammar in grammars {
            for (word, phones) in grammar.words { decoder.add(word, phones: phones.joined(separator: " ")) }
            try decoder.setGrammar(grammar.kind.rawValue, grammar.jsgf)
        }
        expected = speech
    }

    func cepstra(_ samples: [Int16]) -> Cepstra { decoder.cepstra(samples) }

    /// The likeliest phrase of fixed words and names, and the likeliest one with something free in it.
    func read(_ cepstra: Cepstra, _ abort: Abort) throws -> [CommandReading] {
        try grammars.compactMap { grammar in
            try decoder.use(grammar.kind.rawValue)
            try decoder.decode(cepstra, abort)
            guard decoder.hypothesis != nil else { return nil }
            let reading = CommandReading(decoder.segments, names: grammar.names)
            return reading.pieces.isEmpty ? nil : reading
        }
    }
}
