import Audio
import Support

/// How the sound of a clause lies in a file: a head that tells whether all of it is there, and Ogg Opus.
///
/// | bytes | what |
/// |---|---|
/// | 0 … 7 | `aloudsnd` |
/// | 8 … 11 | samples a second, little endian |
/// | 12 … 15 | samples |
/// | 16 … 47 | SHA-256 of bytes 8 … 15 and of all after byte 47 |
/// | 48 … | Ogg Opus |
///
/// Opus takes a thirteenth of the room of the samples, and a clause is read in 20 ms at most: see docs/performance.md.
struct KeptSound: Equatable {
    var sound: PCM

    private static let mark = Array("aloudsnd".utf8)
    private static let head = 48
    /// No clause is longer: two minutes at 24 kbit/s, and some.
    static let largest = 512 << 10
    static let longest = Duration.seconds(120)

    func encoded() throws(AudioError) -> [UInt8] {
        let encoder = try OggOpusEncoder(rate: sound.rate)
        let opus = try encoder.encode(sound.samples) + encoder.finish()
        let numbers = KeptSound.little(sound.rate) + KeptSound.little(sound.samples.count)
        return KeptSound.mark + numbers + SHA256.digest(numbers + opus) + opus
    }

    init(_ sound: PCM) { self.sound = sound }

    /// nil when it is not whole, or not what was written.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > KeptSound.head, bytes.starts(with: KeptSound.mark) else { return nil }
        let opus = Array(bytes[KeptSound.head...])
        guard SHA256.digest(bytes[8..<16] + opus).elementsEqual(bytes[16..<KeptSound.head]) else { return nil }
        let rate = KeptSound.number(bytes[8..<12])
        let count = KeptSound.number(bytes[12..<16])
        guard Resampler.rates ~= rate, let decoded = try? OggOpusDecoder.decode(opus),
            let sound = try? Resampler.convert(decoded, to: rate)
        else { return nil }
        // Between rates the last samples may be missing, or be too many.
        let missing = [Int16](repeating: 0, count: max(0, count - sound.samples.count))
        guard missing.count < rate / 10 else { return nil }
        self.init(PCM(samples: sound.samples.prefix(count) + missing, rate: rate))
    }

    private static func little(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
