import Support

/// Why an endpoint gave no answer, the same for all servers.
package struct EndpointError: Error, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The key is missing, wrong, or may not do this.
        case auth
        /// Nothing is left to pay with.
        case quota
        case rate, overload
        case badRequest = "bad_request"
        /// No such address or model.
        case notFound = "not_found"
        /// One side cannot read what the other sent.
        case decode
        case network, timeout, server
        /// Not asked, because it failed a short while ago.
        case skipped
    }

    package var kind: Kind
    /// The HTTP status, when there was one.
    package var status: Int?
    /// The server's own words, shortened, or ours.
    package var message: String
    package var retryAfter: Duration?
    /// Whether a second try at once may help; nil leaves it to the kind.
    package var isWorthRetrying: Bool?

    package init(
        _ kind: Kind, status: Int? = nil, _ message: String, retryAfter: Duration? = nil, isWorthRetrying: Bool? = nil
    ) {
        self.kind = kind
        self.status = status
        self.message = message
        self.retryAfter = retryAfter
        self.isWorthRetrying = isWorthRetrying
    }
}

extension EndpointError: CustomStringConvertible {
    package var description: String {
        status.map { "\(kind.rawValue) (\($0)): \(message)" } ?? "\(kind.rawValue): \(message)"
    }
}

extension EndpointError {
    /// From an exchange that did not come to an answer.
    package init(_ error: HTTPError) {
        switch error {
        case .timeout: self.init(.timeout, error.description, isWorthRetrying: false)
        case .closed: self.init(.network, error.description)
        case .notHTTP, .tooLarge: self.init(.decode, error.description, isWorthRetrying: false)
        // What refuses now refuses in half a second too: better to ask the next engine at once.
        default: self.init(.network, error.description, isWorthRetrying: false)
        }
    }

    /// Whatever was thrown, as one of these; a cancellation stays one.
    package static func normalised(_ error: any Error) -> any Error {
        switch error {
        case let error as HTTPError: EndpointError(error)
        case let error as ServerSentEvents.TooLong: EndpointError(.decode, error.description)
        default: error
        }
    }
}
