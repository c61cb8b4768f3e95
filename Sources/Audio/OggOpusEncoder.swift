import COpus
import COpusEncoder

/// Ogg Opus made while its speaker talks: 24 kbit/s, a page every 100 ms, none held back.
package final class OggOpusEncoder {
    private let encoder: OpaquePointer
    private var isFinished = false

    /// - Parameter tags: What players show, such as `TITLE` (RFC 7845 §5.2); NUL ends a value.
    package init(rate: Int = SpeechFormat.rate, tags: KeyValuePairs<String, String> = [:]) throws(AudioError) {
        guard Resampler.rates ~= rate else { throw .rate(rate) }
        guard let comments = ope_comments_create() else {
            throw .encoder(String(cString: ope_strerror(OPE_ALLOC_FAIL)))
        }
        // The encoder keeps a copy.
        defer { ope_comments_destroy(comments) }
        for (name, value) in tags { ope_comments_add(comments, name, value) }
        var code: Int32 = 0
        // 4800 samples at Opus's own 48 kHz.
        guard let encoder = opus_speech_encoder(comments, Int32(rate), 24_000, 4800, &code) else {
            throw .encoder(String(cString: ope_strerror(code)))
        }
        self.encoder = encoder
    }

    deinit { ope_encoder_destroy(encoder) }

    /// Takes samples; returns the pages that became whole, often none. The first call gives the two header pages too.
    package func encode(_ samples: [Int16]) throws(AudioError) -> [UInt8] {
        try samples.withUnsafeBufferPointer { (samples) throws(AudioError) in try encode(samples) }
    }

    package func encode(_ samples: UnsafeBufferPointer<Int16>) throws(AudioError) -> [UInt8] {
        guard !isFinished, let first = samples.baseAddress else { return [] }
        try check(ope_encoder_write(encoder, first, Int32(samples.count)))
        return pages(flush: false)
    }

    /// The last pages. The encoder takes nothing afterwards.
    package func finish() throws(AudioError) -> [UInt8] {
        guard !isFinished else { return [] }
        isFinished = true
        try check(ope_encoder_drain(encoder))
        return pages(flush: true)
    }

    private func pages(flush: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var page: UnsafeMutablePointer<UInt8>?
        var length: Int32 = 0
        while ope_encoder_get_page(encoder, &page, &length, flush ? 1 : 0) != 0, let page {
            bytes += UnsafeBufferPointer(start: page, count: Int(length))
        }
        return bytes
    }

    private func check(_ code: Int32) throws(AudioError) {
        guard code == OPE_OK else { throw .encoder(String(cString: ope_strerror(code))) }
    }
}
