import Foundation
import Support

/// One message of the Wyoming protocol (github.com/OHF-Voice/wyoming): a type, facts, and bytes such as sound.
package struct WyomingEvent: Equatable, Sendable {
    package var type: String
    package var data: [String: JSONValue]
    package var payload: [UInt8]

    package init(_ type: String, _ data: [String: JSONValue] = [:], payload: [UInt8] = []) {
        self.type = type
        self.data = data
        self.payload = payload
    }

    /// A member of the facts, where null is absent.
    package subscript(key: String) -> JSONValue? {
        guard let value = data[key], value != .null else { return nil }
        return value
    }
}

extension WyomingEvent {
    /// What the peer is told about the version of the protocol.
    static let version = "1.9.0"

    /// The bytes as the Python library writes them: the facts never in the header but as a block after it, and neither
    /// block when it is empty.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        let facts = data.isEmpty ? Data() : try encoder.encode(data)
        var header = #"{"type": "# + String(decoding: try encoder.encode(type), as: UTF8.self)
        header += #", "version": "\#(WyomingEvent.version)""#
        if !facts.isEmpty { header += #", "data_length": \#(facts.count)"# }
        if !payload.isEmpty { header += #", "payload_length": \#(payload.count)"# }
        return Array((header + "}\n").utf8) + facts + payload
    }
}

// MARK: Events that both sides send

extension WyomingEvent {
    package static func audioStart(_ format: WyomingFormat) -> WyomingEvent {
        WyomingEvent("audio-start", format.data)
    }

    /// Samples of one channel with 16 bits each.
    package static func audioChunk(_ samples: some Collection<Int16>, rate: Int) -> WyomingEvent {
        var payload: [UInt8] = []
        payload.reserveCapacity(samples.count * 2)
        for sample in samples {
            payload.append(UInt8(truncatingIfNeeded: sample))
            payload.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return WyomingEvent("audio-chunk", WyomingFormat(rate: rate).data, payload: payload)
    }

    package static let audioStop = WyomingEvent("audio-stop")
    package static let describe = WyomingEvent("describe")

    package static func ping(_ text: String) -> WyomingEvent { WyomingEvent("ping", ["text": .string(text)]) }

    /// The answer to a ping: its text again.
    package static func pong(to ping: WyomingEvent) -> WyomingEvent {
        WyomingEvent("pong", ["text": ping["text"] ?? .null])
    }

    package static func error(_ text: String, code: String) -> WyomingEvent {
        WyomingEvent("error", ["text": .string(text), "code": .string(code)])
    }
}
