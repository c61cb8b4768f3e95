import AloudProcess
import Assistant
import Audio
import Endpoints
import Foundation
import Planning
import SeededRandom
import Speech
import Storage
import Support
import Testing

@testable import Server

/// The Wyoming service in this process, with ears and a voice that are scripts.
private struct OpenService {
    let folder: String
    let path: String
    let store: Store
    private let service: Task<Void, any Error>

    /// Says free speech again in capitals, word by word; what is “broken” it says half of.
    private struct Echo: Planner {
        var asksForParts: Bool { false }

        func answer(_ text: String, _ scene: Scene, _ tell: @Sendable (PlannerEvent) -> Void) async throws
            -> PlannerAnswer
        {
            let words = text.uppercased().split(separator: " ").map { String($0) + " " }
            if text.contains("broken") {
                tell(.delta(words[0]))
                throw DialogueError.busy
            }
            for word in words { tell(.delta(word)) }
            return PlannerAnswer(Reply(words.joined()))
        }
    }

    init(
        silence: Duration = .seconds(60),
        voice: @escaping @Sendable (String) -> AsyncThrowingStream<PCM, any Error> = { _ in .init { $0.finish() } }
    ) async throws {
        folder = NSTemporaryDirectory() + "as-" + UUID().uuidString.prefix(8)
        path = folder + "/run/wyoming.sock"
        store = try await Store.open(path: folder + "/aloud.db")
        let dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { _ in [] },
            planner: Echo())
        let live = LiveState(status: { [:] }, setMuted: { _ in }, speak: { _, _ in nil })
        let ears = Transcriber(name: "script") { utterance, _, _ in
            guard utterance.samples.count > 100 else { throw SpeechError.busy }
            return Transcript(text: "\(utterance.samples.count)", confidence: 1, source: .dictation)
        }
        let (ready, signal) = AsyncStream.makeStream(of: Void.self)
        let server = WyomingServer(
            address: .unix(path: path),
            surface: WyomingSurface(
                house: House(dialogue: dialogue, hub: EventHub(), live: live), ears: ears,
                voice: Synthesizer(name: "script", synthesize: { text, _ in voice(text) }), speaker: "rms", version: "1"
            ),
            silence: silence, onReady: { signal.finish() })
        service = Task { try await server.run() }
        for await _ in ready {}
    }

    func events(_ sent: [WyomingEvent]) async throws -> [WyomingEvent] {
        let answer = await RawClient.exchange(path, try sent.flatMap { try $0.encoded() })
        var decoder = WyomingDecoder()
        decoder.add(Array(answer.utf8))
        var events: [WyomingEvent] = []
        while let event = try decoder.next() { events.append(event) }
        return events
    }

    func end() async throws {
        service.cancel()
        _ = try? await service.value
        try store.close()
        try FileManager.default.removeItem(atPath: folder)
    }
}

@Suite(.serialized) struct WyomingServiceTests {
    private func chunk(_ samples: Int, rate: Int = 16_000) -> WyomingEvent {
        .audioChunk([Int16](repeating: 0, count: samples), rate: rate)
    }

    @Test func soundIsHeardAtTheRecognisersRateWhateverItsOwn() async throws {
        let open = try await OpenService()
        let answers = try await open.events([
            .audioStart(WyomingFormat(rate: 8000)), chunk(4000, rate: 8000), chunk(4000, rate: 8000), .audioStop,
            // Some clients leave the beginning out.
            chunk(1600), .audioStop,
        ])
        #expect(answers.map { $0["text"] } == ["16000", "1600"])
        try await open.end()
    }

    @Test func aRecogniserThatFailsIsAnErrorAndTheConnectionGoesOn() async throws {
        let open = try await OpenService()
        let answers = try await open.events([
            chunk(50), .audioStop, .audioStop, chunk(800), chunk(800, rate: 8000), chunk(800), .audioStop,
            .audioStart(WyomingFormat(rate: 1)), .audioStop, .ping("on"),
        ])
        #expect(answers.map(\.type) == ["error", "error", "error", "error", "pong"])
        #expect(answers.map { $0["code"] } == ["asr-failed", "no-audio", "bad-audio", "bad-audio", nil])
        try await open.end()
    }

