import Audio
import Endpoints
import Foundation
import Planning
import ScriptedServer
import SeededRandom
import Support
import Testing

@testable import Speech

/// What is kept of what a voice said, on a real disk.
@Suite struct SpeechCacheTests {
    private let folder = NSTemporaryDirectory() + "speech-\(UUID().uuidString)/speech"

    private func tone(_ milliseconds: Int, rate: Int = 24_000, pitch: Double = 220) -> PCM {
        PCM(
            samples: (0..<rate * milliseconds / 1000).map {
                Int16(6000 * sin(2 * .pi * pitch * Double($0) / Double(rate)))
            }, rate: rate)
    }

    private func cache(_ megabytes: Int = 1, days: Int = 30, fixedOnly: Bool = false) -> SpeechCache {
        SpeechCache(
            folder: folder, limits: .init(bytes: megabytes << 20, days: days, keepsFixedPhrasesOnly: fixedOnly))
    }

    private func name(_ number: Int) -> String { by.name(of: "clause \(number)") }

    private let by = SpokenBy(engine: "openai", address: "http://here/v1", model: "kokoro", voice: "sky")

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { folder + "/" + $0 }
    }

    private var bytes: Int {
        files.reduce(0) { $0 + ((try? FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int) ?? 0) }
    }

    @Test(arguments: [8000, 16_000, 22_050, 24_000, 44_100, 48_000])
    func whatIsKeptSoundsAsItWasAndIsAsLong(rate: Int) async throws {
        let cache = cache()
        let sound = tone(730, rate: rate)
        cache.keep(sound, as: name(1), text: "clause 1", cache.ticket())
        await cache.settle()
        let kept = try #require(cache.sound(name(1)))
        #expect(kept.rate == rate)
        #expect(kept.samples.count == sound.samples.count)
        // Opus keeps what is heard, not the wave; silence comes to 0.
        #expect(Likeness.of(kept.samples, sound.samples) > 0.9)
    }

    @Test func itIsForItsOwnerAlone() async throws {
        let cache = cache()
        cache.keep(tone(100), as: name(1), text: "", cache.ticket())
        await cache.settle()
        var status = stat()
        #expect(stat(folder, &status) == 0 && status.st_mode & 0o777 == 0o700)
        let file = try #require(files.first)
        #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(files.count == 1)
    }

    @Test func everyPartOfTheVoiceMakesAnotherName() {
        var names: Set<String> = [by.name(of: "Done.")]
        let changes: [(inout SpokenBy) -> Void] = [
            { $0.engine = "wyoming" }, { $0.address = "http://there/v1" }, { $0.model = "piper" },
            { $0.voice = "bella" },
            { $0.voice = nil }, { $0.language = "de" }, { $0.rate = 1.1 }, { $0.format = "22050" },
            // What moves from one part to the next is not the same.
            { ($0.model, $0.voice) = ("kokoros", "ky") },
        ]
        for change in changes {
            var other = by
            change(&other)
            names.insert(other.name(of: "Done."))
        }
        names.insert(by.name(of: "Done"))
        #expect(names.count == changes.count + 2)
        #expect(names.allSatisfy { $0.count == 64 })
    }

    @Test func damagedAndHalfFilesAreNoSoundAndAreRemoved() async throws {
        let whole = try KeptSound(tone(400)).encoded()
        var random = SeededRandom(7)
        try PrivateFolder.make(folder)
        for round in 0..<60 {
            var bytes = whole
            if round % 2 == 0 {
                bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            } else {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8(
                    1 << Int.random(in: 0...7, using: &random))
            }
            let path = folder + "/\(name(round)).sound"
            try NewFile.write(bytes, to: path)
            #expect(cache().sound(name(round)) == nil)
            #expect(FileIdentity(path) == nil, "round \(round)")
        }
        try NewFile.write(whole, to: folder + "/\(name(100)).sound")
        #expect(cache().sound(name(100)) != nil)
    }

    @Test func whatWasNotUsedForLongestGoesFirst() async throws {
        let cache = cache(1)
        let each = try KeptSound(tone(8000)).encoded().count
        let most = (1 << 20) / each
        for number in 0..<most {
            cache.keep(tone(8000), as: name(number), text: "", cache.ticket())
            await cache.settle()
        }
        #expect(files.count == most)
        #expect(cache.sound(name(0)) != nil)
        cache.keep(tone(8000), as: name(most), text: "", cache.ticket())
        await cache.settle()
        #expect(bytes <= 1 << 20)
        #expect(cache.has(name(0)), "it was used last")
        #expect(cache.has(name(most)))
        #expect(!cache.has(name(1)))
    }

    @Test func whatIsTooOldIsNotSaidAndIsRemoved() async throws {
        let cache = cache(days: 7)
        for number in 1...2 { cache.keep(tone(100), as: name(number), text: "", cache.ticket()) }
        await cache.settle()
        let file = folder + "/\(name(1)).sound"
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -8 * 86_400)], ofItemAtPath: file)
        #expect(cache.sound(name(1)) == nil)
        // Half a file that somebody left, and one that is being written.
        try NewFile.write([1], to: folder + "/.a.part")
        try NewFile.write([1], to: folder + "/.b.part")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: folder + "/.a.part")
        cache.tidy()
        #expect(files == [folder + "/.b.part", folder + "/\(name(2)).sound"])
    }

    @Test func aPlaceThatCannotBeWrittenIsNoFailure() async throws {
        let file = NSTemporaryDirectory() + "file-\(UUID().uuidString)"
        try NewFile.write([1], to: file)
        for place in [file, file + "/speech", "/proc/self/speech"] {
            let cache = SpeechCache(folder: place)
            cache.keep(tone(100), as: name(1), text: "", cache.ticket())
            await cache.settle()
            #expect(cache.sound(name(1)) == nil)
            cache.tidy()
        }
        unlink(file)
    }

    @Test func afterForgettingNothingIsLeftAndWhatWasBegunBeforeIsNotKept() async throws {
        let cache = cache()
        cache.keep(tone(100), as: name(1), text: "", cache.ticket())
        await cache.settle()
        let before = cache.ticket()
        try SpeechCache.empty(folder)
        cache.keep(tone(100), as: name(2), text: "", before)
        await cache.settle()
        #expect(cache.sound(name(1)) == nil)
        #expect(cache.sound(name(2)) == nil)
        let left = try FileManager.default.contentsOfDirectory(atPath: (folder as NSString).deletingLastPathComponent)
        #expect(left == [])
        // It goes on afterwards, and is emptied of nothing too.
        cache.keep(tone(100), as: name(3), text: "", cache.ticket())
        await cache.settle()
        #expect(cache.sound(name(3)) != nil)
        try SpeechCache.empty(folder)
        try SpeechCache.empty(folder)
    }

    @Test func withoutKeepingSoundOnlyFixedPhrasesAreKept() async throws {
        let cache = cache(fixedOnly: true)
        for text in ["The plan of the bank robbery.", FixedPhrase.moment] {
            cache.keep(tone(100), as: by.name(of: text), text: text, cache.ticket())
        }
        await cache.settle()
        #expect(files == [folder + "/\(by.name(of: FixedPhrase.moment)).sound"])
    }

    @Test func ofNoSizeNothingIsKeptAndNothingIsSaid() async throws {
        let cache = cache()
        cache.keep(tone(100), as: name(1), text: "", cache.ticket())
        await cache.settle()
        cache.limit(to: .init(bytes: 0))
        #expect(cache.sound(name(1)) == nil)
        cache.keep(tone(100), as: name(2), text: "", cache.ticket())
        await cache.settle()
        #expect(files.count == 1)
    }

    @Test func manyAtOnceOnOneFolderNeverGetHalfASound() async throws {
        let sounds = (0..<6).map { tone(3000, pitch: 200 + 40 * Double($0)) }
        let lengths = sounds.map(\.samples.count)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                let cache = SpeechCache(folder: folder, limits: .init(bytes: 30_000))
                group.addTask {
                    for round in 0..<12 {
                        let number = round % sounds.count
                        cache.keep(sounds[number], as: name(number), text: "", cache.ticket())
                        if let sound = cache.sound(name((number + 3) % sounds.count)) {
                            #expect(sound.samples.count == lengths[(number + 3) % sounds.count])
                        }
                        await cache.settle()
                    }
                }
            }
        }
        SpeechCache(folder: folder, limits: .init(bytes: 30_000)).tidy()
        #expect(bytes <= 30_000)
        #expect(files.allSatisfy { $0.hasSuffix(".sound") })
    }
}

