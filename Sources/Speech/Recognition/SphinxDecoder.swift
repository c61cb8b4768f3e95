import CSpeech
import Glibc

/// One pocketsphinx decoder. Belongs to one thread at a time.
final class SphinxDecoder {
    /// A word that was found, and where.
    struct Segment: Equatable {
        var word: String
        /// In frames of 10 ms from the beginning of the utterance.
        var frames: Range<Int>
        /// Probability of the word among its rivals; 1 where the search keeps none.
        var posterior: Double
    }

    private let decoder: OpaquePointer
    /// Words that were added, with their phones.
    private(set) var added: [String: String] = [:]

    /// - Parameters:
    ///   - language: The path of a general language model that others are to be mixed with.
    ///   - options: pairs of a name without its dash and a value.
    init(language: String? = nil, _ options: KeyValuePairs<String, String>) throws(SpeechError) {
        let arguments = options.flatMap { ["-" + $0.key, $0.value] }
        let made = withCStrings(arguments) { cspeech_decoder_new($0, Int32(arguments.count), language) }
        guard let made else { throw .missingModel(options.first { $0.key == "hmm" }?.value ?? "") }
        decoder = made
    }

    deinit { cspeech_decoder_free(decoder) }

    /// The phones of a dictionary word.
    func phones(of word: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
            guard let base = buffer.baseAddress, cspeech_decoder_lookup(decoder, word, base, buffer.count) == 1
            else { return nil }
            return String(cString: base)
        }
    }

    /// Adds a word unless it is there. The search that runs does not know it before it is set again.
    func add(_ word: String, phones: String) {
        guard added[word] == nil, self.phones(of: word) == nil else { return }
        guard cspeech_decoder_add_word(decoder, word, phones) == 0 else { return }
        added[word] = phones
    }

    /// Adds a word with all its ways to be said, as the dictionary writes them: “read”, “read(2)”.
    func add(_ word: String, ways: [[String]]) {
        for (index, phones) in ways.enumerated() where !phones.isEmpty {
            add(index == 0 ? word : "\(word)(\(index + 1))", phones: phones.joined(separator: " "))
        }
    }

    func setGrammar(_ name: String, _ jsgf: String) throws(SpeechError) {
        guard cspeech_decoder_set_grammar(decoder, name, jsgf) == 0 else { throw .engine("the grammar was refused") }
    }

    func setKeyphrase(_ name: String, _ phrase: String) throws(SpeechError) {
        guard cspeech_decoder_set_keyphrase(decoder, name, phrase) == 0 else {
            throw .engine("the wake phrase was refused")
        }
    }

    /// Ends a search, if there is one: no word may be added while one with a language model is there.
    func drop(_ search: String) { cspeech_decoder_drop(decoder, search) }

    func mixModel(_ name: String, path: String, weight: Double) throws(SpeechError) {
        guard cspeech_decoder_mix_model(decoder, name, path, Float(weight)) == 0 else {
            throw .engine("the language model was refused")
        }
    }

    func use(_ search: String) throws(SpeechError) {
        guard cspeech_decoder_use(decoder, search) == 0 else { throw .engine("no search is called \(search)") }
    }

    func cepstra(_ samples: [Int16]) -> Cepstra {
        let room = samples.count / 160 + 4
        let values = [Float](unsafeUninitializedCapacity: room * Cepstra.width) { buffer, count in
            let frames = cspeech_decoder_cepstra(decoder, samples, samples.count, buffer.baseAddress, Int32(room))
            count = max(0, Int(frames)) * Cepstra.width
        }
        return Cepstra(values: values)
    }

    func begin(mean: [Float]? = nil) throws(SpeechError) {
        let result = mean.map { cspeech_decoder_begin(decoder, $0) } ?? cspeech_decoder_begin(decoder, nil)
        guard result == 0 else { throw .engine("an utterance could not begin") }
    }

    func feed(_ samples: UnsafeBufferPointer<Int16>) throws(SpeechError) {
        guard cspeech_decoder_feed_samples(decoder, samples.baseAddress, samples.count) == 0 else {
            throw .engine("sound was refused")
        }
    }

    func end() throws(SpeechError) {
        guard cspeech_decoder_end(decoder) == 0 else { throw .engine("an utterance could not end") }
    }

    /// Decodes all of it, looking every quarter of a second whether it is still wanted.
    func decode(_ cepstra: Cepstra, _ abort: Abort) throws {
        try begin(mean: cepstra.mean)
        var frame = 0
        do {
            while frame < cepstra.frames {
                try abort.check()
                let count = min(25, cepstra.frames - frame)
                let result = cepstra.values.withUnsafeBufferPointer { values in
                    cspeech_decoder_feed_cepstra(
                        decoder, values.baseAddress.map { $0 + frame * Cepstra.width }, Int32(count))
                }
                guard result == 0 else { throw SpeechError.engine("cepstra were refused") }
                frame += count
            }
        } catch {
            // Else the next utterance could not begin.
            _ = cspeech_decoder_end(decoder)
            throw error
        }
        try end()
    }

    /// What was found so far; nil for nothing.
    var hypothesis: String? { cspeech_decoder_hypothesis(decoder, nil).map { String(cString: $0) } }

    /// The words of the best path with silences and fillers left out.
    var segments: [Segment] {
        withUnsafeTemporaryAllocation(of: cspeech_segment.self, capacity: 512) { buffer in
            let count = Int(cspeech_decoder_segments(decoder, buffer.baseAddress, Int32(buffer.count)))
            return buffer.prefix(max(0, count)).compactMap(Segment.init)
        }
    }
}

extension SphinxDecoder.Segment {
    fileprivate init?(_ segment: cspeech_segment) {
        guard let pointer = segment.word else { return nil }
        let word = String(cString: pointer)
        guard let first = word.first, !"<[+(".contains(first) else { return nil }
        let start = Int(segment.first_frame)
        self.init(
            // "read(2)" and "read~2" are other pronunciations of "read".
            word: String(word.prefix { $0 != "(" && $0 != "~" }),
            frames: start..<max(start, Int(segment.last_frame) + 1),
            posterior: exp(min(0, segment.log_posterior)))
    }
}

private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
}
