import Audio
import Endpoints
import Foundation
import Planning
import ScriptedServer
import Support
import Testing

@testable import Speech

/// A voice behind a real connection, in every wrapping that servers send.
@Suite struct RemoteVoiceTests {
    private static let path = "/v1/audio/speech"
    private let samples: [Int16] = (0..<5000).map { Int16(truncatingIfNeeded: $0 * 7 - 9000) }

    private func voice(_ server: ScriptedServer, rate: Int = 24_000) -> Synthesizer {
        let configuration = OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "kokoro")
        let time = EndpointTime(now: { .now }, pause: { _ in })
        return .openai(
            OpenAIEndpoint(configuration, client: HTTPClient(), time: time), voices: VoiceChoice("af_sky"), rate: rate)
    }

    private func spoken(_ script: Script..., rate: Int = 24_000) async throws -> (PCM?, [ReceivedRequest]) {
        let server = try await ScriptedServer.start([Self.path: script])
        var sound: PCM?
        for try await piece in voice(server, rate: rate).synthesize("Hello.", .normal) {
            sound = PCM(samples: (sound?.samples ?? []) + piece.samples, rate: piece.rate)
        }
        let requests = server.requests
        try await server.stop()
        return (sound, requests)
    }

    private var bytes: [UInt8] { Array(WAVFile.write(PCM(samples: samples, rate: 24_000)).dropFirst(44)) }

    /// The bytes in chunks of sizes that cut samples in two.
    private func chunks(_ bytes: [UInt8], type: String = "application/octet-stream") -> Script {
        var script = Script.chunked(type: type)
        for start in stride(from: 0, to: bytes.count, by: 333) {
            script = script + .chunk(Array(bytes[start..<min(bytes.count, start + 333)]))
        }
        return script + .lastChunk
    }

    @Test func kokoro_SendsBarePCMInPiecesOfAnySize() async throws {
        let (sound, requests) = try await spoken(chunks(bytes))
        #expect(sound == PCM(samples: samples, rate: 24_000))
        let body = try JSONValue(parsing: try #require(requests.first).text)
        #expect(body == ["model": "kokoro", "input": "Hello.", "voice": "af_sky", "response_format": "pcm"])
    }

    @Test func eachLanguageHasItsVoice() async throws {
        let server = try await ScriptedServer.start([Self.path: [chunks(bytes)]])
        let endpoint = OpenAIEndpoint(
            OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "kokoro"), client: HTTPClient())
        let voices = VoiceChoice("sky", byLanguage: ["de": "anna", "fr": "lea", "ru": "olga"], language: "en")
        let speaker = Synthesizer.openai(endpoint, voices: voices)
        let clauses = [
            ("Das ist der nächste Schritt.", "anna"), ("The plan is done.", "sky"),
            ("Le plan est prêt pour vous.", "lea"),
            ("Готово.", "olga"), ("Stripe.", "sky"), ("42", "sky"),
            ("Für die Aufgabe „write the tests“ ist es zu spät.", "anna"),
        ]
        for (text, _) in clauses { for try await _ in speaker.synthesize(text, .normal) {} }
        let asked = try server.requests.map { try JSONValue(parsing: $0.text)["voice"]?.string }
        #expect(asked == clauses.map(\.1))
        try await server.stop()
    }

    @Test func speaches_SpeaksAtItsModelsRate() async throws {
        #expect(try await spoken(chunks(bytes, type: "audio/pcm"), rate: 22_050).0?.rate == 22_050)
    }

    @Test(arguments: [nil, 0, 0xFFFF_FFFF]) func localAI_SendsWAVOfAnyAnnouncedSize(size: UInt32?) async throws {
        var wav = WAVFile.write(PCM(samples: samples, rate: 22_050))
        if let size { for index in 0..<4 { wav[40 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) } }
        let (sound, requests) = try await spoken(chunks(wav, type: "audio/mpeg"))
        #expect(sound == PCM(samples: samples, rate: 22_050))
        #expect(requests.count == 1)
    }

    @Test func stereoIsMixedAndOtherEncodingsAreRead() async throws {
        var wav = WAVFile.write(PCM(samples: samples.flatMap { [$0, $0] }, rate: 16_000))
        wav[22] = 2
        wav[32] = 4
        #expect(try await spoken(chunks(wav)).0 == PCM(samples: samples, rate: 16_000))
        var eight = WAVFile.write(PCM(samples: [0, 0], rate: 8000))
        eight[32] = 1
        eight[34] = 8
        #expect(try await spoken(chunks(eight)).0?.samples.count == 4)
    }

    @Test func oggOpusIsDecoded() async throws {
        let spokenSamples = try await Sound.spoken("hello there")
        let opus = try Utterance(samples: spokenSamples).encoded()
        let (sound, _) = try await spoken(chunks(opus, type: "audio/ogg"))
        #expect(sound?.rate == 48_000)
        #expect(abs((sound?.samples.count ?? 0) - spokenSamples.count * 3) < 2000)
    }

    @Test(arguments: [Array("ID3\u{04}....".utf8), [0xFF, 0xFB, 0x90, 0x64, 0, 0], Array("fLaC....".utf8)])
    func whatCannotBeDecodedIsAskedForAsWAV(bytes: [UInt8]) async throws {
        let wav = WAVFile.write(PCM(samples: samples, rate: 24_000))
        let (sound, requests) = try await spoken(chunks(bytes, type: "audio/mpeg"), chunks(wav))
        #expect(sound == PCM(samples: samples, rate: 24_000))
        #expect(try requests.map { try JSONValue(parsing: $0.text)["response_format"]?.string } == ["pcm", "wav"])
    }

    @Test func groq_RefusesPCMAndIsAskedForWAV() async throws {
        let refusal = Script.answer(
            #"{"error":{"message":"response_format must be one of [wav]"}}"#, status: 400)
        let wav = WAVFile.write(PCM(samples: samples, rate: 48_000))
        #expect(try await spoken(refusal, chunks(wav)).0?.rate == 48_000)
    }

    @Test func quietPCMIsNotTakenForMP3() async throws {
        let quiet = [UInt8](repeating: 0xFF, count: 4000)
        #expect(try await spoken(chunks(quiet)).0?.samples == [Int16](repeating: -1, count: 2000))
    }

    @Test func wordsWhereSoundShouldBeAreAFailure() async throws {
        for script in [
            Script.answer("<html>hi</html>", type: "text/html"), .answer(#"{"detail":"no voice"}"#),
            .answer("", type: "audio/pcm"), .answer("<!DOCTYPE html><html></html>", type: "audio/pcm"),
            .answer("{}", status: 500),
        ] {
            await #expect(throws: (any Error).self) { try await spoken(script) }
        }
    }

    @Test func soundIsPlayedWhileItIsMadeAndLettingGoStopsTheServer() async throws {
        let server = try await ScriptedServer.start([
            Self.path: [.chunked(type: "audio/pcm") + .chunk(bytes) + .silence]
        ])
        for try await piece in voice(server).synthesize("Hello.", .normal) {
            #expect(!piece.samples.isEmpty)
            break
        }
        #expect(await server.nextEnd() == 1)
        try await server.stop()
    }

    @Test func anotherVoiceSpeaksWhenOneFailsBeforeItsFirstSound() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer("{}", status: 401)]])
        let spare = Synthesizer(name: "local") { _, _ in
            AsyncThrowingStream { continuation in
                continuation.yield(PCM(samples: [1], rate: 16_000))
                continuation.finish()
            }
        }
        let heard = Shared<[PCM]>([])
        let calls = try await SynthesizerList([voice(server), spare]).speak("Hello.") { sound in
            heard.update { $0.append(sound) }
        }
        #expect(heard.value == [PCM(samples: [1], rate: 16_000)])
        #expect(calls.map(\.outcome) == ["auth", "ok"])
        try await server.stop()
    }

    @Test func speechWithoutEndIsCutOff() async throws {
        // Eight seconds a piece, for a text of six letters.
        let piece = Script.chunk([UInt8](repeating: 0x10, count: 2 * 24_000 * 8))
        var heard = 0
        await #expect(throws: EndpointError.self) {
            let server = try await ScriptedServer.start([
                Self.path: [Script.chunked(type: "audio/pcm") + piece + piece + piece + piece + .silence]
            ])
            for try await sound in voice(server).synthesize("Hello.", .normal) { heard += sound.milliseconds }
        }
        #expect(heard <= 13_000, "\(heard)")
    }
}
