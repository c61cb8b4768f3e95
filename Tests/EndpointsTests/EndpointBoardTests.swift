import ScriptedServer
import Support
import Testing

@testable import Endpoints

/// Endpoints that fail and come back, with a real server and a stopped clock.
@Suite struct EndpointBoardTests {
    private static let path = "/v1/audio/transcriptions"
    private static let plain = Script.answer(#"{"text":"hello"}"#)

    private func endpoint(_ server: ScriptedServer, _ board: EndpointBoard, _ time: StoppedTime) -> OpenAIEndpoint {
        var configuration = OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "whisper-1")
        configuration.firstByteDeadline = .seconds(2)
        return OpenAIEndpoint(
            configuration, client: HTTPClient(), watch: board.watch("transcriber", "a"), time: time.time)
    }

    private func kind(_ endpoint: OpenAIEndpoint) async -> EndpointError.Kind? {
        do {
            _ = try await endpoint.transcribe(TranscriptionRequest(opus: { [1] }, wav: { [2] }))
            return nil
        } catch {
            return (error as? EndpointError)?.kind
        }
    }

    @Test func whoeverAsksTheSameEndpointKnowsTheSameOfIt() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer("{}", status: 401)]])
        let time = StoppedTime()
        let board = EndpointBoard(time: time.time)
        #expect(await kind(endpoint(server, board, time)) == .auth)
        #expect(await kind(endpoint(server, board, time)) == .skipped)
        #expect(board.watches.count == 1)
        board.clear()
        #expect(await kind(endpoint(server, board, time)) == .auth)
        try await server.stop()
    }

    @Test func theUserPaysForATimeoutOnceAndAProbeBringsTheServerBack() async throws {
        let gate = Gate()
        let server = try await ScriptedServer.start([
            Self.path: [.silence, Self.plain],
            "/v1/models": [
                .wait(for: gate) + .answer("{}", status: 503), .answer("", status: 502), .answer("{}", status: 404),
            ],
        ])
        let time = StoppedTime()
        let board = EndpointBoard(time: time.time)
        let endpoint = endpoint(server, board, time)
        let back = Gate()
        let probing = Task {
            await board.probe()
            back.open()
        }
        while !endpoint.watch.health.isProbed { await Task.yield() }
        #expect(await kind(endpoint) == .timeout)
        #expect(await kind(endpoint) == .skipped)
        // The clock of this test goes on by itself when somebody waits for it.
        gate.open()
        while !endpoint.watch.health.isOnTrial { await Task.yield() }
        let asked = server.requests.map { $0.path }.filter { $0 == "/v1/models" }.count
        #expect(asked == 3, "it was asked until it answered, which may be anything")
        #expect(await kind(endpoint) == nil)
        #expect(!endpoint.watch.health.isOnTrial)
        #expect(endpoint.watch.health.failure == nil)
        // 15 seconds at first, then twice, then four times as long.
        #expect(time.pauses.reduce(.zero, +) >= .seconds(15 + 30 + 60))
        probing.cancel()
        await back.pass()
        #expect(!endpoint.watch.health.isProbed)
        try await server.stop()
    }

    @Test func whatIsProbedIsNotAskedByUsersAndWhatIsNotIs() {
        let now = ContinuousClock.now
        let late = now + .seconds(20)
        let timeout = EndpointError(.timeout, "late")
        var health = EndpointHealth(isProbed: true)
        health.failed(timeout, at: now)
        #expect(health.admits(now, late) == [false, false])
        #expect(health.probeMoment == now + EndpointHealth.firstRest)
        health.recovered()
        #expect(health.admits(now) == [true])
        #expect(health.isOnTrial)
        // A server that answers cheap questions alone rests for longer each time.
        health.failed(timeout, at: late)
        #expect(!health.isOnTrial)
        #expect(health.probeMoment == late + EndpointHealth.firstRest * 2)
        // Of money a cheap question says nothing.
        var poor = EndpointHealth(isProbed: true)
        poor.failed(EndpointError(.quota, "none left"), at: now)
        #expect(poor.probeMoment == nil)
        #expect(poor.admits(now + EndpointHealth.longRest) == [true])
        var alone = EndpointHealth()
        alone.failed(timeout, at: now)
        #expect(alone.admits(now, late) == [false, true])
    }

    @Test func aWyomingServerIsProbedByAskingWhatItCanDo() async throws {
        let time = StoppedTime()
        let board = EndpointBoard(time: time.time)
        let address = try #require(WyomingAddress("tcp://127.0.0.1:1"))
        let endpoint = WyomingEndpoint(
            WyomingEndpoint.Configuration(address), watch: board.watch("voice", "w"), time: time.time)
        for _ in 0..<2 {
            await #expect(throws: EndpointError.self) {
                try await endpoint.transcribe([0], rate: 16_000, language: nil, until: time.time.now() + .seconds(9))
            }
        }
        let watch = endpoint.watch
        watch.setProbed(true)
        let first = try #require(watch.probeMoment)
        await watch.probe(time.time)
        let second = try #require(watch.probeMoment)
        #expect(second > first)
    }

    @Test func theUsualTimeIsThatOfNineteenInTwenty() {
        var times = AnswerTimes()
        for _ in 0..<7 { times.add(.milliseconds(100)) }
        #expect(times.usual == nil)
        for _ in 0..<50 { times.add(.milliseconds(100)) }
        for number in 0..<4 { times.add(.milliseconds(1000 + number)) }
        #expect(times.usual == .milliseconds(1000))
        for _ in 0..<64 { times.add(.milliseconds(50)) }
        #expect(times.usual == .milliseconds(50))
    }
}

extension EndpointHealth {
    fileprivate func admits(_ moments: Instant...) -> [Bool] {
        var health = self
        return moments.map { health.admit(at: $0) }
    }
}
