/// The lines of a head as they come, to the blank one. Interim answers (1xx) are passed over.
struct HTTPHeadLines {
    private var status = 0
    private var headers: [HTTPHeader] = []
    private(set) var bytes = 0

    /// The head, when this line ended it.
    mutating func add(_ line: UnsafeRawBufferPointer) -> HTTPExchange.Head? {
        bytes += line.count
        var text = String(decoding: line, as: UTF8.self)[...]
        while let last = text.unicodeScalars.last, last == "\r" || last == "\n" { text.unicodeScalars.removeLast() }
        if text.isEmpty {
            guard status >= 200 else { return nil }
            return HTTPExchange.Head(status: status, headers: headers)
        }
        if text.hasPrefix("HTTP/") {
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop(while: \.isWhitespace)
            headers.append(HTTPHeader(String(text[..<colon]), String(value)))
        }
        return nil
    }
}
