import AloudProcess
import Foundation
import Planning
import Storage
import Testing

@Suite(.serialized) struct CrashTests {
    /// The notes that `aloud talk` acknowledged, by their numbers.
    private func acknowledged(_ output: String) -> [Int] {
        output.split(separator: "\n").compactMap { line in
            line.range(of: "Noted: thought ").flatMap { Int(line[$0.upperBound...].prefix { $0.isNumber }) }
        }
    }

    @Test func whatWasAcknowledgedSurvivesBeingKilledAtAnyMoment() async throws {
        let home = AloudHome()
        _ = try await home.run("say", "create", "new", "project", "demo")
        var first = 1
        var seen = 0
        for round in 0..<20 {
            let talk = try home.start("talk")
            let lines = (first..<first + 300).map { "note thought \($0)\n" }.joined()
            first += 300
            talk.write(lines)
            let wanted = round * 3 + 1
            _ = try await eventually { acknowledged(talk.outputSoFar).count >= wanted }
            talk.signal(SIGKILL)
            let told = acknowledged(await talk.ended().output)
            #expect(!told.isEmpty)
            seen += told.count
            let store = try await Store.open(path: home.database)
            let project = try #require(try await store.project(named: "demo"))
            let kept = Set(try await store.notes(of: project.id).map(\.text))
            #expect(told.allSatisfy { kept.contains("thought \($0)") })
            #expect(try await store.integrityFaults().isEmpty)
            #expect(try await store.synchronousMode() == 2)
            try store.close()
        }
        #expect(seen > 20)
    }

    @Test func everyAcknowledgedWriteReachedTheDisk() async throws {
        let home = AloudHome()
        _ = try await home.run("say", "create", "new", "project", "demo")
        let log = home.folder + "/strace"
        let lines = (1...30).map { "note thought \($0)\n" }.joined()
        let talk = try RunningProcess(
            "/usr/bin/strace", ["-f", "-e", "trace=fdatasync", "-o", log, AloudHome.binary, "talk"],
            environment: home.environment())
        talk.write(lines)
        talk.closeInput()
        let told = acknowledged(await talk.ended().output)
        #expect(told.count == 30)
        let syncs = try String(contentsOfFile: log, encoding: .utf8)
            .split(separator: "\n").count { $0.contains("fdatasync(") }
        #expect(syncs >= told.count)
    }
}
