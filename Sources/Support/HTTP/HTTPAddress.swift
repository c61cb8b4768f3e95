import Foundation

/// What an address says about where a request goes.
package enum HTTPAddress {
    /// Whether it is an address that the client goes to: http or https, with a host.
    package static func isValid(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased() else { return false }
        return ["http", "https"].contains(scheme) && parts.host?.isEmpty == false
    }

    /// Whether the host is this machine, which no proxy stands before.
    package static func isThisMachine(_ url: String) -> Bool {
        guard let host = URLComponents(string: url)?.host?.lowercased() else { return false }
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        let plain = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return plain == "::1" || (plain.hasPrefix("127.") && plain.allSatisfy { $0.isNumber || $0 == "." })
    }
}
