import Foundation
import Support

extension EndpointError {
    /// Characters of a server's words that are kept.
    private static let longest = 300

    /// From an answer that is not 2xx.
    package init(status: Int, headers: [HTTPHeader], body: [UInt8], now: Date = Date()) {
        let said = ServerComplaint(body)
        self.init(
            EndpointError.kind(status: status, said), status: status, said.message ?? "the server gave no reason",
            retryAfter: EndpointError.retryAfter(headers, now: now),
            isWorthRetrying: headers["x-should-retry"].flatMap { ["true": true, "false": false][$0] })
    }

    /// From an error inside an answer that began with 200; nil when the JSON holds none.
    package init?(inside answer: JSONValue) {
        let hasError = answer["error"].map { $0 != .null } ?? (answer["object"]?.string == "error")
        guard hasError else { return nil }
        let said = ServerComplaint(answer)
        let status = said.status
        self.init(
            EndpointError.kind(status: status ?? 500, said), status: status,
            said.message ?? "the server gave no reason")
    }

    private static func kind(status: Int, _ said: ServerComplaint) -> Kind {
        if said.isAboutMoney { return .quota }
        let text = (said.message ?? "").lowercased()
        switch status {
        case 300..<400: return .notFound
        case 401, 403, 407: return .auth
        case 402: return .quota
        case 404, 405, 410: return .notFound
        case 408: return .timeout
        case 415: return .decode
        case 429: return said.code == "slow_down" ? .overload : .rate
        case 503, 529: return .overload
        case 400..<409, 410..<500:
            return said.code == "model_not_found" ? .notFound : isAboutSound(text) ? .decode : .badRequest
        default: return isAboutSound(text) ? .decode : .server
        }
    }

    /// Whether a server says that it cannot read the sound it was sent.
    private static func isAboutSound(_ text: String) -> Bool {
        ["decod", "ffmpeg", "read audio", "audio file", "wav", "codec", "invalid file", "file format", "soundfile"]
            .contains { text.contains($0) }
    }

    /// The longest rest that a server is granted, in seconds. A `Duration` of what it cannot hold ends the process.
    private static let longestRest = 86_400.0

    /// `retry-after-ms`, else `Retry-After` in seconds or as a date; a day at most.
    static func retryAfter(_ headers: [HTTPHeader], now: Date) -> Duration? {
        func rest(_ seconds: Double) -> Duration? {
            seconds >= 0 ? .milliseconds(Int((min(seconds, longestRest) * 1000).rounded())) : nil
        }
        if let value = headers["retry-after-ms"].flatMap(Double.init), let rest = rest(value / 1000) { return rest }
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = Double(text) { return rest(seconds) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: text).flatMap { rest(max(0, $0.timeIntervalSince(now))) }
    }

    /// What a web site says to whoever takes it for an engine.
    static let webPage = EndpointError(.decode, ServerComplaint.page)

    static func shortened(_ text: String) -> String {
        let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return plain.count > longest ? plain.prefix(longest) + "…" : plain
    }
}

/// What a server says went wrong, in whichever of the known shapes.
struct ServerComplaint {
    var message: String?
    var code: String?
    var status: Int?

    init(_ body: [UInt8]) {
        let text = String(decoding: body.prefix(64 << 10), as: UTF8.self)
        if let json = try? JSONValue(parsing: text) {
            self.init(json)
        } else if ServerComplaint.isPage(text) {
            self.init(.string(Self.page))
        } else {
            self.init(text.allSatisfy(\.isWhitespace) ? .null : .string(text))
        }
    }

    /// `error` as an object, `error` as text, `detail` as text or a list, `message`.
    init(_ json: JSONValue) {
        let error = json["error"]
        var text = error?["message"]?.string ?? error?.string ?? json["detail"]?.string
        if text == nil, let details = json["detail"]?.array {
            text = details.compactMap(ServerComplaint.detail).joined(separator: "; ")
        }
        text = text ?? json["detail"]?["message"]?.string ?? json["message"]?.string ?? json.string
        message = text.map(EndpointError.shortened)
        let codes = [error?["code"], json["code"], error?["type"], json["type"]].compactMap(\.self)
        code = codes.lazy.compactMap(\.string).first
        status = codes.lazy.compactMap(\.number).first.flatMap { Int(exactly: $0) }
    }

    /// FastAPI names the field apart from what is wrong with it.
    private static func detail(_ value: JSONValue) -> String? {
        guard let message = value["msg"]?.string else { return value.string }
        let field = value["loc"]?.array?.last?.string
        return field.map { "\($0): \(message)" } ?? message
    }

    var isAboutMoney: Bool {
        ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"].contains(code)
    }

    static let page = "the server answered with a web page; is base_url right?"

    static func isPage(_ text: String) -> Bool {
        let start = text.prefix(200).drop(while: \.isWhitespace).lowercased()
        return start.hasPrefix("<!doctype") || start.hasPrefix("<html")
    }
}
