/// Takes a request from bytes as they come: a head, and a body by length or in chunks.
struct RequestReader {
    private var bytes: [UInt8] = []
    private var request: ReceivedRequest?
    private var bodyStart = 0

    /// The request, when these bytes made it whole.
    mutating func add(_ more: some Sequence<UInt8>) -> ReceivedRequest? {
        bytes += more
        if request == nil { readHead() }
        guard var request else { return nil }
        guard let (body, end) = body(request) else { return nil }
        request.body = body
        bytes.removeFirst(end)
        self.request = nil
        return request
    }

    private mutating func readHead() {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let first = (lines.first ?? "").split(separator: " ")
        var request = ReceivedRequest()
        request.method = first.first.map(String.init) ?? ""
        request.path = first.dropFirst().first.map(String.init) ?? ""
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            request.headers[line[..<colon].lowercased()] = String(
                line[line.index(after: colon)...].drop { $0 == " " })
        }
        self.request = request
        bodyStart = end.upperBound
    }

    private func body(_ request: ReceivedRequest) -> (body: [UInt8], end: Int)? {
        if request.headers["transfer-encoding"] == "chunked" { return chunkedBody() }
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.count >= bodyStart + length else { return nil }
        return (Array(bytes[bodyStart..<bodyStart + length]), bodyStart + length)
    }

    private func chunkedBody() -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var position = bodyStart
        while let line = bytes[position...].firstRange(of: Array("\r\n".utf8)) {
            let size = Int(String(decoding: bytes[position..<line.lowerBound], as: UTF8.self), radix: 16) ?? 0
            let end = line.upperBound + size + 2
            guard bytes.count >= end else { return nil }
            if size == 0 { return (body, end) }
            body += bytes[line.upperBound..<line.upperBound + size]
            position = end
        }
        return nil
    }
}