/// A list of voices that remembers, with a real server behind it.
@Suite struct KeptVoiceTests {
    private static let path = "/v1/audio/speech"
    private let cache = SpeechCache(folder: NSTemporaryDirectory() + "speech-\(UUID().uuidString)")

    private func voice(_ server: ScriptedServer, voice: String = "sky") -> Synthesizer {
        let configuration = OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "kokoro")
        return .openai(OpenAIEndpoint(configuration, client: HTTPClient()), voices: VoiceChoice(voice), cache: cache)
    }

    private var pcm: [UInt8] {
        (0..<24_000).flatMap { index -> [UInt8] in
            let sample = Int16(8000 * sin(2 * .pi * 300 * Double(index) / 24_000))
            return [UInt8(truncatingIfNeeded: sample), UInt8(truncatingIfNeeded: sample >> 8)]
        }
    }

    private func speak(_ list: SynthesizerList, _ text: String) async throws -> (samples: Int, calls: [EngineCall]) {
        let heard = Shared(0)
        let calls = try await list.speak(text) { sound in heard.update { $0 += sound.samples.count } }
        await cache.settle()
        return (heard.value, calls)
    }

    @Test func whatIsSaidAgainNeedsNoEngine() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer(pcm, type: "audio/pcm")]])
        let list = SynthesizerList([voice(server)])
        let first = try await speak(list, "Created plan one.")
        #expect(first.calls.map(\.outcome) == ["ok"])
        #expect(first.calls.map(\.host) == ["127.0.0.1"])
        let second = try await speak(list, "Created plan one.")
        #expect(second.calls.map(\.outcome) == ["cached"])
        #expect(second.calls.map(\.host) == [nil])
        #expect(second.calls.allSatisfy { !$0.isFailure })
        #expect(second.samples == first.samples)
        #expect(server.requests.count == 1)
        // Another voice, or other words, are another sound.
        _ = try await speak(SynthesizerList([voice(server, voice: "bella")]), "Created plan one.")
        _ = try await speak(list, "Created plan two.")
        #expect(server.requests.count == 3)
        try await server.stop()
    }

    @Test func aSoundThatBrokeOffIsNotKept() async throws {
        let half = Script.chunked(type: "audio/pcm") + .chunk(Array(pcm.prefix(9000))) + .reset
        let server = try await ScriptedServer.start([Self.path: [half, .answer(pcm, type: "audio/pcm")]])
        let list = SynthesizerList([voice(server)])
        #expect(try await speak(list, "Hello.").calls.map(\.outcome) == ["network"])
        #expect(try await speak(list, "Hello.").calls.map(\.outcome) == ["ok"])
        try await server.stop()
    }

    @Test func fixedPhrasesAreMadeOnceBeforeAnybodyNeedsThem() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer(pcm, type: "audio/pcm")]])
        let list = SynthesizerList([voice(server), .local(LocalVoice())])
        let calls = await list.rehearse()
        await cache.settle()
        #expect(calls.count == FixedPhrase.all.count)
        #expect(server.requests.count == FixedPhrase.all.count)
        #expect(await list.rehearse().isEmpty)
        #expect(try await speak(list, FixedPhrase.moment).calls.map(\.outcome) == ["cached"])
        #expect(server.requests.count == FixedPhrase.all.count)
        try await server.stop()
    }

    @Test(arguments: [(0, "/tmp/speech-off", 0), (1 << 20, "/proc/self/speech", 1)])
    func whatCannotBeKeptIsNotRehearsed(bytes: Int, folder: String, expected: Int) async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer(pcm, type: "audio/pcm")]])
        let endpoint = OpenAIEndpoint(
            OpenAIEndpoint.Configuration(baseURL: server.url + "/v1", model: "kokoro"), client: HTTPClient())
        let cache = SpeechCache(folder: folder, limits: .init(bytes: bytes))
        let calls = await SynthesizerList([.openai(endpoint, cache: cache)]).rehearse()
        #expect(calls.count == expected)
        #expect(server.requests.count == expected)
        try await server.stop()
    }

    @Test func rehearsingEndsAtTheFirstFailure() async throws {
        let server = try await ScriptedServer.start([Self.path: [.answer("{}", status: 401)]])
        let calls = await SynthesizerList([voice(server), .local(LocalVoice())]).rehearse()
        #expect(calls.map(\.outcome) == ["auth"])
        #expect(await SynthesizerList([.local(LocalVoice())]).rehearse().isEmpty)
        try await server.stop()
    }
}
