import AloudProcess
import Audio
import Endpoints
import Foundation
import Planning
import Support
import Testing

@testable import Speech

/// Recognisers and voices that speak the Wyoming protocol by its own library.
@Suite(.enabled(if: WyomingPeer.isInstalled, "make setup installs the peer")) struct WyomingEngineTests {
    private func endpoint(
        _ uri: String, model: String? = nil, silence: Duration = .seconds(6)
    ) throws -> WyomingEndpoint {
        var configuration = WyomingEndpoint.Configuration(
            try #require(WyomingAddress(uri)), model: model)
        configuration.silence = silence
        return WyomingEndpoint(configuration)
    }

    private let utterance = Utterance(
        samples: (0..<16_000).map { Int16(truncatingIfNeeded: $0 * 7) }, voiced: 900)

    private func transcribe(_ endpoint: WyomingEndpoint) async throws -> String {
        try await Transcriber.wyoming(endpoint, languages: SpokenLanguages(codes: ["en"]))
            .transcribe(utterance, ExpectedSpeech(), .now + .seconds(20)).text
    }

    private func kind(_ body: () async throws -> Void) async -> EndpointError.Kind? {
        do {
            try await body()
            return nil
        } catch { return (error as? EndpointError)?.kind }
    }

    @Test(arguments: [[], ["streaming"], ["streaming", "pieces"]] as [[String]])
    func aRecogniserHearsAllOfItAndAnswers(options: [String]) async throws {
        let peer = try await WyomingPeer(serving: "asr", options.first ?? "", options.last ?? "")
        let text = try await transcribe(endpoint(peer.uri, model: "tiny"))
        #expect(text == "create new project night train")
        #expect(peer.told == [["heard": 32_000, "language": "en", "name": "tiny"]])
    }

    @Test func aRecogniserIsReachedByTCP() async throws {
        let peer = try await WyomingPeer(serving: "asr", uri: "tcp://127.0.0.1:\(WyomingPeer.freePort())")
        let endpoint = try endpoint(peer.uri)
        #expect(try await endpoint.probe().info.asr.first?.models.first?.languages == ["en"])
        #expect(try await transcribe(endpoint) == "create new project night train")
        #expect(try await transcribe(endpoint) == "create new project night train")
    }

    @Test(arguments: [
        ("fail", EndpointError.Kind.server), ("garbage", .decode), ("close", .network), ("silent", .timeout),
    ])
    func everyFailureHasItsKind(option: String, kind expected: EndpointError.Kind) async throws {
        let peer = try await WyomingPeer(serving: "asr", option)
        let endpoint = try endpoint(peer.uri, silence: .milliseconds(400))
        #expect(await kind { _ = try await transcribe(endpoint) } == expected)
    }

    @Test func aServerThatIsDownIsLeftAloneAfterItFailedTwice() async throws {
        let endpoint = try endpoint("tcp://127.0.0.1:\(WyomingPeer.freePort())")
        var kinds: [EndpointError.Kind?] = []
        for _ in 0..<3 { kinds.append(await kind { _ = try await transcribe(endpoint) }) }
        #expect(kinds == [.network, .network, .skipped])
    }

    @Test func theNextEngineServesWhenItFails() async throws {
        let peer = try await WyomingPeer(serving: "asr", "fail")
        let other = Transcriber(name: "other") { _, _, _ in
            Transcript(text: "hello", confidence: 1, source: .dictation)
        }
        let list = TranscriberList([.wyoming(try endpoint(peer.uri), languages: .any), other])
        let answer = await list.transcribe(utterance, expecting: ExpectedSpeech())
        #expect(answer.transcript?.text == "hello")
        #expect(answer.engine == "other")
        #expect(answer.calls.map(\.outcome) == ["server", "ok"])
        #expect(answer.calls.first?.detail == "server: the model is not loaded (no-model)")
    }

    @Test(arguments: ["", "stereo"])
    func aVoiceSounds(option: String) async throws {
        let peer = try await WyomingPeer(serving: "tts", option)
        let sound = try await spoken(endpoint(peer.uri), "Good day.", voice: "sky")
        #expect(sound == PCM(samples: [Int16](repeating: 0x1000, count: 9 * 2205), rate: 22_050))
        #expect(peer.told == [["text": "Good day.", "voice": "sky", "streamed": false]])
    }

    @Test func aVoiceThatTakesTextInPiecesGetsItSo() async throws {
        let peer = try await WyomingPeer(serving: "tts", "streaming")
        let sound = try await spoken(endpoint(peer.uri), "Good day.")
        #expect(sound.samples.count == 9 * 2205)
        #expect(peer.told == [["text": "Good day.", "streamed": true]])
    }

    @Test(arguments: [("tts", "fail", EndpointError.Kind.server), ("tts", "silent", .timeout), ("asr", "", .notFound)])
    func aVoiceThatFailsSaysWhy(kind: String, option: String, expected: EndpointError.Kind) async throws {
        let peer = try await WyomingPeer(serving: kind, option)
        let endpoint = try endpoint(peer.uri, silence: .milliseconds(400))
        #expect(await self.kind { _ = try await spoken(endpoint, "Good day.") } == expected)
    }

    private func spoken(_ endpoint: WyomingEndpoint, _ text: String, voice: String? = nil) async throws -> PCM {
        var whole: PCM?
        for try await piece in Synthesizer.wyoming(endpoint, voices: VoiceChoice(voice)).synthesize(text, .normal) {
            whole = PCM(samples: (whole?.samples ?? []) + piece.samples, rate: piece.rate)
        }
        return try #require(whole)
    }
}
