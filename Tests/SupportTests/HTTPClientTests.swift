import Foundation
import ScriptedServer
import Support
import Testing

/// The client against a real server on this machine.
@Suite struct HTTPClientTests {
    private let client = HTTPClient()

    private func text(_ response: HTTPResponse) async throws -> String {
        String(decoding: try await response.body.collect(), as: UTF8.self)
    }

    @Test func anAnswerHasItsStatusHeadersAndBody() async throws {
        let server = try await ScriptedServer.start([
            "/a": [.answer("hello", status: 201, type: "Text/Plain; charset=utf-8", headers: ["X-Request-Id": "r1"])]
        ])
        let answer = try await client.send(HTTPRequest("GET", server.url + "/a"))
        #expect(answer.status == 201)
        #expect(answer.headers["x-request-ID"] == "r1")
        #expect(answer.mediaType == "text/plain")
        #expect(try await text(answer) == "hello")
        try await server.stop()
    }

    @Test func aConnectionIsUsedAgain() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer("one")]])
        for _ in 0..<5 { #expect(try await text(client.send(HTTPRequest("GET", server.url + "/a"))) == "one") }
        #expect(server.requests.map(\.connection) == [1, 1, 1, 1, 1])
        try await server.stop()
    }

    @Test func aBodyIsSentWholeAndWithoutAPause() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer("ok")]])
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let headers = [HTTPHeader("X-Kind", "test"), HTTPHeader("X-Bad", "a\r\nX-Smuggled: 1")]
        let request = HTTPRequest("POST", server.url + "/a", headers: headers, body: .bytes(body))
        #expect(try await text(client.send(request)) == "ok")
        let received = try #require(server.requests.first)
        #expect(received.body == body)
        #expect(received.headers["x-kind"] == "test")
        #expect(received.headers["expect"] == nil)
        #expect(received.headers["x-smuggled"] == nil)
        try await server.stop()
    }

    @Test func aBodyIsSentWhileItIsProduced() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer("ok")]])
        let upload = HTTPUpload(bound: 1000)
        let request = HTTPRequest("POST", server.url + "/a", body: .stream(upload))
        async let answer = text(client.send(request))
        var expected: [UInt8] = []
        for index in 0..<50 {
            let piece = [UInt8](repeating: UInt8(index), count: 700)
            expected += piece
            try await upload.write(piece)
        }
        upload.finish()
        #expect(try await answer == "ok")
        #expect(server.requests.first?.body == expected)
        try await server.stop()
    }

    @Test func theProducerOfABodyLearnsThatNobodyWantsIt() async throws {
        let upload = HTTPUpload(bound: 10)
        let request = HTTPRequest("POST", "http://127.0.0.1:1/a", body: .stream(upload))
        await #expect(throws: HTTPError.refused) { try await client.send(request) }
        // The body may be closed a moment after the answer; more than its bound waits for that.
        await #expect(throws: HTTPError.closed) { for _ in 0..<20 { try await upload.write([1]) } }
    }

    @Test func piecesComeBeforeTheEnd() async throws {
        let gate = Gate()
        let server = try await ScriptedServer.start([
            "/a": [.chunked(type: "text/plain") + .chunk("one") + .wait(for: gate) + .chunk("two") + .lastChunk]
        ])
        let answer = try await client.send(HTTPRequest("GET", server.url + "/a"))
        var pieces: [String] = []
        for try await piece in answer.body {
            pieces.append(String(decoding: piece, as: UTF8.self))
            gate.open()
        }
        #expect(pieces == ["one", "two"])
        try await server.stop()
    }

    @Test func aSlowReaderHoldsTheConnectionAndLosesNothing() async throws {
        let body = (0..<8_000_000).map { UInt8(truncatingIfNeeded: $0 / 1000) }
        let server = try await ScriptedServer.start(["/a": [.answer(body, type: "a/b")]])
        var request = HTTPRequest("GET", server.url + "/a")
        request.deadlines.stall = .seconds(20)
        let answer = try await client.send(request)
        var received: [UInt8] = []
        for try await piece in answer.body {
            received += piece
            await Task.yield()
        }
        #expect(received == body)
        try await server.stop()
    }

    @Test func aDeadKeptConnectionIsReplaced() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer("one") + .close, .answer("two")]])
        let request = HTTPRequest("POST", server.url + "/a", body: .bytes(Array("body".utf8)))
        #expect(try await text(client.send(request)) == "one")
        #expect(await server.nextEnd() == 1)
        #expect(try await text(client.send(request)) == "two")
        #expect(server.requests.map(\.text) == ["body", "body"])
        try await server.stop()
    }

    @Test func aLocalSocketStandsForAHost() async throws {
        let path = NSTemporaryDirectory() + "aloud-\(UUID().uuidString.prefix(8)).sock"
        let server = try await ScriptedServer.start(["/a": [.answer("local")]], unixSocket: path)
        var request = HTTPRequest("GET", "http://anything/a")
        request.unixSocket = path
        #expect(try await text(client.send(request)) == "local")
        try await server.stop()
        try? FileManager.default.removeItem(atPath: path)
    }

    @Test func aProxyIsAskedForOthersAndNeverForThisMachine() async throws {
        let proxy = try await ScriptedServer.start(["*": [.answer("from the proxy")]])
        let server = try await ScriptedServer.start(["/a": [.answer("direct")]])
        var configuration = HTTPClient.Configuration()
        configuration.proxy = proxy.url
        let client = HTTPClient(configuration)
        #expect(try await text(client.send(HTTPRequest("GET", "http://model.invalid/x"))) == "from the proxy")
        #expect(proxy.requests.first?.path == "http://model.invalid/x")
        #expect(try await text(client.send(HTTPRequest("GET", server.url + "/a"))) == "direct")
        try await server.stop()
        try await proxy.stop()
    }
}
