import Foundation

/// Where a Wyoming peer is: `tcp://host:port` or `unix:///path`.
package enum WyomingAddress: Hashable, Sendable {
    case tcp(host: String, port: Int)
    case unix(path: String)

    package init?(_ uri: String) {
        guard uri.utf8.count <= 1024, let parts = URLComponents(string: uri), parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        switch parts.scheme {
        case "tcp":
            guard let host = parts.host, !host.isEmpty, let port = parts.port, 1...65_535 ~= port,
                parts.path.isEmpty || parts.path == "/"
            else { return nil }
            self = .tcp(host: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host, port: port)
        case "unix":
            // A longer path is none that Linux takes (unix(7)).
            guard parts.host?.isEmpty != false, parts.path.hasPrefix("/"), !parts.path.hasSuffix("/"),
                parts.path.utf8.count < 108
            else { return nil }
            self = .unix(path: parts.path)
        default: return nil
        }
    }

    /// Whether nobody but this machine is spoken to.
    package var isThisMachine: Bool {
        switch self {
        case .unix: true
        case .tcp(let host, _):
            host == "localhost" || host == "::1"
                || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
        }
    }

    /// Whom it names, as `aloud doctor` and the engine calls show it.
    package var host: String {
        switch self {
        case .tcp(let host, _): host
        case .unix(let path): path
        }
    }
}

extension WyomingAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
        case .unix(let path): "unix://\(path)"
        }
    }
}
