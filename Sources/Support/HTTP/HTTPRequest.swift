/// What is asked of an HTTP server, and how long and how much it may answer.
package struct HTTPRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [HTTPHeader]
    package var body: Body
    package var deadlines = HTTPDeadlines()
    /// Bytes of the answer's body that are accepted.
    package var largestAnswer = 64 << 20
    /// The path of a local socket to speak through, in place of the host and port of the URL.
    package var unixSocket: String?

    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Sent while it is produced, in chunks.
        case stream(HTTPUpload)
    }

    package init(_ method: String = "GET", _ url: String, headers: [HTTPHeader] = [], body: Body = .none) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

package struct HTTPHeader: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [HTTPHeader] {
    /// The first value with that name, whatever the case of its letters.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return first { $0.name.lowercased() == wanted }?.value
    }
}

/// How long each part of an exchange may take; nil waits for ever.
package struct HTTPDeadlines: Equatable, Sendable {
    /// Name, connection, proxy and TLS.
    package var connect: Duration?
    /// From the last byte sent to the head of the answer.
    package var firstByte: Duration?
    /// Between two pieces of the body, while somebody reads it.
    package var stall: Duration?
    /// Until the last byte of the answer, however long its reader takes.
    package var total: Duration?

    package init(
        connect: Duration? = .seconds(10), firstByte: Duration? = .seconds(60), stall: Duration? = .seconds(60),
        total: Duration? = nil
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.stall = stall
        self.total = total
    }
}
