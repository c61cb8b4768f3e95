import Audio

/// Makes samples of the bytes a speech server sends, whatever they turn out to be: bare PCM, WAV or Ogg Opus.
struct RemoteSound {
    enum Failure: Error, Equatable, CustomStringConvertible {
        /// MP3 or FLAC, which nobody here decodes.
        case unsupported(String)
        case malformed(String)

        var description: String {
            switch self {
            case .unsupported(let what): "the server sent \(what); ask it for pcm or wav"
            case .malformed(let what): "the sound cannot be read: \(what)"
            }
        }
    }

    private enum Shape: Equatable {
        /// Too little has come to know.
        case unknown
        case pcm(rate: Int, channels: Int)
        case wavHead
        /// Decoded at the end.
        case whole
    }

    private var shape = Shape.unknown
    private var held: [UInt8] = []
    /// Of headerless PCM.
    private let rate: Int

    /// Bytes of a header that are looked through for its data chunk.
    private static let longestHead = 64 << 10
    private static let largestWhole = 64 << 20

    init(rate: Int) { self.rate = rate }

    mutating func add(_ bytes: [UInt8]) throws -> PCM? {
        held += bytes
        if shape == .unknown {
            guard held.count >= 4 else { return nil }
            shape = try RemoteSound.shape(of: held, rate: rate)
        }
        if shape == .wavHead { try readHead() }
        switch shape {
        case .pcm(let rate, let channels): return samples(rate, channels)
        case .whole:
            guard held.count <= Self.largestWhole else { throw Failure.malformed("it is too long") }
            return nil
        case .unknown, .wavHead: return nil
        }
    }

    /// The sound that only its end makes whole.
    mutating func finish() throws -> PCM? {
        defer { held = [] }
        switch shape {
        // An odd byte at the very end is half a sample.
        case .pcm(let rate, let channels): return samples(rate, channels)
        case .unknown: return nil
        case .wavHead: throw Failure.malformed("a WAV header without sound")
        case .whole:
            do {
                return try AudioFile.decode(held)
            } catch {
                throw Failure.malformed("\(error)")
            }
        }
    }

    private static func shape(of bytes: [UInt8], rate: Int) throws -> Shape {
        if bytes.starts(with: "RIFF".utf8) { return .wavHead }
        if bytes.starts(with: "OggS".utf8) { return .whole }
        if bytes.starts(with: "fLaC".utf8) { throw Failure.unsupported("FLAC") }
        if bytes.starts(with: "ID3".utf8) || isMP3(bytes) { throw Failure.unsupported("MP3") }
        if bytes.starts(with: "<!".utf8) || bytes.starts(with: "<htm".utf8) {
            throw Failure.malformed("it is a web page; is base_url right?")
        }
        return .pcm(rate: rate, channels: 1)
    }

    /// The head of a layer III frame with a bit rate and a sample rate that exist. Quiet PCM begins with FF FF, which
    /// is none.
    private static func isMP3(_ bytes: [UInt8]) -> Bool {
        bytes[0] == 0xFF && bytes[1] & 0xE6 == 0xE2 && bytes[1] & 0x18 != 0x08
            && !([0x00, 0xF0].contains(bytes[2] & 0xF0)) && bytes[2] & 0x0C != 0x0C
    }

    /// Finds the format and the beginning of the samples; their announced size is not believed, a stream leaves it open.
    private mutating func readHead() throws {
        var offset = 12
        var found: (encoding: Int, channels: Int, rate: Int, bits: Int)?
        while offset + 8 <= held.count {
            let size = held.little(at: offset + 4, bytes: 4)
            let body = offset + 8
            if held[offset..<offset + 4].elementsEqual("data".utf8) {
                guard let found else { throw Failure.malformed("sound before its format") }
                guard found.encoding == 1, found.bits == 16, 1...8 ~= found.channels else {
                    shape = .whole
                    return
                }
                guard Resampler.rates ~= found.rate else { throw Failure.malformed("a rate of \(found.rate)") }
                held.removeFirst(body)
                shape = .pcm(rate: found.rate, channels: found.channels)
                return
            }
            guard body + size + size % 2 <= held.count else { break }
            if held[offset..<offset + 4].elementsEqual("fmt ".utf8), size >= 16 {
                found = (
                    held.little(at: body, bytes: 2), held.little(at: body + 2, bytes: 2),
                    held.little(at: body + 4, bytes: 4), held.little(at: body + 14, bytes: 2)
                )
            }
            offset = body + size + size % 2
        }
        guard held.count <= Self.longestHead else { throw Failure.malformed("a WAV header without sound") }
    }

    /// The whole frames among the held bytes, each the mean of its channels; what is left waits for its other half.
    private mutating func samples(_ rate: Int, _ channels: Int) -> PCM? {
        let width = 2 * channels
        let frames = held.count / width
        guard frames > 0 else { return nil }
        let samples = (0..<frames).map { frame -> Int16 in
            var sum = 0
            for channel in 0..<channels {
                sum += Int(Int16(truncatingIfNeeded: held.little(at: frame * width + channel * 2, bytes: 2)))
            }
            return Int16(clamping: sum / channels)
        }
        held.removeFirst(frames * width)
        return PCM(samples: samples, rate: rate)
    }
}

extension [UInt8] {
    fileprivate func little(at offset: Int, bytes: Int) -> Int {
        (0..<bytes).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }
}
