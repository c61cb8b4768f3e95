import Planning

/// The decoder for free speech: a general language model mixed with one of planning talk, commands and live names.
final class DictationSearch {
    private static let mostAdded = 8_000

    private let model: SphinxModel
    private let weight: Double
    private let wake: [String]
    private let pronunciation: Pronunciation
    private var decoder: SphinxDecoder
    private var expected: ExpectedSpeech?

    init(_ model: SphinxModel, weight: Double, wake: [String], pronunciation: Pronunciation) throws {
        self.model = model
        self.weight = weight
        self.wake = wake
        self.pronunciation = pronunciation
        decoder = try Self.makeDecoder(model)
    }

    private static func makeDecoder(_ model: SphinxModel) throws(SpeechError) -> SphinxDecoder {
        try SphinxDecoder([
            "hmm": model.acoustic, "dict": model.dictionary, "lm": model.language, "remove_silence": "no",
        ])
    }

    func expect(_ speech: ExpectedSpeech) throws {
        guard speech != expected else { return }
        let domain = DomainModel(DomainSentences(speech, wake: wake).sentences)
        if decoder.added.count > Self.mostAdded { decoder = try Self.makeDecoder(model) }
        expected = nil
        try decoder.releaseModel("planning")
        for word in domain.vocabulary {
            guard !pronunciation.isInDictionary(word) || Pronunciation.overrides[word] != nil else { continue }
            let phones = pronunciation.phones(ofWord: word)
            if !phones.isEmpty { decoder.add(word, phones: phones.joined(separator: " ")) }
        }
        let file = try MemoryFile(domain.arpa)
        try decoder.mixModel("planning", path: file.path, weight: weight)
        try decoder.use("planning")
        expected = speech
    }

    func read(_ cepstra: Cepstra, _ abort: Abort) throws -> [SphinxDecoder.Segment] {
        try decoder.decode(cepstra, abort)
        return decoder.hypothesis == nil ? [] : decoder.segments
    }
}
