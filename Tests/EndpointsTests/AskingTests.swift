import ScriptedServer
import Support
import Testing

@testable import Endpoints

/// Retries, deadlines and rests, with a real server and a stopped clock.
@Suite struct AskingTests {
    private static let path = "/v1/audio/transcriptions"
    private static let plain = Script.answer(#"{"text":"hello"}"#)

    private func endpoint(_ server: ScriptedServer, _ time: StoppedTime, firstByte: Duration = .seconds(5))
        -> OpenAIEndpoint
    {
        var configuration = OpenAIEndpoint.Configuration(
            baseURL: server.url + "/v1/", key: SecretString("sk-test-key"), model: "whisper-1")
        configuration.firstByteDeadline = firstByte
        return OpenAIEndpoint(configuration, client: HTTPClient(), time: time.time)
    }

    private func ask(_ endpoint: OpenAIEndpoint, within limit: Duration? = nil, _ time: StoppedTime) async throws
        -> String
    {
        let deadline = limit.map { time.time.now() + $0 }
        return try await endpoint.transcribe(
            TranscriptionRequest(opus: { [1] }, wav: { [2] }, deadline: deadline)
        ).text
    }

    private func kind(_ endpoint: OpenAIEndpoint, within limit: Duration? = nil, _ time: StoppedTime) async
        -> EndpointError.Kind?
    {
        do {
            _ = try await ask(endpoint, within: limit, time)
            return nil
        } catch {
            return (error as? EndpointError)?.kind
        }
    }

    @Test func aServerErrorIsTriedOnceMore() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer("{}", status: 500), Self.plain]])
        let time = StoppedTime()
        #expect(try await ask(endpoint(server, time), within: .seconds(8), time) == "hello")
        #expect(time.pauses.count == 1)
        try await server.stop()
    }

    @Test func aConnectionClosedInTheMiddleIsTriedOnceMore() async throws {
        let server = try await ScriptedServer.start([Self.path: [.close, Self.plain]])
        let time = StoppedTime()
        #expect(try await ask(endpoint(server, time), time) == "hello")
        try await server.stop()
    }

    @Test func aLimitIsWaitedForOnlyWhenItFits() async throws {
        let limited = Script.answer(
            #"{"error":{"message":"slow","code":"rate_limit_exceeded"}}"#, status: 429, headers: ["Retry-After": "3"])
        let server = try await ScriptedServer.start([Self.path: [limited, Self.plain, limited]])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        #expect(try await ask(endpoint, within: .seconds(8), time) == "hello")
        #expect(time.pauses == [.seconds(3)])
        #expect(await kind(endpoint, within: .seconds(3), time) == .rate)
        #expect(await kind(endpoint, within: .seconds(3), time) == .skipped)
        time.pass(.seconds(3))
        #expect(await kind(endpoint, within: .seconds(3), time) == .rate)
        try await server.stop()
    }

    @Test(arguments: [
        (Script.answer(#"{"error":{"message":"Bad key sk-test-key"}}"#, status: 401), EndpointError.Kind.auth),
        (.answer(#"{"error":{"message":"none left","code":"insufficient_quota"}}"#, status: 429), .quota),
    ])
    func whatTheUserMustMendIsToldOnceAndNotRetried(script: Script, expected: EndpointError.Kind) async throws {
        let server = try await ScriptedServer.start([Self.path: [script]])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        #expect(await kind(endpoint, time) == expected)
        #expect(await kind(endpoint, time) == .skipped)
        #expect(server.requests.count == 1)
        #expect(endpoint.health.failure?.message.contains("sk-test-key") == false)
        try await server.stop()
    }

    @Test func aSlowServerIsLeftInTimeAndThenForAWhile() async throws {
        let server = try await ScriptedServer.start([Self.path: [.silence, Self.plain]])
        let time = StoppedTime()
        let endpoint = endpoint(server, time, firstByte: .milliseconds(400))
        #expect(await kind(endpoint, time) == .timeout)
        #expect(await kind(endpoint, time) == .skipped)
        time.pass(.seconds(15))
        #expect(try await ask(endpoint, time) == "hello")
        try await server.stop()
    }

    @Test func anAnswerThatBreaksOffIsAFailure() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [Script([.bytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"te".utf8))]) + .close]
        ])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        #expect(await kind(endpoint, time) == .network)
        #expect(endpoint.health.failure?.kind == .network)
        try await server.stop()
    }

    @Test func cancellingIsNoFailure() async throws {
        let server = try await ScriptedServer.start([Self.path: [.silence]])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        let task = Task { try await ask(endpoint, time) }
        _ = await server.nextRequest()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(endpoint.health == EndpointHealth())
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }

    @Test func aWarmedConnectionIsUsed() async throws {
        let server = try await ScriptedServer.start([
            "/v1/models": [.answer("", status: 405)], Self.path: [Self.plain],
        ])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        await endpoint.warm()
        #expect(try await ask(endpoint, time) == "hello")
        await endpoint.warm()
        #expect(server.requests.map(\.method) == ["HEAD", "POST"])
        #expect(server.requests.map(\.connection) == [1, 1])
        try await server.stop()
    }

    @Test func aProbeTellsModelsAndFailures() async throws {
        let server = try await ScriptedServer.start([
            "/v1/models": [
                .answer(#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#), .answer("{}", status: 401),
                .answer("<!DOCTYPE html><html></html>", type: "text/html"), .answer("[]"),
                .answer("OK", type: "text/plain"),
            ]
        ])
        let time = StoppedTime()
        let endpoint = endpoint(server, time)
        #expect(try await endpoint.probe().models == ["a", "b"])
        await #expect(throws: EndpointError.self) { try await endpoint.probe() }
        // A web site answers everything well, and is no engine.
        await #expect(throws: EndpointError(.decode, "the server answered with a web page; is base_url right?")) {
            try await endpoint.probe()
        }
        #expect(try await endpoint.probe().models.isEmpty)
        #expect(try await endpoint.probe().models.isEmpty)
        try await server.stop()
    }
}
