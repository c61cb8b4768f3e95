import Foundation
import ScriptedServer
import Support
import Testing

/// Every way an exchange can go wrong, and that it ends in time.
@Suite struct HTTPFailureTests {
    private let client = HTTPClient()

    private func failure(_ request: HTTPRequest) async -> HTTPError? {
        do {
            _ = try await client.send(request).body.collect()
            return nil
        } catch {
            return error as? HTTPError
        }
    }

    private func request(_ server: ScriptedServer, _ path: String) -> HTTPRequest {
        HTTPRequest("GET", server.url + path)
    }

    @Test func eachFailureHasItsName() async throws {
        let server = try await ScriptedServer.start([
            "/cut": [Script([.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8))]) + .close],
            "/reset": [Script([.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8))]) + .reset],
            "/nothing": [.close],
            "/chat": [Script([.bytes(Array("220 mail server ready\r\n".utf8))]) + .close],
        ])
        #expect(await failure(request(server, "/cut")) == .closed)
        #expect(await failure(request(server, "/reset")) == .closed)
        #expect(await failure(request(server, "/nothing")) == .closed)
        #expect(await failure(request(server, "/chat")) == .notHTTP)
        try await server.stop()
        // A port that nobody listens on; that of a stopped server may be another's by now.
        #expect(await failure(HTTPRequest("GET", "http://127.0.0.1:1/")) == .refused)
        #expect(await failure(HTTPRequest("GET", "http://no-such-host.invalid/")) == .unresolved)
        for url in ["", "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "http://", "http:// x/"] {
            #expect(await failure(HTTPRequest("GET", url)) == .badURL, "\(url)")
        }
    }

    @Test func moreThanIsAcceptedIsAnError() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer(String(repeating: "x", count: 2000))]])
        var request = request(server, "/a")
        request.largestAnswer = 1000
        #expect(await failure(request) == .tooLarge(limit: 1000))
        try await server.stop()
    }

    @Test func eachStageHasItsDeadline() async throws {
        let server = try await ScriptedServer.start([
            "/silent": [.silence],
            "/stalled": [.chunked(type: "text/plain") + .chunk("one") + .silence],
        ])
        let short = Duration.milliseconds(80)
        var silent = request(server, "/silent")
        silent.deadlines = HTTPDeadlines(firstByte: short)
        #expect(await failure(silent) == .timeout(.firstByte))
        var stalled = request(server, "/stalled")
        stalled.deadlines = HTTPDeadlines(stall: short)
        #expect(await failure(stalled) == .timeout(.stall))
        stalled.deadlines = HTTPDeadlines(total: short)
        #expect(await failure(stalled) == .timeout(.total))
        try await server.stop()
    }

    @Test func aConnectionThatIsNeverMadeEndsInTime() async throws {
        let server = try await ScriptedServer.start(["*": [.silence]])
        // TLS is part of the connection, and this server never answers it.
        var request = HTTPRequest("GET", "https://127.0.0.1:\(server.port)/")
        request.deadlines = HTTPDeadlines(connect: .milliseconds(80))
        #expect(await failure(request) == .timeout(.connect))
        try await server.stop()
    }

    @Test func anAnswerThatIsNotTLSIsSaidToBeSo() async throws {
        let listener = try #require(PlainListener())
        var request = HTTPRequest("GET", "https://127.0.0.1:\(listener.port)/")
        request.deadlines = HTTPDeadlines(connect: .seconds(5))
        guard case .tls = await failure(request) else {
            Issue.record("no TLS error")
            return
        }
    }

    @Test func cancellingEndsTheExchangeAtOnce() async throws {
        let server = try await ScriptedServer.start(["/silent": [.silence]])
        let request = request(server, "/silent")
        let task = Task { [client] in try await client.send(request) }
        #expect(await server.nextRequest() == "/silent")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }

    @Test func cancellingTheReaderEndsTheExchange() async throws {
        let server = try await ScriptedServer.start([
            "/a": [.chunked(type: "text/plain") + .chunk("one") + .silence]
        ])
        let request = request(server, "/a")
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [client] in
            for try await _ in try await client.send(request).body { continuation.finish() }
        }
        for await _ in started {}
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }

    @Test func lettingGoOfTheBodyEndsTheExchange() async throws {
        let server = try await ScriptedServer.start([
            "/a": [.chunked(type: "text/plain") + .chunk("one") + .silence]
        ])
        _ = try await client.send(request(server, "/a")).status
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }

    @Test func whatIsCancelledBeforeItsTurnNeverReachesTheWire() async throws {
        let server = try await ScriptedServer.start(["/a": [.answer("ok")]])
        let request = request(server, "/a")
        let tasks = (0..<200).map { _ in
            Task { [client] in
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.send(request).status
            }
        }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func aClosedClientAnswersNobody() async throws {
        let server = try await ScriptedServer.start(["/a": [.chunked(type: "a/b") + .chunk("one") + .silence]])
        var brief: HTTPClient? = HTTPClient()
        let answer = try await brief?.send(request(server, "/a"))
        brief = nil
        await #expect(throws: HTTPError.ended) { _ = try await answer?.body.collect() }
        try await server.stop()
    }
}

/// Answers whatever connects with plain text.
private final class PlainListener: Sendable {
    let port: Int

    init?() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { return nil }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            let connection = accept(descriptor, nil, nil)
            let text = Array("this is no TLS\r\n".utf8)
            _ = send(connection, text, text.count, Int32(MSG_NOSIGNAL))
            close(connection)
            close(descriptor)
        }
    }
}
