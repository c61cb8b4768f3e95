import AloudProcess
import Audio
import Foundation
import SpeechFixtures
import Storage
import Support
import Testing

/// Recordings through the whole of it: `aloud hear`, as a user runs it.
@Suite struct HearTests {
    private static let fixtures = Result { try Fixtures() }

    /// A home that holds the names of which the recordings speak.
    private static let furnished = Task { () throws -> AloudHome in
        let home = AloudHome()
        let store = try await Store.open(path: home.database)
        try await fixtures.get().keep(in: store)
        try store.close()
        return home
    }

    private func copy() async throws -> AloudHome {
        let home = AloudHome()
        try FileManager.default.copyItem(
            atPath: try await Self.furnished.value.folder + "/data", toPath: home.folder + "/data")
        return home
    }

    private func hear(_ fixture: Fixture, _ flags: String...) async throws -> (AloudHome.Ended, events: [JSONValue]) {
        let fixtures = try Self.fixtures.get()
        let home = try await copy()
        let ended = try await home.run(["hear", fixtures.path(of: fixture), "--json"] + flags)
        return (ended, try ended.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) })
    }

    /// Every seventeenth; `recognition hear` measures all of them.
    @Test func commandsDoWhatTheySay() async throws {
        let fixtures = try Self.fixtures.get()
        let chosen = fixtures.files(.command).enumerated().filter { $0.offset % 17 == 0 }.map(\.element)
        var verdicts: [Verdict: [String]] = [:]
        for fixture in chosen {
            let (ended, events) = try await hear(fixture)
            let routed = events.last { $0["event"] == "routed" }
            let reply = events.last { $0["event"] == "reply" }
            let verdict = Verdict(
                fixture, command: routed?["command"]?.string, slots: routed?["slots"]?.object ?? [:],
                asks: reply?["expects_answer"] == true)
            verdicts[verdict, default: []].append("\(fixture): \(ended.output)")
        }
        #expect(verdicts[.wrong] == nil)
        #expect(verdicts[.right]?.count ?? 0 >= chosen.count - 1, "\(verdicts[.again] ?? [])")
    }

    @Test func everyEventIsTold() async throws {
        let fixture = try #require(try Self.fixtures.get()["odd/clipped.wav"])
        let (ended, events) = try await hear(fixture)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(
            events.compactMap { $0["event"]?.string } == [
                "speech_started", "speech_ended", "transcript", "routed", "reply", "spoken", "timings",
            ])
        #expect(events[1]["duration_ms"]?.number ?? 0 > 500)
        #expect(events[2]["engine"] == "local" && events[2]["ms"]?.number != nil)
        #expect(events[3]["tier"] == "exact")
        #expect(events[5]["duration_ms"]?.number ?? 0 > 500 && events[5]["path"] == nil)
        #expect(events[6]["transcribe_ms"]?.number != nil && events[6]["first_sound_ms"]?.number != nil)
    }

    @Test(arguments: ["silence.wav", "room.wav", "white.wav", "clicks.wav", "short.wav"])
    func whatIsNoSpeechIsNoTurn(name: String) async throws {
        let fixture = try #require(try Self.fixtures.get()["odd/" + name])
        let (ended, events) = try await hear(fixture)
        #expect(ended.status == 1)
        #expect(ended.errors.contains("nothing was understood in"))
        #expect(!events.contains { $0["event"] == "routed" })
    }

    @Test(arguments: ["text.wav", "picture.wav", "empty.wav"])
    func whatIsNoSoundIsSaid(name: String) async throws {
        let fixture = try #require(try Self.fixtures.get()["odd/" + name])
        let (ended, events) = try await hear(fixture)
        #expect(ended.status == 1 && events.isEmpty)
        #expect(ended.errors.contains(name))
    }

    @Test func onlyWhatFollowsTheWakePhraseIsTaken() async throws {
        let fixtures = try Self.fixtures.get()
        let (ended, events) = try await hear(try #require(fixtures["wake/with-a-pause.rms.opus"]), "--wake")
        #expect(ended.status == 0, "\(ended.errors)")
        let kinds = events.compactMap { $0["event"]?.string }
        #expect(kinds.first == "woke" || kinds.dropFirst().first == "woke")
        #expect(events.last { $0["event"] == "routed" }?["command"] == "create_project")
        let (unwoken, nothing) = try await hear(try #require(fixtures["odd/clipped.wav"]), "--wake")
        #expect(unwoken.status == 1 && unwoken.errors.contains("was the wake phrase said?"))
        #expect(!nothing.contains { $0["event"] == "transcript" })
    }
}
