import NIOCore

/// A line of a client, or why there is none.
enum ClientLine: Equatable, Sendable {
    case text(String)
    /// Longer than the limit; nothing after it is read.
    case tooLong
    /// Not UTF-8, or with a zero byte in it.
    case notText
}

/// Cuts what a client sends at line feeds, and never holds more than `limit` bytes of it.
struct LineDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = ClientLine

    let limit: Int
    private var isSpent = false

    init(limit: Int) { self.limit = limit }

    mutating func decode(buffer: inout ByteBuffer) throws -> ClientLine? {
        if isSpent {
            buffer.moveReaderIndex(forwardBy: buffer.readableBytes)
            return nil
        }
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else {
            return buffer.readableBytes > limit ? spend(&buffer) : nil
        }
        let length = end - buffer.readerIndex
        guard length <= limit else { return spend(&buffer) }
        guard let bytes = buffer.readBytes(length: length) else { return nil }
        buffer.moveReaderIndex(forwardBy: 1)
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return .notText }
        return .text(text.hasSuffix("\r") ? String(text.dropLast()) : text)
    }

    /// What has no line feed at its end was not finished: nothing is done about it.
    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> ClientLine? {
        try decode(buffer: &buffer)
    }

    private mutating func spend(_ buffer: inout ByteBuffer) -> ClientLine {
        isSpent = true
        buffer.moveReaderIndex(forwardBy: buffer.readableBytes)
        return .tooLong
    }
}
