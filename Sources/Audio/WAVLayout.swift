/// How the bytes of a WAVE data chunk are laid out.
struct WAVLayout {
    enum Encoding {
        case unsigned8
        case signed16
        case signed24
        case signed32
        case float32
    }

    let encoding: Encoding
    let channels: Int
    let rate: Int

    init(_ bytes: [UInt8], at offset: Int, size: Int) throws(AudioFileError) {
        guard size >= 16 else { throw .malformed("a format chunk of \(size) bytes", offset: offset) }
        var tag = bytes.little16(at: offset)
        channels = Int(bytes.little16(at: offset + 2))
        rate = Int(bytes.little32(at: offset + 4))
        let block = Int(bytes.little16(at: offset + 12))
        let bits = bytes.little16(at: offset + 14)
        // WAVE_FORMAT_EXTENSIBLE: the true tag begins the sub-format.
        if tag == 0xFFFE {
            guard size >= 26 else { throw .malformed("an extensible format of \(size) bytes", offset: offset) }
            tag = bytes.little16(at: offset + 24)
        }
        switch (tag, bits) {
        case (1, 8): encoding = .unsigned8
        case (1, 16): encoding = .signed16
        case (1, 24): encoding = .signed24
        case (1, 32): encoding = .signed32
        case (3, 32): encoding = .float32
        default: throw .unsupported("WAV of kind \(tag) with \(bits) bits")
        }
        guard 1...64 ~= channels else { throw .malformed("\(channels) channels", offset: offset + 2) }
        guard Resampler.rates ~= rate else { throw .malformed("a rate of \(rate)", offset: offset + 4) }
        guard block == channels * width else { throw .malformed("frames of \(block) bytes", offset: offset + 12) }
    }

    /// Bytes of one sample of one channel.
    var width: Int {
        switch encoding {
        case .unsigned8: 1
        case .signed16: 2
        case .signed24: 3
        case .signed32, .float32: 4
        }
    }

    /// Whole frames only, each the mean of its channels.
    func samples(of data: ArraySlice<UInt8>) throws(AudioFileError) -> PCM {
        let frames = data.count / (width * channels)
        guard frames <= AudioFile.longest * rate else { throw .tooLong(seconds: frames / rate) }
        let samples = [Int16](unsafeUninitializedCapacity: frames) { output, count in
            data.withUnsafeBytes { bytes in
                for frame in 0..<frames {
                    var sum = 0
                    for channel in 0..<channels {
                        sum += sample(bytes, at: (frame * channels + channel) * width)
                    }
                    output[frame] = Int16(clamping: sum / channels)
                }
            }
            count = frames
        }
        return PCM(samples: samples, rate: rate)
    }

    private func sample(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        switch encoding {
        case .unsigned8:
            return (Int(bytes[offset]) - 128) * 256
        case .signed16:
            return Int(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self)))
        case .signed24:
            // The low eight bits say nothing that sixteen can hold.
            return Int(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 1, as: Int16.self)))
        case .signed32:
            return Int(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 2, as: Int16.self)))
        case .float32:
            let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            let value = Float(bitPattern: bits)
            return value.isNaN ? 0 : Int((min(1, max(-1, value)) * 32767).rounded())
        }
    }
}

extension [UInt8] {
    func little16(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

    func little32(at offset: Int) -> UInt32 {
        UInt32(little16(at: offset)) | UInt32(little16(at: offset + 2)) << 16
    }
}
