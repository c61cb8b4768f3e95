import Audio
import SpeechFixtures
import Testing

@testable import Speech

/// Sound through voice activity, endpointer and wake phrase, as in a running daemon.
struct HearingTests {
    static let fixtures = Result { try Fixtures() }

    /// What the ear notices, in the letters of the manifest.
    private func events(
        _ samples: [Int16], wake: WakeSpotter? = nil, expecting: Bool = false
    ) throws -> (picture: String, utterances: [Utterance], wakes: [WakeSpotter.Wake]) {
        let cutter = try UtteranceCutter()
        if expecting { cutter.expectSpeech() }
        var picture = ""
        var utterances: [Utterance] = []
        var wakes: [WakeSpotter.Wake] = []
        for start in stride(from: 0, to: samples.count - SpeechFormat.frame + 1, by: SpeechFormat.frame) {
            try samples[start..<start + SpeechFormat.frame].withUnsafeBufferPointer { frame in
                switch cutter.hear(frame) {
                case .began: picture += "^"
                case .ended(let utterance, let span):
                    picture += span.reason == .tooLong ? "!" : "$"
                    utterances.append(utterance)
                case .nobodySpoke: picture += "0"
                case .dropped: picture += "x"
                case nil, .paused, .resumed, .spoke: break
                }
                if let found = try wake?.hear(frame, cutter.frame.voice) {
                    wakes.append(found)
                    picture += "w"
                }
            }
        }
        return (picture, utterances, wakes)
    }

    private func inARoom(_ samples: [Int16]) throws -> [Int16] {
        let fixtures = try Self.fixtures.get()
        let room = try fixtures["odd/room.wav"].map { try fixtures.samples(of: $0) } ?? []
        let padded = Sound.silence(1) + samples + Sound.silence(1.5)
        return zip(padded, padded.indices).map { Int16(clamping: Int($0) + Int(room[$1 % room.count])) }
    }

    @Test func everyCommandIsOneUtterance() throws {
        let fixtures = try Self.fixtures.get()
        let commands = fixtures.files(.command)
        #expect(commands.count >= 120)
        var late: [String] = []
        for fixture in commands.enumerated().filter({ $0.offset % 3 == 0 }).map(\.element) {
            let samples = try fixtures.samples(of: fixture)
            let heard = try events(try inARoom(samples))
            #expect(heard.picture == fixture.events, "\(fixture)")
            guard let utterance = heard.utterances.first else { continue }
            // The command begins after one second, 0.1 s of its own silence in.
            if utterance.start > Int(1.1 * 16_000) { late.append(fixture.file) }
            #expect(utterance.end >= 16_000 + samples.count - 1600, "\(fixture) is cut off")
            #expect(utterance.voiced >= 100 && utterance.level > -60)
        }
        #expect(late.isEmpty)
    }

    @Test func whatIsNotSpeechIsNotHeard() throws {
        let fixtures = try Self.fixtures.get()
        for name in ["silence", "room", "white", "short"] {
            let fixture = try #require(fixtures["odd/\(name).wav"])
            let heard = try events(Sound.silence(0.5) + fixtures.samples(of: fixture) + Sound.silence(1))
            #expect(heard.picture == fixture.events, "\(name)")
        }
    }

    @Test func somebodyWhoDoesNotStopIsCut() throws {
        let fixtures = try Self.fixtures.get()
        let fixture = try #require(fixtures["odd/long.opus"])
        var configuration = Endpointer.Configuration()
        configuration.trailing = 200
        let cutter = try UtteranceCutter(configuration)
        var longest = 0
        let samples = try fixtures.samples(of: fixture)
        for start in stride(from: 0, to: samples.count - SpeechFormat.frame + 1, by: SpeechFormat.frame) {
            samples[start..<start + SpeechFormat.frame].withUnsafeBufferPointer { frame in
                if case .ended(let utterance, _) = cutter.hear(frame) {
                    longest = max(longest, utterance.samples.count)
                }
            }
        }
        #expect((29 * 16_000...30 * 16_000).contains(longest))
    }

    @Test(arguments: ["clipped.wav", "rate-8000.wav", "rate-44100.wav", "stereo.wav", "truncated.wav"])
    func oddRecordingsOfACommandAreHeard(name: String) throws {
        let fixtures = try Self.fixtures.get()
        let fixture = try #require(fixtures["odd/" + name])
        #expect(try events(try inARoom(fixtures.samples(of: fixture))).picture == fixture.events)
    }

    @Test(arguments: ["text.wav", "picture.wav", "empty.wav"])
    func whatIsNoSoundIsRefused(name: String) throws {
        let fixtures = try Self.fixtures.get()
        let fixture = try #require(fixtures["odd/" + name])
        #expect(throws: AudioFileError.self) { try fixtures.samples(of: fixture) }
    }

    @Test func nobodySpeakingIsTold() throws {
        #expect(try events(Sound.silence(6), expecting: true).picture == "0")
    }

    @Test func theWakePhraseIsFoundWithWhatFollowsInOneBreath() throws {
        let fixtures = try Self.fixtures.get()
        var found = 0
        for fixture in fixtures.files(.wake) {
            let heard = try events(try inARoom(fixtures.samples(of: fixture)), wake: WakeSpotter())
            if heard.wakes.count == 1 { found += 1 }
            guard let wake = heard.wakes.first else { continue }
            // The phrase takes about 0.8 s and begins after 1.1 s.
            #expect((1.4...2.6).contains(Double(wake.end) / 16_000), "\(fixture): \(wake)")
        }
        // One of the four voices is only recognised once the spotter has heard more of it.
        #expect(found >= 9)
    }

    @Test func nothingElseWakes() throws {
        let fixtures = try Self.fixtures.get()
        let spotter = try WakeSpotter()
        var samples: [Int16] = []
        for fixture in fixtures.files(.free) + fixtures.files(.command).prefix(40) {
            samples += try fixtures.samples(of: fixture) + Sound.silence(0.3)
        }
        #expect(try events(samples, wake: spotter).wakes.isEmpty)
    }

    @Test func aWakePhraseMayHaveNewWords() throws {
        var configuration = WakeSpotter.Configuration()
        configuration.phrase = "Hello Aloudotron"
        #expect(try WakeSpotter(configuration).phrase == "hello aloudotron")
        configuration.phrase = "…"
        #expect(throws: SpeechError.self) { try WakeSpotter(configuration) }
    }

    @Test func inSilenceTheSpotterDoesNotListen() throws {
        let spotter = try WakeSpotter()
        let frame = [Int16](repeating: 0, count: SpeechFormat.frame)
        for _ in 0..<500 {
            #expect(try frame.withUnsafeBufferPointer { try spotter.hear($0, .unvoiced) } == nil)
            #expect(!spotter.isListening)
        }
    }
}
