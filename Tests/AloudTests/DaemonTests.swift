import Foundation
import Planning
import Server
import Storage
import Support
import Testing

@Suite(.serialized) struct DaemonTests {
    private func started(_ home: AloudHome) async throws -> RunningProcess {
        let daemon = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        return daemon
    }

    @Test func endsWithinTwoSecondsAndTakesItsSocketAway() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        #expect(try await home.run("say", "create new project demo").output == "Created project demo.\n")
        let began = ContinuousClock.now
        daemon.signal(SIGTERM)
        let ended = await daemon.ended()
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ContinuousClock.now - began < .seconds(2))
        #expect(!FileManager.default.fileExists(atPath: home.socket))
        let store = try await Store.open(path: home.database)
        #expect(try await store.projects().map(\.name) == ["demo"])
        try store.close()
    }

    @Test func aQuestionIsAnsweredByTheNextProcess() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        _ = try await home.run("say", "create new project demo")
        #expect(try await home.run("say", "archive project demo").output.contains("Say yes or no."))
        #expect(try await home.run("say", "yes").output == "Archived project demo. Say undo to bring it back.\n")
        daemon.signal(SIGTERM)
        _ = await daemon.ended()
    }

    @Test func aSecondDaemonIsTurnedAway() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        let second = try await home.run("serve", "--no-audio")
        #expect(second.status == 75, "\(second.errors)")
        #expect(second.errors.contains("another aloud already listens"))
        daemon.signal(SIGTERM)
        _ = await daemon.ended()
    }

    @Test func theSocketOfADeadDaemonIsTakenOver() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        daemon.signal(SIGKILL)
        _ = await daemon.ended()
        let again = try await started(home)
        #expect(try await home.run("status", "--json").output.contains(#""state":"no audio""#))
        again.signal(SIGTERM)
        _ = await again.ended()
    }
}
