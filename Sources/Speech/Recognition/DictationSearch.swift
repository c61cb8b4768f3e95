import CSpeech
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
        try SphinxDecoder(
            language: model.language, ["hmm": model.acoustic, "dict": model.dictionary, "remove_silence": "no"])
    }

    func expect(_ speech: ExpectedSpeech) throws {
        guard speech != expected else { return }
        let domain = DomainModel(DomainSentences(speech, wake: wake).sentences)
        if decoder.added.count > Self.mostAdded { decoder = try Self.makeDecoder(model) }
        expected = nil
        decoder.drop("planning")
        for word in domain.vocabulary {
            let ways = [pronunciation.phones(ofWord: word)] + pronunciation.alternatives(ofWord: word)
            decoder.add(word, ways: ways)
        }
        let file = try MemoryFile(domain.arpa)
        try decoder.mixModel("planning", path: file.path, weight: weight)
        try decoder.use("planning")
        expected = speech
        // Making the model leaves as much behind as it needs.
        cspeech_return_memory()
    }

    func read(_ cepstra: Cepstra, _ abort: Abort) throws -> [SphinxDecoder.Segment] {
        try decoder.decode(cepstra, abort)
        return decoder.hypothesis == nil ? [] : decoder.segments
    }
}
