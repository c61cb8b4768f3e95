/// The words that dictation heard.
struct Dictated: Equatable {
    private(set) var segments: [SphinxDecoder.Segment]

    init(_ segments: [SphinxDecoder.Segment]) { self.segments = segments }

    var words: [String] { segments.map(\.word) }
    var text: String { words.joined(separator: " ") }

    /// Mean probability of the words.
    var confidence: Double {
        segments.isEmpty ? 0 : segments.map(\.posterior).reduce(0, +) / Double(segments.count)
    }

    /// The words that lie in these frames, by their middle.
    func words(in frames: Range<Int>) -> [String] {
        segments.filter { frames.contains(($0.frames.lowerBound + $0.frames.upperBound) / 2) }.map(\.word)
    }

    func words(outside frames: Range<Int>) -> [String] {
        segments.filter { !frames.contains(($0.frames.lowerBound + $0.frames.upperBound) / 2) }.map(\.word)
    }

    /// Without the wake phrase at its beginning: by its sound, or by where the spotter heard it end.
    func withoutWake(_ wake: [String], endingAt frame: Int?, _ pronunciation: Pronunciation) -> Dictated {
        guard !wake.isEmpty else { return self }
        let phones = wake.flatMap { pronunciation.phones(ofWord: $0) }
        let lengths = (1...4).filter { $0 <= segments.count }
        let distances = lengths.map { length in
            let said = segments.prefix(length).flatMap { pronunciation.phones(ofWord: $0.word) }
            return (length, PhoneDistance.between(said, phones))
        }
        let limit = frame == nil ? 0.2 : 0.5
        if let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= limit {
            return Dictated(Array(segments.dropFirst(best.0)))
        }
        guard let frame else { return self }
        return Dictated(segments.filter { ($0.frames.lowerBound + $0.frames.upperBound) / 2 >= frame })
    }
}
