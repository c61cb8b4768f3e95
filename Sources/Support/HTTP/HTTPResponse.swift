/// The head of an answer, and its body as it comes.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: [HTTPHeader]
    package let body: HTTPBody

    /// The media type without its parameters, in lower case.
    package var mediaType: String? {
        headers["Content-Type"]?.split(separator: ";").first.map {
            $0.filter { !$0.isWhitespace }.lowercased()
        }
    }
}

/// The pieces of a body. They wait in a bounded buffer: a slow reader slows the server down.
///
/// Read by one reader. When nobody holds it any longer the exchange ends.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let reader: HTTPBodyReader

    package struct Iterator: AsyncIteratorProtocol {
        let reader: HTTPBodyReader

        package func next() async throws -> [UInt8]? { try await reader.next() }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    /// The whole body. More than `limit` bytes are an error.
    package func collect(limit: Int = 16 << 20) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self {
            guard bytes.count + piece.count <= limit else { throw HTTPError.tooLarge(limit: limit) }
            bytes += piece
        }
        return bytes
    }

    /// Ends the exchange; what has not been read is lost.
    package func cancel() { reader.cancel() }
}

/// Holds the exchange open as long as somebody may still read.
final class HTTPBodyReader: Sendable {
    private let exchange: HTTPExchange
    private let driver: CurlDriver

    init(_ exchange: HTTPExchange, _ driver: CurlDriver) {
        self.exchange = exchange
        self.driver = driver
    }

    deinit { cancel() }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            let (piece, isDrained) = try await exchange.nextPiece()
            if isDrained { driver.post(.resume(exchange)) }
            return piece
        } onCancel: {
            cancel()
        }
    }

    func cancel() {
        if exchange.fail(CancellationError()) { driver.post(.drop(exchange)) }
    }
}
