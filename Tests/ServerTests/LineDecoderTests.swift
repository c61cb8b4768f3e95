import NIOCore
import Testing

@testable import Server

@Suite struct LineDecoderTests {
    private func lines(_ pieces: [[UInt8]], limit: Int = 8) throws -> [ClientLine] {
        var decoder = LineDecoder(limit: limit)
        var buffer = ByteBuffer()
        var found: [ClientLine] = []
        for piece in pieces {
            buffer.writeBytes(piece)
            while let line = try decoder.decode(buffer: &buffer) { found.append(line) }
        }
        return found
    }

    @Test func linesAreCutWhereverThePiecesEnd() throws {
        #expect(try lines([Array("ab".utf8), Array("c\r\nd\n".utf8), Array("e".utf8)]) == [.text("abc"), .text("d")])
    }

    @Test func aLineThatIsTooLongEndsTheReading() throws {
        #expect(try lines([Array("123456789".utf8), Array("\nab\n".utf8)]) == [.tooLong])
        #expect(try lines([Array("123456789\n".utf8)]) == [.tooLong])
        #expect(try lines([Array("12345678\n".utf8)]) == [.text("12345678")])
    }

    @Test func bytesThatAreNoTextAreSaidToBeSo() throws {
        #expect(
            try lines([[0xFF, 0xFE, 0x0A], [0x61, 0x00, 0x0A], [0x61, 0x0A]]) == [.notText, .notText, .text("a")])
    }
}
