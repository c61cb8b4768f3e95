import Audio
import Endpoints

/// The sound that a client sends for recognition, up to a bound.
struct IncomingSound {
    enum Failure: Error, Equatable {
        case format, tooLong
    }

    /// Seconds of sound that are taken at once; as many as the recogniser takes.
    static let longest = 60

    private let format: WyomingFormat
    private var pieces: WyomingSamples
    private var samples: [Int16] = []

    /// From an `audio-start`, or from a chunk of a client that sends none.
    init(_ event: WyomingEvent) throws(Failure) {
        guard let format = WyomingFormat(event) else { throw .format }
        self.format = format
        pieces = WyomingSamples(format)
    }

    mutating func add(_ chunk: WyomingEvent) throws(Failure) {
        guard WyomingFormat(chunk) == format else { throw .format }
        samples += pieces.add(chunk.payload)
        guard samples.count <= Self.longest * format.rate else { throw .tooLong }
    }

    /// As the speech side hears it.
    func pcm() throws(AudioError) -> PCM {
        try Resampler.convert(PCM(samples: samples, rate: format.rate), to: SpeechFormat.rate)
    }
}
