import Foundation
import Support

/// The JSON objects of a streamed answer. An error among them is thrown; `done` comes only when the server said so.
package struct EndpointEvents: AsyncSequence, Sendable {
    package enum Element: Equatable, Sendable {
        case object(JSONValue)
        case done
    }

    let answer: HTTPResponse
    let endpoint: OpenAIEndpoint

    package func makeAsyncIterator() -> Iterator {
        Iterator(pieces: answer.body.makeAsyncIterator(), endpoint: endpoint)
    }

    package struct Iterator: AsyncIteratorProtocol {
        private var pieces: HTTPBody.Iterator
        private let endpoint: OpenAIEndpoint
        private var reader = ServerSentEvents()
        private var waiting: [ServerSentEvent] = []
        private var shape = Shape.unknown
        private var isOver = false
        private var hasEvents = false

        /// What the bytes are; their media type is not to be relied on.
        private enum Shape {
            case unknown, events
            /// A server that does not stream answers with one object.
            case whole([UInt8])
        }

        init(pieces: HTTPBody.Iterator, endpoint: OpenAIEndpoint) {
            self.pieces = pieces
            self.endpoint = endpoint
        }

        package mutating func next() async throws -> Element? {
            do {
                return try await nextElement()
            } catch {
                isOver = true
                waiting = []
                throw endpoint.failed(error)
            }
        }

        private mutating func nextElement() async throws -> Element? {
            while true {
                while !waiting.isEmpty {
                    let data = waiting.removeFirst().data
                    if data.allSatisfy(\.isWhitespace) { continue }
                    if data.hasPrefix("[DONE]") {
                        isOver = true
                        waiting = []
                        return .done
                    }
                    return try object(data)
                }
                guard !isOver else { return nil }
                if let piece = try await pieces.next() {
                    try take(piece)
                } else {
                    isOver = true
                    if case .whole(let bytes) = shape { return try object(whole: bytes) }
                    waiting = reader.finish().map { [$0] } ?? []
                    guard hasEvents || !waiting.isEmpty else {
                        throw EndpointError(.decode, "the answer is neither events nor JSON")
                    }
                }
            }
        }

        private mutating func take(_ piece: [UInt8]) throws {
            if case .unknown = shape, let first = piece.first(where: { !" \r\n\t".utf8.contains($0) }) {
                shape = "{[<".utf8.contains(first) ? .whole([]) : .events
            }
            if case .whole(let bytes) = shape {
                shape = .whole(bytes + piece)
            } else {
                waiting += try reader.add(piece)
                hasEvents = hasEvents || !waiting.isEmpty
            }
        }

        private func object(whole bytes: [UInt8]) throws -> Element {
            let text = String(decoding: bytes, as: UTF8.self)
            if ServerComplaint.isPage(text) {
                throw EndpointError.webPage
            }
            return try object(text)
        }

        private func object(_ text: String) throws -> Element {
            guard let value = try? JSONValue(parsing: text), value.object != nil else {
                throw EndpointError(.decode, "the answer is not JSON")
            }
            if let error = EndpointError(inside: value) { throw error }
            return .object(value)
        }
    }
}

extension OpenAIEndpoint {
    /// Posts `body` and gives the answer's objects as they come. A field that the server refuses by name is left out,
    /// now and later.
    package func stream(
        _ usual: String, _ body: [String: JSONValue], until deadline: ContinuousClock.Instant? = nil
    ) async throws -> EndpointEvents {
        var refused = quirks.refusedFields
        while true {
            do {
                let known = refused
                let answer = try await post(usual, body.avoiding(known).asking(quirks.jsonMode), until: deadline)
                learn { $0.refusedFields = known }
                return EndpointEvents(answer: answer, endpoint: self)
            } catch let error as EndpointError where error.kind == .badRequest {
                if body["response_format"] != nil, error.isAboutJSON, quirks.jsonMode != .words {
                    learn { $0.jsonMode = $0.jsonMode == nil ? .object : .words }
                    continue
                }
                guard let field = error.refusedField(in: body), refused.insert(field).inserted else { throw error }
            }
        }
    }

    private func post(
        _ usual: String, _ body: [String: JSONValue], until deadline: ContinuousClock.Instant?
    ) async throws -> HTTPResponse {
        let whole = JSONValue.object(configuration.fields.merging(body) { $1 })
        var request = request(
            "POST", url(usual), type: "application/json", body: .bytes(Array(try JSONEncoder().encode(whole))))
        request.headers.append(HTTPHeader("Accept", "text/event-stream"))
        return try await send(request, until: deadline)
    }
}

extension [String: JSONValue] {
    /// Newer models of OpenAI call the bound by another name.
    fileprivate func asking(_ mode: EndpointQuirks.JSONMode?) -> [String: JSONValue] {
        guard self["response_format"] != nil, let mode else { return self }
        var body = self
        body["response_format"] = mode == .object ? ["type": "json_object"] : nil
        return body
    }

    fileprivate func avoiding(_ refused: Set<String>) -> [String: JSONValue] {
        var body = filter { !refused.contains($0.key) }
        if refused.contains("max_tokens"), let bound = self["max_tokens"] { body["max_completion_tokens"] = bound }
        return body
    }
}

extension EndpointError {
    /// Whether a server says that it cannot hold a model to JSON.
    fileprivate var isAboutJSON: Bool {
        let said = message.lowercased()
        return ["response_format", "json_schema", "json_object", "json schema", "grammar", "structured output"]
            .contains { said.contains($0) }
    }

    /// The optional field that a complaint is about.
    fileprivate func refusedField(in body: [String: JSONValue]) -> String? {
        ["max_tokens", "stream_options", "temperature", "parallel_tool_calls", "tool_choice"].first {
            body[$0] != nil && message.contains($0)
        }
    }
}
