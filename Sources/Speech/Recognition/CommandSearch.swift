import Planning

/// The searches of a decoder that know only the expected phrases.
struct CommandSearch {
    private let decoder: SphinxDecoder
    private let grammars: [CommandGrammar]

    init(_ decoder: SphinxDecoder, _ speech: ExpectedSpeech, wake: [String], pronunciation: Pronunciation) throws {
        self.decoder = decoder
        grammars = [CommandGrammar.Kind.closed, .open].map {
            CommandGrammar($0, speech, wake: wake, pronunciation: pronunciation)
        }.filter { !$0.jsgf.isEmpty }
        for grammar in grammars {
            for (word, phones) in grammar.words { decoder.add(word, phones: phones.joined(separator: " ")) }
            try decoder.setGrammar(grammar.kind.rawValue, grammar.jsgf)
        }
    }

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
