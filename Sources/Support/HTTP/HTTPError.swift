/// Why no whole answer came.
package enum HTTPError: Error, Equatable, Sendable {
    case badURL
    /// No address is known for the name.
    case unresolved
    case refused
    case unreachable
    case proxy
    case tls(String)
    case timeout(Stage)
    /// More bytes came than were accepted.
    case tooLarge(limit: Int)
    /// The connection ended before the answer did.
    case closed
    /// The producer of the upload gave up.
    case uploadFailed
    /// What came is not HTTP.
    case notHTTP
    /// The client was closed.
    case ended
    case other(code: Int, reason: String)

    package enum Stage: String, Sendable {
        case connect
        case firstByte = "first byte"
        case stall, total
    }
}

extension HTTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badURL: "the address is not an http or https URL"
        case .unresolved: "the host name is not known"
        case .refused: "the connection was refused"
        case .unreachable: "the host cannot be reached"
        case .proxy: "the proxy refused or cannot be reached"
        case .tls(let reason): "TLS failed: \(reason)"
        case .timeout(.connect): "no connection in time"
        case .timeout(.firstByte): "no answer in time"
        case .timeout(.stall): "the answer stopped in the middle"
        case .timeout(.total): "the answer took too long"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .closed: "the connection was closed before the answer was whole"
        case .uploadFailed: "what was to be sent ended early"
        case .notHTTP: "the server does not speak HTTP"
        case .ended: "the client was closed"
        case .other(let code, let reason): "\(reason) (curl \(code))"
        }
    }
}
