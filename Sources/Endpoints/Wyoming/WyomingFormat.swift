import Support

/// How the sound of audio events is laid out: signed, little-endian, interleaved.
package struct WyomingFormat: Equatable, Sendable {
    /// Samples a second.
    package var rate: Int
    /// Bytes of a sample.
    package var width: Int
    package var channels: Int

    package static let rates = 8_000...96_000

    package init(rate: Int, width: Int = 2, channels: Int = 1) {
        self.rate = rate
        self.width = width
        self.channels = channels
    }

    /// From an `audio-start` or `audio-chunk`; nil when it holds none that can be taken.
    package init?(_ event: WyomingEvent) {
        func whole(_ key: String) -> Int? { event[key]?.number.flatMap { Int(exactly: $0) } }
        guard let rate = whole("rate"), let width = whole("width"), let channels = whole("channels"),
            Self.rates ~= rate, 1...4 ~= width, 1...8 ~= channels
        else { return nil }
        self.init(rate: rate, width: width, channels: channels)
    }

    var data: [String: JSONValue] {
        ["rate": .number(Double(rate)), "width": .number(Double(width)), "channels": .number(Double(channels))]
    }

    /// Bytes of one sample of every channel.
    var frame: Int { width * channels }
}

/// Makes 16-bit samples of one channel out of the payloads of audio chunks. A frame may be cut anywhere.
package struct WyomingSamples: Sendable {
    package let format: WyomingFormat
    private var held: [UInt8] = []

    package init(_ format: WyomingFormat) { self.format = format }

    /// The whole frames there are by now, each the mean of its channels.
    package mutating func add(_ payload: [UInt8]) -> [Int16] {
        let bytes = held.isEmpty ? payload : held + payload
        let frames = bytes.count / format.frame
        held = Array(bytes[(frames * format.frame)...])
        return (0..<frames).map { frame in
            var sum = 0
            for channel in 0..<format.channels {
                // The two highest bytes say what 16 bits can.
                let end = frame * format.frame + (channel + 1) * format.width
                let high = UInt16(bytes[end - 1]) << 8
                let low = format.width > 1 ? UInt16(bytes[end - 2]) : 0
                sum += Int(Int16(bitPattern: high | low))
            }
            return Int16(clamping: sum / format.channels)
        }
    }
}
