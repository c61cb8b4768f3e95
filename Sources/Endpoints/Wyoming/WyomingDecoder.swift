import Support

/// Why the bytes of a peer are no events. Whatever it is ends the connection: nobody knows where the next event begins.
package enum WyomingError: Error, Equatable, CustomStringConvertible {
    case notAnEvent(String)
    /// A part that is announced, or already there, beyond the bound.
    case tooLarge(part: String, limit: Int)
    /// The connection ended within an event.
    case cutOff
    /// Nothing came for too long.
    case silent

    package var description: String {
        switch self {
        case .notAnEvent(let what): "that is no Wyoming event: \(what)"
        case .tooLarge(let part, let limit): "the \(part) of an event is more than \(limit / 1024) KiB"
        case .cutOff: "the connection ended within an event"
        case .silent: "nothing came in time"
        }
    }
}

/// Cuts what a peer sends into events. Bytes in, in pieces of any size; events out. After an error it stays with it.
package struct WyomingDecoder: Sendable {
    /// As much as Python's reader takes of a line.
    package static let longestHeader = 64 << 10
    package static let longestData = 1 << 20
    package static let longestPayload = 1 << 20

    private struct Header {
        var type: String
        var data: [String: JSONValue]
        var dataLength: Int
        var payloadLength: Int
    }

    private var bytes: [UInt8] = []
    /// What of `bytes` was already taken.
    private var taken = 0
    /// Bytes after `taken` that hold no line feed.
    private var searched = 0
    private var header: Header?
    private var failure: WyomingError?

    package init() {}

    /// Whether an event has begun and is not whole.
    package var isWithinEvent: Bool { header != nil || taken < bytes.count }

    package mutating func add(_ more: some Sequence<UInt8>) {
        guard failure == nil else { return }
        if taken > 0 {
            bytes.removeFirst(taken)
            taken = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next event; nil when more bytes must come first.
    package mutating func next() throws(WyomingError) -> WyomingEvent? {
        if let failure { throw failure }
        do {
            return try decode()
        } catch {
            failure = error
            bytes = []
            taken = 0
            header = nil
            throw error
        }
    }

    private mutating func decode() throws(WyomingError) -> WyomingEvent? {
        if header == nil {
            guard let line = try line() else { return nil }
            header = try Self.header(line)
        }
        guard let whole = header, bytes.count - taken >= whole.dataLength + whole.payloadLength else { return nil }
        var event = WyomingEvent(whole.type, whole.data)
        if whole.dataLength > 0 {
            let facts = try Self.object(take(whole.dataLength), "its data")
            event.data.merge(facts) { $1 }
        }
        event.payload = Array(take(whole.payloadLength))
        header = nil
        return event
    }

    private mutating func line() throws(WyomingError) -> ArraySlice<UInt8>? {
        guard let end = bytes[(taken + searched)...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = bytes.count - taken
            guard searched <= Self.longestHeader else { throw .tooLarge(part: "header", limit: Self.longestHeader) }
            return nil
        }
        searched = 0
        guard end - taken <= Self.longestHeader else { throw .tooLarge(part: "header", limit: Self.longestHeader) }
        let line = take(end - taken)
        taken += 1
        return line
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        defer { taken += count }
        return bytes[taken..<taken + count]
    }

    private static func header(_ line: ArraySlice<UInt8>) throws(WyomingError) -> Header {
        let members = try object(line, "its header")
        guard let type = members["type"]?.string, !type.isEmpty else { throw .notAnEvent("it has no type") }
        var data: [String: JSONValue] = [:]
        switch members["data"] {
        case .object(let inline)?: data = inline
        case nil, .null?: break
        default: throw .notAnEvent("its data is no object")
        }
        return Header(
            type: type, data: data, dataLength: try length(members["data_length"], "data", longestData),
            payloadLength: try length(members["payload_length"], "payload", longestPayload))
    }

    /// Absent, null and 0 are the same.
    private static func length(_ value: JSONValue?, _ part: String, _ limit: Int) throws(WyomingError) -> Int {
        switch value {
        case nil, .null?: return 0
        case .integer?: throw .tooLarge(part: part, limit: limit)
        case .number(let number)?:
            guard number >= 0, number == number.rounded() else { throw .notAnEvent("the length of its \(part)") }
            guard number <= Double(limit) else { throw .tooLarge(part: part, limit: limit) }
            return Int(number)
        default: throw .notAnEvent("the length of its \(part)")
        }
    }

    private static func object(
        _ bytes: ArraySlice<UInt8>, _ part: String
    ) throws(WyomingError) -> [String: JSONValue] {
        guard let text = String(validating: bytes, as: UTF8.self), let object = (try? JSONValue(parsing: text))?.object
        else { throw .notAnEvent("\(part) is no JSON object") }
        return object
    }
}
