/// What the server does with one request, step by step.
package struct Script: Sendable {
    package enum Step: Sendable {
        case bytes([UInt8])
        /// Waits until the test opens the gate.
        case gate(Gate)
        /// Ends the connection in order.
        case close
        /// Ends it with a reset.
        case reset
        /// Says nothing more and keeps the connection.
        case silence
    }

    package let steps: [Step]

    package init(_ steps: [Step]) { self.steps = steps }

    package static func + (left: Script, right: Script) -> Script { Script(left.steps + right.steps) }
}

extension Script {
    /// A whole answer with its length.
    package static func answer(
        _ body: [UInt8], status: Int = 200, type: String = "application/json", headers: [String: String] = [:]
    ) -> Script {
        let head = head(status, type: type, headers: headers.merging(["Content-Length": "\(body.count)"]) { $1 })
        return Script([.bytes(head + body)])
    }

    package static func answer(
        _ body: String, status: Int = 200, type: String = "application/json", headers: [String: String] = [:]
    ) -> Script {
        answer(Array(body.utf8), status: status, type: type, headers: headers)
    }

    /// A head with chunked encoding; `chunk` and `lastChunk` follow.
    package static func chunked(
        _ status: Int = 200, type: String, headers: [String: String] = [:]
    ) -> Script {
        Script([.bytes(head(status, type: type, headers: headers.merging(["Transfer-Encoding": "chunked"]) { $1 }))])
    }

    package static func chunk(_ bytes: [UInt8]) -> Script {
        Script([.bytes(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))])
    }

    package static func chunk(_ text: String) -> Script { chunk(Array(text.utf8)) }

    package static let lastChunk = Script([.bytes(Array("0\r\n\r\n".utf8))])

    /// Server-sent events: each of `events` as a chunk of its own.
    package static func events(_ events: [String], type: String = "text/event-stream") -> Script {
        events.reduce(chunked(type: type)) { $0 + chunk("data: \($1)\n\n") } + lastChunk
    }

    package static let close = Script([.close])
    package static let reset = Script([.reset])
    package static let silence = Script([.silence])

    package static func wait(for gate: Gate) -> Script { Script([.gate(gate)]) }

    package static func head(_ status: Int, type: String, headers: [String: String]) -> [UInt8] {
        let lines =
            ["HTTP/1.1 \(status) Scripted", "Content-Type: \(type)"]
            + headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}

/// Something a script waits for and a test allows.
package final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() { (stream, continuation) = AsyncStream.makeStream(of: Void.self) }

    package func open() { continuation.finish() }

    package func pass() async { for await _ in stream {} }
}
