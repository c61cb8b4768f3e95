import COpusFile

/// Ogg Opus from memory to mono samples.
package enum OggOpusDecoder {
    /// Opus's own rate, which every stream decodes to.
    package static let rate = 48_000

    /// A stream cut short gives what is there, and a hole in it is passed over.
    package static func decode(_ bytes: [UInt8]) throws(AudioFileError) -> PCM {
        var code: Int32 = 0
        guard let file = op_open_memory(bytes, bytes.count, &code) else {
            throw .malformed("no Opus stream (error \(code))", offset: 0)
        }
        defer { op_free(file) }
        // Exact zeros stay zeros.
        op_set_dither_enabled(file, 0)
        var samples: [Int16] = []
        var stereo = [Int16](repeating: 0, count: 2 * 5760)
        while true {
            let count = Int(op_read_stereo(file, &stereo, Int32(stereo.count)))
            if count == Int(OP_HOLE) { continue }
            if count == 0 { return PCM(samples: samples, rate: rate) }
            guard count > 0 else {
                throw .malformed("an Opus stream that breaks off (error \(count))", offset: Int(op_raw_tell(file)))
            }
            for frame in 0..<count {
                samples.append(Int16((Int(stereo[2 * frame]) + Int(stereo[2 * frame + 1])) / 2))
            }
            guard samples.count <= AudioFile.longest * rate else { throw .tooLong(seconds: samples.count / rate) }
        }
    }
}
