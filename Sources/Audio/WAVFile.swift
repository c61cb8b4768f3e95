/// RIFF/WAVE, read generously and written plainly.
package enum WAVFile {
    /// The sound mixed down to mono, at the file's own rate. A data chunk of no size (a stream) or cut short gives what is there.
    package static func read(_ bytes: [UInt8]) throws(AudioFileError) -> PCM {
        guard bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12 else { throw .notAudio }
        guard bytes[8..<12].elementsEqual("WAVE".utf8) else { throw .unsupported("RIFF without WAVE") }
        var layout: WAVLayout?
        var offset = 12
        while offset + 8 <= bytes.count {
            let size = Int(bytes.little32(at: offset + 4))
            let body = offset + 8
            if bytes[offset..<offset + 4].elementsEqual("fmt ".utf8) {
                layout = try WAVLayout(bytes, at: body, size: min(size, bytes.count - body))
            } else if bytes[offset..<offset + 4].elementsEqual("data".utf8) {
                guard let layout else { throw .malformed("sound before its format", offset: offset) }
                // Programs that cannot seek back leave one of these two in the size.
                let streamed = size == 0 || size == 0xFFFF_FFFF
                let end = streamed ? bytes.count : min(bytes.count, body + size)
                return try layout.samples(of: bytes[body..<end])
            }
            offset = body + size + size % 2
        }
        throw .malformed(layout == nil ? "no format chunk" : "no data chunk", offset: min(offset, bytes.count))
    }

    /// 16-bit mono.
    package static func write(_ pcm: PCM) -> [UInt8] {
        let size = UInt32(clamping: pcm.samples.count * 2)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44 + pcm.samples.count * 2)
        bytes += "RIFF".utf8
        bytes.append(little: 36 &+ size)
        bytes += "WAVEfmt ".utf8
        bytes.append(little: 16 as UInt32)
        bytes.append(little: 1 as UInt16)
        bytes.append(little: 1 as UInt16)
        bytes.append(little: UInt32(clamping: pcm.rate))
        bytes.append(little: UInt32(clamping: pcm.rate * 2))
        bytes.append(little: 2 as UInt16)
        bytes.append(little: 16 as UInt16)
        bytes += "data".utf8
        bytes.append(little: size)
        for sample in pcm.samples { bytes.append(little: UInt16(bitPattern: sample)) }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
