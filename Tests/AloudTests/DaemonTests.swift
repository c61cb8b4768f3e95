import AloudProcess
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

    @Test func aSubscriberHearsWhatAnotherProcessChanged() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        let subscribed = AsyncStream.makeStream(of: Void.self)
        let listening = Task {
            try await LocalSocketClient(path: home.socket).request(["method": "subscribe"], deadline: .seconds(20)) {
                $0["event"] == "changed" && $0["entity"] == "project"
            } onLine: {
                if $0["event"] == "subscribed" { subscribed.continuation.finish() }
            }
        }
        for await _ in subscribed.stream {}
        #expect(try await home.run("project", "new", "night train").status == 0)
        try await listening.value
        daemon.signal(SIGTERM)
        _ = await daemon.ended()
    }

    /// Ten megabytes in a line, noise, half a line, silence, and people between them: the second time costs nothing.
    @Test func clientsLeaveNoMemoryBehind() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        let long = [UInt8](repeating: 0x61, count: 10 << 20)
        let noise = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 7) }
        let kinds = [long, noise, Array("create new proj".utf8), [], Array("{\"method\":\"ping\"}\n".utf8)]
        func round() async {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { _ = await RawClient.exchange(home.socket, kinds[number % kinds.count]) }
                }
            }
        }
        await round()
        let first = daemon.residentMegabytes
        await round()
        let second = daemon.residentMegabytes
        #expect(first > 10)
        #expect(second <= 1.1 * first, "\(first) MB, then \(second) MB")
        #expect(try await home.run("say", "status").status == 0)
        daemon.signal(SIGTERM)
        _ = await daemon.ended()
    }

    @Test func theClosestLogTellsNoKey() async throws {
        let home = AloudHome()
        let daemon = try home.start(
            "serve", "--no-audio", environment: ["ALOUD_LOG_LEVEL": "debug", "ROUTER_API_KEY": "sk-never-to-be-seen"])
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        _ = try await home.run("say", "create new project demo")
        daemon.signal(SIGTERM)
        let ended = await daemon.ended()
        #expect(ended.errors.contains("listening"))
        #expect(!(ended.output + ended.errors).contains("sk-never"))
    }

    /// Whatever it is doing: a read that the end cuts off is no failure.
    @Test func anEndAmidChangesIsAGoodEnd() async throws {
        let home = AloudHome()
        for round in 1...12 {
            let daemon = try await started(home)
            let (answers, answered) = AsyncStream.makeStream(of: Void.self)
            let writer = Task {
                for number in 1...40 {
                    let line = "create new project round \(round) number \(number)\n"
                    _ = await RawClient.exchange(home.socket, Array(line.utf8))
                    answered.yield()
                }
                answered.finish()
            }
            // The next change is on its way while the daemon is told to end.
            for await _ in answers.prefix(round) {}
            daemon.signal(SIGTERM)
            let ended = await daemon.ended()
            #expect(ended.status == 0, "\(ended.errors)")
            writer.cancel()
            await writer.value
        }
    }

    @Test func aHangupAtStartIsNoEnd() async throws {
        let home = AloudHome()
        let daemon = try home.start("serve", "--no-audio")
        let isListening = try await eventually(every: .milliseconds(2)) {
            // Not before the program itself runs: until then the kernel's own answer holds.
            if FileManager.default.fileExists(atPath: home.folder + "/data") { daemon.signal(SIGHUP) }
            return LocalSocketClient.isAlive(home.socket)
        }
        try #require(isListening, "\(daemon.errorsSoFar)")
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
    }

    @Test func aClientTooManyIsToldSo() async throws {
        let home = AloudHome()
        let daemon = try await started(home)
        let crowd = (0..<LocalSocket.connectionLimit).map { _ in RawClient.connect(home.socket) }
        #expect(crowd.allSatisfy { $0 >= 0 })
        let answer = Shared("")
        let isTold = try await eventually {
            answer.value = try await home.run("say", "status").errors
            return answer.value.contains("too many connections")
        }
        #expect(isTold, "\(answer.value)\(daemon.errorsSoFar)")
        for descriptor in crowd { close(descriptor) }
        #expect(try await eventually { try await home.run("say", "status").status == 0 })
        daemon.signal(SIGTERM)
        let ended = await daemon.ended()
        #expect(ended.status == 0, "\(ended.errors)")
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

@Suite(.serialized) struct ReloadTests {
    @Test func aHangupReadsTheConfigurationAgainAndAnInvalidOneKeepsTheOld() async throws {
        let home = AloudHome()
        let file = URL(fileURLWithPath: home.folder + "/config/config.yaml")
        try FileManager.default.createDirectory(atPath: home.folder + "/config", withIntermediateDirectories: true)
        let daemon = try home.start("serve", "--no-audio")
        try #require(try await eventually { LocalSocketClient.isAlive(home.socket) }, "\(daemon.errorsSoFar)")
        try Data("voice:\n  mood: grim\n".utf8).write(to: file)
        daemon.signal(SIGHUP)
        let wasKept = try await eventually { daemon.errorsSoFar.contains("configuration kept as it was") }
        #expect(wasKept)
        #expect(daemon.errorsSoFar.contains("config.yaml:2"))
        try Data("voice:\n  trailing_silence: 900ms\n".utf8).write(to: file)
        daemon.signal(SIGHUP)
        let wasRead = try await eventually { daemon.errorsSoFar.contains("configuration read again") }
        #expect(wasRead)
        #expect(try await home.run("say", "status").status == 0)
        daemon.signal(SIGTERM)
        #expect(await daemon.ended().status == 0)
    }
}

@Suite(.serialized) struct FullDiskTests {
    /// Needs a file system of its own, which only root may mount.
    @Test(.enabled(if: geteuid() == 0)) func nothingIsHalfWrittenWhenTheDiskIsFull() async throws {
        let home = AloudHome()
        let small = home.folder + "/small"
        try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: true)
        let mounted = try RunningProcess(
            "/usr/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small], environment: [:])
        try #require(await mounted.ended().status == 0)
        let place = ["ALOUD_HOME": small + "/h"]
        _ = try await home.run("say", "create new project demo", environment: place)
        let long = String(repeating: "x", count: 2000)
        let notes = (1...200).map { "note thought \($0) \(long)\n" }.joined()
        let talk = try await home.run("talk", input: notes, environment: place)
        #expect(talk.status == 1)
        #expect(talk.errors.contains("is full; free some space"))
        let told = talk.output.split(separator: "\n").count { $0.contains("Noted") }
        let store = try await Store.open(path: small + "/h/data/aloud.db")
        let project = try #require(try await store.project(named: "demo"))
        #expect(try await store.notes(of: project.id).count >= told)
        #expect(try await store.integrityFaults().isEmpty)
        try store.close()
        _ = try await RunningProcess("/usr/bin/umount", [small], environment: [:]).ended()
    }
}
