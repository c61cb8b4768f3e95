import AloudProcess
import Foundation
import Support
import Testing

@Suite struct CommandBenchTests {
    private static let state = """
        {"projects": ["Web Shop", {"name": "Tide"}], "plans": [{"title": "Checkout"}], "versions": 4,
         "tasks": [{"number": 3, "title": "Write load tests"}], "sections": ["Goals", "Design / API"],
         "open_project": "Tide", "open_plan": "Checkout", "mode": "idle"}
        """.replacing("\n", with: " ")

    private func row(_ id: String, _ text: String, _ intent: String, _ slots: String = "{}") -> String {
        """
        {"id": "\(id)", "text": "\(text)", "intent": "\(intent)", "slots": \(slots), "needs_confirmation": null, \
        "state": \(Self.state), "tags": []}
        """
    }

    /// What the bench says of one row that is understood as it is wanted, or not.
    private func bench(_ rows: [String], variants: [String]? = nil) async throws -> (AloudHome.Ended, [JSONValue]) {
        let home = AloudHome()
        var arguments = ["bench", "commands", home.folder + "/set.jsonl", "--json"]
        try rows.joined(separator: "\n").write(toFile: home.folder + "/set.jsonl", atomically: true, encoding: .utf8)
        if let variants {
            try variants.joined(separator: "\n")
                .write(toFile: home.folder + "/variants.jsonl", atomically: true, encoding: .utf8)
            arguments += ["--variants", home.folder + "/variants.jsonl"]
        }
        let out = home.folder + "/out.jsonl"
        let ended = try await home.run(arguments + ["--predictions", out])
        let lines = (try? String(contentsOfFile: out, encoding: .utf8)) ?? ""
        return (ended, try lines.split(separator: "\n").map { try JSONValue(parsing: String($0)) })
    }

    @Test(arguments: [
        // A task by its title, a priority by its number, an estimate by another unit, a list of right values.
        ("finish task three", "finish_task", #"{"task": "Write load tests"}"#, true),
        ("make task three high priority", "reprioritise_task", #"{"task": 3, "priority": "p1"}"#, true),
        ("estimate task three at eight hours", "estimate_task", #"{"task": 3, "estimate": "1d"}"#, true),
        (
            "make task three high priority", "reprioritise_task",
            #"{"task": 3, "priority": {"any": ["critical", "high"]}}"#, true
        ),
        // What is left out is what is open.
        ("read the plan", "read_plan", #"{"plan": "Checkout"}"#, true),
        ("archive project tide", "archive_project", "{}", true),
        // One name for what has two.
        ("open web shop", "switch_project", #"{"project": "web shop"}"#, true),
        ("archive project tide", "set_status", #"{"target": "project", "status": "archived"}"#, true),
        ("compare version one and three", "compare_versions", #"{"a": 3, "b": 1}"#, true),
        ("what changed since version two", "compare_versions", #"{"a": 2, "b": "current"}"#, true),
        ("what changed since version two", "compare_versions", #"{"a": 2, "b": 4}"#, true),
        ("read the api section", "read_section", #"{"section": "Design / API"}"#, true),
        ("note The two towers.", "note", #"{"text": "2 towers"}"#, true),
        // Nobody knows the zebra project.
        ("open project zebra", "open_project", #"{"project": null}"#, true),
        ("open project tide", "open_project", #"{"project": null}"#, false),
        ("finish task three", "finish_task", #"{"task": 4}"#, false),
        ("finish task three", "start_task", #"{"task": 3}"#, false),
        ("make task three high priority", "reprioritise_task", #"{"task": 3, "priority": "low"}"#, false),
        ("note the towers", "note", #"{"text": "the tower"}"#, false),
    ])
    func oneMeaningHasOneForm(text: String, intent: String, slots: String, isRight: Bool) async throws {
        let (ended, _) = try await bench([row("c1", text, intent, slots)])
        let scores = try #require(try JSONValue(parsing: ended.output).array)
        #expect(scores.first?["accepted"] == .number(isRight ? 1 : 0), "\(ended.output)")
        #expect(scores.first?["wrong_actions"] == .number(isRight ? 0 : 1))
    }

    @Test func eachKindOfMistakeIsCountedOnItsOwn() async throws {
        let (ended, predictions) = try await bench(
            [
                row("c1", "finish task three", "finish_task", #"{"task": 3}"#),
                row("c2", "the weather in spring", "finish_task", #"{"task": 3}"#),
                row("c3", "delete task three", "delete_task", #"{"task": 3}"#),
                row("n1", "finish task three", "none"), row("n2", "how is the weather", "none"),
            ], variants: [#"{"id": "c1", "variant": "noise", "text": "finish task for"}"#])
        let scores = try #require(try JSONValue(parsing: ended.output).array)
        #expect(scores.count == 2)
        let clean = try #require(scores.first)
        #expect(clean["commands"] == 3 && clean["free"] == 2 && clean["accepted"] == 2 && clean["missed"] == 1)
        #expect(clean["false_commands"] == 1 && clean["unconfirmed"] == 0 && clean["right_intents"] == 2)
        #expect(scores[1]["variant"] == "noise" && scores[1]["accepted"] == 0 && scores[1]["wrong_actions"] == 1)
        #expect(predictions.count == 6)
        let third = try #require(predictions.first { $0["id"] == "c3" })
        #expect(third["needs_confirmation"] == true && third["slots"]?["task"] == 3 && third["variant"] == "clean")
    }

    @Test(arguments: [
        ("no object", ":1: the line is not a JSON object"), (#"{"id": "c1", "text": "x"}"#, "“intent” is missing"),
    ])
    func aLineThatIsNoUtteranceIsNamed(line: String, complaint: String) async throws {
        let (ended, predictions) = try await bench([line == "no object" ? "[1]" : line])
        #expect(ended.status == 1)
        #expect(ended.errors.contains(complaint), "\(ended.errors)")
        #expect(predictions.isEmpty)
    }

    @Test func aVariantOfNothingIsNamed() async throws {
        let (ended, _) = try await bench(
            [row("c1", "undo", "undo")], variants: [#"{"id": "c2", "variant": "x", "text": "undo"}"#])
        #expect(ended.status == 1)
        #expect(ended.errors.contains("“id” names “c2”, which is no utterance"), "\(ended.errors)")
    }
}
