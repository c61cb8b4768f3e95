import CSpeech
import Planning

/// The search of a decoder for free speech: a general language model mixed with one of planning talk, commands and live
/// names.
struct DictationSearch {
    static let name = "planning"

    private let decoder: SphinxDecoder

    /// - Parameters:
    ///   - decoder: One that has the general language model.
    ///   - weight: How much the model is about planning, 0 … 1.
    init(
        _ decoder: SphinxDecoder, _ speech: ExpectedSpeech, weight: Double, wake: [String], pronunciation: Pronunciation
    ) throws {
        self.decoder = decoder
        let domain = DomainModel(DomainSentences(speech, wake: wake).sentences)
        for word in domain.vocabulary {
            let ways = [pronunciation.phones(ofWord: word)] + pronunciation.alternatives(ofWord: word)
            decoder.add(word, ways: ways)
        }
        let file = try MemoryFile(domain.arpa)
        try decoder.mixModel(Self.name, path: file.path, weight: weight)
        // Making the model leaves as much behind as it needs.
        cspeech_return_memory()
    }

    func read(_ cepstra: Cepstra, _ abort: Abort) throws -> [SphinxDecoder.Segment] {
        try decoder.use(Self.name)
        try decoder.decode(cepstra, abort)
        return decoder.hypothesis == nil ? [] : decoder.segments
    }
}
