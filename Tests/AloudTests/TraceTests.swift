import AloudProcess
import Foundation
import Planning
import Support
import Testing

@testable import aloud

/// How a turn went, afterwards.
@Suite struct TraceTests {
    @Test func theStagesAreDrawnInTime() {
        let timeline = TurnTimeline([
            StageTiming(stage: "endpoint", milliseconds: 250), StageTiming(stage: "transcribe", milliseconds: 50),
            StageTiming(stage: "route", milliseconds: 2), StageTiming(stage: "respond", milliseconds: 48),
            StageTiming(stage: "answer", milliseconds: 50), StageTiming(stage: "first_sound", milliseconds: 150),
        ])
        #expect(
            timeline.drawn(width: 16)
                == [
                    "endpoint     ██████████        250.0 ms", "transcribe             ██      50.0 ms",
                    "route                    █     2.0 ms", "respond                  ██    48.0 ms",
                    "first sound                 ◆  at 150.0 ms",
                ].map { $0 })
    }

    @Test func aSpokenTurnIsTracedAndReplayed() async throws {
        let home = AloudHome()
        let sound = DemoSounds.folder.appending(path: "2-show-projects.wav").path
        _ = try await home.run("project", "new", "website")
        #expect(try await home.run("hear", sound).status == 0)
        let traced = try await home.run("trace")
        #expect(traced.status == 0, "\(traced.errors)")
        for part in [
            "heard", "list_projects", "said     You have one project: website.", "transcribe by local: ok", "█",
        ] {
            #expect(traced.output.contains(part), "\(part): \(traced.output)")
        }
        let json = try JSONValue(parsing: try await home.run("trace", "1", "--json").output)
        #expect(json["said"]?["command"] == "list_projects" && json["has_sound"] == true)
        #expect(json["timings"]?.array?.first?["stage"] == "endpoint")
        let id = try #require(json["said"]?["id"]?.string)
        #expect(try await home.run("trace", id).output == traced.output)

        _ = try await home.run("project", "new", "billing")
        let again = try await home.run("replay", id)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.output.contains("Then the answer was: You have one project: website."), "\(again.output)")
        // It was a copy that answered.
        #expect(try await home.run("chat", "show").output.components(separatedBy: "You have").count == 2)
        let file = try await home.run("replay", sound, "--json")
        #expect(file.output.contains(#""event":"transcript""#) && file.output.contains(#""at_ms":"#))
    }

    @Test(arguments: [
        (["trace", "9"], 1, "there is no turn 9"), (["trace", "0"], 64, "A place is a number"),
        (["replay", "/no/such.wav"], 1, "/no/such.wav"), (["replay", "3"], 1, "there is no turn 3"),
    ])
    func whatIsNotThereIsSaid(arguments: [String], status: Int32, message: String) async throws {
        let ended = try await AloudHome().run(arguments)
        #expect(ended.status == status && ended.errors.contains(message), "\(ended.errors)")
    }
}