    @Test func aVoiceThatFailsIsAnErrorAndTheSoundIsEnded() async throws {
        let open = try await OpenService(voice: { _ in .init { $0.finish(throwing: SpeechError.busy) } })
        let answers = try await open.events([WyomingEvent("synthesize", ["text": "Hello."]), .ping("on")])
        #expect(answers.map(\.type) == ["error", "audio-start", "audio-stop", "pong"])
        #expect(answers.first?["code"] == "tts-failed")
        try await open.end()
    }

    @Test func aReplyIsToldInPiecesAndThenWhole() async throws {
        let open = try await OpenService()
        let answers = try await open.events([
            WyomingEvent("transcript", ["text": "quiet blue library", "context": ["id": 1]]),
            WyomingEvent("transcript", ["text": "create new project demo"]),
            WyomingEvent("transcript", ["text": "quiet broken library"]), WyomingEvent("transcript"),
        ])
        #expect(
            answers == [
                WyomingEvent("handled-start", ["context": ["id": 1]]),
                WyomingEvent("handled-chunk", ["text": "QUIET "]), WyomingEvent("handled-chunk", ["text": "BLUE "]),
                WyomingEvent("handled-chunk", ["text": "LIBRARY "]),
                WyomingEvent("handled", ["text": "QUIET BLUE LIBRARY ", "context": ["id": 1]]),
                WyomingEvent("handled-stop"),
                WyomingEvent("handled-start"), WyomingEvent("handled-chunk", ["text": "Created project demo."]),
                WyomingEvent("handled", ["text": "Created project demo."]), WyomingEvent("handled-stop"),
                WyomingEvent("handled-start"), WyomingEvent("handled-chunk", ["text": "QUIET "]),
                WyomingEvent("not-handled", ["text": .string("\(DialogueError.busy)")]), WyomingEvent("handled-stop"),
                WyomingEvent("not-handled", ["text": "I did not hear anything."]),
            ], "\(answers)")
        try await open.end()
    }

    @Test func whoSaysNothingIsLetGo() async throws {
        let open = try await OpenService(silence: .milliseconds(200))
        let descriptor = RawClient.connect(open.path)
        defer { close(descriptor) }
        let path = open.path
        #expect(descriptor >= 0)
        let isClosed = try await eventually {
            var byte: UInt8 = 0
            return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) == 0
        }
        #expect(isClosed)
        #expect(await RawClient.exchange(path, try WyomingEvent.ping("a").encoded()).contains("pong"))
        try await open.end()
    }

    @Test func whoComesWhenAllPlacesAreTakenIsToldSo() async throws {
        let open = try await OpenService()
        let guests = (0..<WyomingServer.connectionLimit).map { _ in RawClient.connect(open.path) }
        #expect(guests.allSatisfy { $0 >= 0 })
        let answer = try await open.events([.ping("a")])
        #expect(answer.first?["code"] == "busy")
        for guest in guests { close(guest) }
        let path = open.path
        let isServed = try await eventually {
            await RawClient.exchange(path, try WyomingEvent.ping("a").encoded()).contains("pong")
        }
        #expect(isServed)
        try await open.end()
    }

    @Test func noEventsBringItDown() async throws {
        let open = try await OpenService()
        var random = SeededRandom(3)
        let types = [
            "describe", "ping", "transcribe", "audio-start", "audio-chunk", "audio-stop", "synthesize",
            "synthesize-start", "synthesize-chunk", "synthesize-stop", "transcript", "info", "error", "?",
        ]
        let values: [JSONValue] = [.null, "", "x", 0, -1, 16_000, 2, 1, [], [:], true, ["name": "x"]]
        for _ in 0..<60 {
            let sent = (0..<20).map { _ -> WyomingEvent in
                var data: [String: JSONValue] = [:]
                for key in ["rate", "width", "channels", "text", "voice", "context", "name"] {
                    data[key] = values[random.next(below: values.count)]
                }
                return WyomingEvent(
                    types[random.next(below: types.count)], data,
                    payload: [UInt8](repeating: 7, count: random.next(below: 50)))
            }
            _ = try await open.events(sent)
        }
        #expect(try await open.events([.ping("still")]).first?["text"] == "still")
        try await open.end()
    }
}
