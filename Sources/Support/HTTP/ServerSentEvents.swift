/// One event of a stream of server-sent events.
package struct ServerSentEvent: Equatable, Sendable {
    /// The event's type, when the server named one.
    package var name: String?
    /// Its lines, joined by line feeds.
    package var data: String

    package init(name: String? = nil, data: String) {
        self.name = name
        self.data = data
    }
}

/// Reads server-sent events from bytes, wherever they are cut: CR, LF or CRLF, comments, a byte order mark, and a last
/// event without its blank line.
package struct ServerSentEvents: Sendable {
    private var line: [UInt8] = []
    private var data: [String] = []
    private var name: String?
    private var lastWasReturn = false
    private var isFirstLine = true
    private var held = 0
    private let limit: Int

    /// - Parameter limit: Bytes of one event that are accepted.
    package init(limit: Int = 4 << 20) { self.limit = limit }

    package struct TooLong: Error, Equatable, CustomStringConvertible {
        package let limit: Int

        package var description: String { "an event is longer than \(limit) bytes" }
    }

    package mutating func add(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n") where lastWasReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default:
                held += 1
                guard held <= limit else { throw TooLong(limit: limit) }
                line.append(byte)
            }
            lastWasReturn = byte == UInt8(ascii: "\r")
        }
        return events
    }

    /// The stream is over: the event that no blank line ended.
    package mutating func finish() -> ServerSentEvent? {
        if !line.isEmpty { _ = endLine() }
        return endEvent()
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let field = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch field {
        case "data": data.append(String(decoding: value, as: UTF8.self))
        case "event": name = String(decoding: value, as: UTF8.self)
        // Comments, ids, retry times and whatever else: nothing here reconnects.
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            data = []
            name = nil
            held = 0
        }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(name: name, data: data.joined(separator: "\n"))
    }
}
