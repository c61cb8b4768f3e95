import Assistant
import Audio
import Endpoints
import Foundation
import Planning
import ScriptedServer
import Speech
import Storage
import Support

/// Aloud's own share of a spoken turn: from the moment the end of the utterance was decided to the first sample of the
/// reply, against recogniser and voice servers that answer at once. The servers' own time is part of the figure.
@main
struct TurnBenchmark {
    private static let turns = 200

    static func main() async throws {
        let server = try await ScriptedServer.start()
        server.play("/v1/audio/transcriptions", .answer(#"{"text":"show my projects"}"#))
        server.play("/v1/audio/speech", .answer([UInt8](repeating: 0, count: 24_000), type: "audio/pcm"))
        let folder = FileManager.default.temporaryDirectory.appending(path: "aloud-turn-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try await Store.open(path: folder + "/aloud.db")
        let pronunciation = Pronunciation()
        let dialogue = try Dialogue(
            store: store, table: CommandTable(CommandTable.english), phones: { pronunciation.phones(of: $0) },
            planner: LocalPlanner(store: store))
        for number in 1...20 {
            try await store.change(Origin(surface: .cli), "make") {
                _ = try $0.createProject(name: "project \(number)")
            }
        }
        let client = HTTPClient(HTTPClient.Configuration())
        func endpoint(_ model: String) -> OpenAIEndpoint {
            OpenAIEndpoint(
                OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: model), client: client)
        }
        let firstSound = Shared<ContinuousClock.Instant?>(nil)
        let mouth = Mouth { rate in
            Mouth.Playing(
                write: { _ in firstSound.update { $0 = $0 ?? .now } },
                finish: { Played(samples: 0, rate: rate, outcome: .drained) },
                stop: { Played(samples: 0, rate: rate, outcome: .stopped) })
        }
        let turn = VoiceTurn(
            transcribers: TranscriberList([.openai(endpoint("whisper-1"), languages: SpokenLanguages(codes: ["en"]))]),
            synthesizers: SynthesizerList([.openai(endpoint("tts-1"), voices: VoiceChoice())]),
            respondent: respondent(dialogue), mouth: mouth, tell: { _ in })
        var heard = try await utterance()
        var times: [Double] = []
        for number in 0..<turns + 20 {
            firstSound.value = nil
            heard.decided = .now
            let began = heard.decided
            _ = await turn.take(heard)
            // The first turns open connections and fill caches.
            if let first = firstSound.value, number >= 20 { times.append((first - began).inMilliseconds) }
        }
        times.sort()
        func percentile(_ share: Double) -> String {
            String((times[min(times.count - 1, Int(Double(times.count) * share))] * 100).rounded() / 100)
        }
        print("own share of a turn, \(times.count) turns: end of speech to first sample of the reply")
        print("p50 \(percentile(0.5)) ms (limit 8)   p95 \(percentile(0.95)) ms (limit 25)   max \(percentile(1)) ms")
    }

    /// What a recording gives when it goes through the listener.
    private static func utterance() async throws -> HeardUtterance {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "audio-fixtures/demo/2-show-projects.wav")
        var configuration = Listener.Configuration()
        configuration.wake = nil
        let events = Listener.events(
            configuration, of: try .recording(AudioFile.read(fixture.path), silence: 1500))
        for await case .ended(let heard) in events { return heard }
        throw AudioError.stopped
    }

    private static func respondent(_ dialogue: Dialogue) -> Respondent {
        Respondent(
            expected: { (try? await dialogue.expected()) ?? ExpectedSpeech() },
            respond: { text in
                let events = dialogue.take(
                    Heard(
                        text.text, modality: .voice, surface: .voice,
                        sound: Heard.Sound(opus: text.utterance.opus, milliseconds: text.utterance.pcm.milliseconds),
                        timings: text.timings, calls: text.calls))
                return Answering(
                    AsyncThrowingStream { continuation in
                        Task {
                            do {
                                for try await case .reply(let reply, let turn) in events {
                                    continuation.yield(
                                        .whole(text: reply.text, expectsAnswer: false, control: nil, id: turn.rawValue))
                                }
                                continuation.finish()
                            } catch {
                                continuation.finish(throwing: error)
                            }
                        }
                    })
            },
            spoken: { id, text, timings, calls in
                try? await dialogue.spoke(Turn.ID(rawValue: id), text, timings: timings, calls: calls)
            }, lost: { _, _ in })
    }
}

extension Duration {
    fileprivate var inMilliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }
}
