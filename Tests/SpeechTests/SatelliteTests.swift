import AloudProcess
import Audio
import Endpoints
import Foundation
import Planning
import SpeechFixtures
import Support
import Testing

@testable import Speech

/// Satellites by the protocol's own library, with a recogniser and a conversation that are scripts.
@Suite(.serialized, .enabled(if: WyomingPeer.isInstalled, "make setup installs the peer")) struct SatelliteTests {
    /// What Aloud was given and gave.
    private final class House: Sendable {
        let heard = Shared<[Int]>([])
        let spoken = Shared<[String]>([])
        private let task: Task<Void, Never>

        init(_ peers: WyomingPeer..., ping: Duration = .milliseconds(100), pong: Duration = .seconds(5)) throws {
            var listener = Listener.Configuration()
            listener.endpointer.patience = 100
            var configuration = Satellites.Configuration(
                try peers.map { try #require(WyomingAddress($0.uri)) }, listener: listener)
            configuration.pingInterval = ping
            configuration.pongDeadline = pong
            let (heard, spoken) = (heard, spoken)
            let ears = Transcriber(name: "script") { utterance, _, _ in
                heard.update { $0.append(utterance.pcm.milliseconds) }
                return Transcript(text: "show my projects", confidence: 1, source: .grammar)
            }
            let voice = Synthesizer(name: "script") { text, _ in
                AsyncThrowingStream { continuation in
                    continuation.yield(PCM(samples: [Int16](repeating: 9, count: 160 * text.count), rate: 16_000))
                    continuation.finish()
                }
            }
            let satellites = Satellites(
                configuration, transcribers: TranscriberList([ears]), synthesizers: { SynthesizerList([voice]) },
                respondent: { onReply in
                    Respondent(
                        expected: { ExpectedSpeech() },
                        respond: { _ in
                            onReply("You have two.")
                            return Answering(
                                AsyncThrowingStream { continuation in
                                    continuation.yield(
                                        .whole(text: "You have two.", expectsAnswer: false, control: nil, id: "1"))
                                    continuation.finish()
                                })
                        }, spoken: { _, text, _, _ in spoken.update { $0.append(text) } }, lost: { _, _ in })
                }, tell: { _ in })
            task = Task { await satellites.run() }
        }

        func end() async {
            task.cancel()
            await task.value
        }
    }

    private let folder = AloudHome()

    /// A recording as a file, `gain` as loud.
    private func recording(_ text: String, gain: Double = 1, wake: Bool = false) throws -> String {
        let fixtures = try Fixtures()
        let fixture = try #require(fixtures.files(wake ? .wake : .command).first { $0.text == text }, "\(text)")
        let samples = try fixtures.samples(of: fixture).map { Int16(Double($0) * gain) }
        let path = folder.folder + "/\(UUID().uuidString).wav"
        try Data(WAVFile.write(PCM(samples: samples, rate: 16_000))).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func woken(_ peers: WyomingPeer...) async throws {
        for peer in peers {
            try #require(try await eventually { peer.texts("run-satellite").count == 1 }, "\(peer.told)")
        }
        for peer in peers { peer.wake() }
    }

    @Test func aSatelliteHearsAndSpeaks() async throws {
        let peer = try await WyomingPeer(serving: "satellite", recording("show my projects"))
        let house = try House(peer)
        try await woken(peer)
        #expect(try await eventually { !house.spoken.value.isEmpty })
        #expect(
            peer.told.compactMap { $0["event"]?.string } == [
                "run-satellite", "transcribe", "voice-started", "voice-stopped", "transcript", "synthesize", "spoken",
            ])
        #expect(peer.texts("transcript") == ["show my projects"])
        #expect(peer.texts("synthesize") == ["You have two."])
        #expect(peer.told.last?["seconds"] == 0.13)
        #expect(house.spoken.value == ["You have two."])
        // Woken again, it does it again.
        peer.wake()
        #expect(try await eventually { house.spoken.value.count == 2 })
        await house.end()
    }

    @Test func whereThereIsNoSpeakerNothingWasSpoken() async throws {
        let peer = try await WyomingPeer(serving: "satellite", recording("show my projects"), "dumb")
        let house = try House(peer)
        try await woken(peer)
        #expect(try await eventually { peer.texts("synthesize") == ["You have two."] })
        // Woken again it has ended the turn before, and says of neither that anything was heard.
        peer.wake()
        #expect(try await eventually { peer.texts("synthesize").count == 2 })
        #expect(peer.texts("spoken") == [])
        #expect(house.spoken.value.joined().isEmpty)
        await house.end()
    }

    @Test func whenNobodySpeaksItIsSentBackToWait() async throws {
        let silence = folder.folder + "/silence.wav"
        try Data(WAVFile.write(PCM(samples: [0, 0], rate: 16_000))).write(to: URL(fileURLWithPath: silence))
        let peer = try await WyomingPeer(serving: "satellite", silence)
        let house = try House(peer)
        try await woken(peer)
        #expect(try await eventually { peer.texts("error") == ["nobody spoke"] }, "\(peer.told)")
        #expect(house.heard.value.isEmpty)
        await house.end()
    }

    @Test func ofTwoThatWereWokenByOneVoiceTheLouderAnswers() async throws {
        let near = try await WyomingPeer(serving: "satellite", recording("show my projects"))
        let far = try await WyomingPeer(serving: "satellite", recording("show my projects", gain: 0.25))
        let house = try House(far, near)
        try await woken(far, near)
        #expect(try await eventually { !house.spoken.value.isEmpty })
        #expect(near.texts("spoken").count == 1)
        #expect(try await eventually { far.texts("run-satellite").count == 2 }, "\(far.told)")
        #expect(far.texts("pause-satellite").count == 1)
        #expect(far.texts("transcript") == [])
        #expect(house.heard.value.count == 1)
        // The one that was sent back can be woken alone.
        far.wake()
        #expect(try await eventually { far.texts("spoken").count == 1 }, "\(far.told)")
        await house.end()
    }

    @Test func aSatelliteThatDoesNotAnswerIsCalledAgain() async throws {
        let peer = try await WyomingPeer(serving: "satellite", recording("show my projects"), "deaf")
        let house = try House(peer, pong: .milliseconds(500))
        #expect(try await eventually { peer.texts("run-satellite").count == 2 }, "\(peer.told)")
        await house.end()
    }

    @Test func aSatelliteThatWasAwayIsFoundAgain() async throws {
        let file = try recording("show my projects")
        let first = try await WyomingPeer(serving: "satellite", file)
        let house = try House(first)
        #expect(try await eventually { first.texts("run-satellite").count == 1 })
        await first.kill()
        let second = try await WyomingPeer(serving: "satellite", file, uri: first.uri)
        try await woken(second)
        #expect(try await eventually { house.spoken.value.count == 1 })
        await house.end()
    }

    @Test func thePauseBetweenCallsGrowsToHalfAMinute() {
        let pauses = [1, 2, 3, 4, 5, 6, 7, 60].map { Satellites.pause(afterFailures: $0) }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    }
}
