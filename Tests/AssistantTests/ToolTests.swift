import Assistant
import LanguageModel
import Planning
import ScriptedServer
import Storage
import Support
import Testing

/// What the tools do, what they refuse, and that one undo takes back all of a turn.
@Suite struct ToolTests {
    /// The results of the calls, in their order.
    private func results(_ talk: AgentConversation) throws -> [String] {
        try talk.lastAsked?["messages"]?.array?.filter { $0["role"] == "tool" }.compactMap { $0["content"]?.string }
            ?? []
    }

    @Test func everyToolSaysWhatItTakesAndHasANameOfItsOwn() throws {
        let tools = ToolList.all
        #expect(Set(tools.map(\.name)).count == tools.count)
        for tool in tools {
            #expect(tool.name.allSatisfy { $0.isLowercase || $0 == "_" }, "\(tool.name)")
            #expect((20...320).contains(tool.description.count), "\(tool.name)")
            #expect(tool.arguments.schema["type"] == "object" && tool.arguments.schema["additionalProperties"] == false)
        }
        #expect(
            tools.filter { $0.effect == .destroys }.map(\.name) == ["archive_project", "archive_plan", "cancel_task"])
    }

    @Test func allOfATurnIsOneUndo() async throws {
        let talk = try await AgentConversation(
            try Model.calls(
                ("append_to_section", #"{"section":"Design","text":"A queue."}"#),
                ("append_to_section", #"{"section":"Design","text":"And a worker."}"#),
                (
                    "add_tasks",
                    #"{"tasks":[{"title":"Test the queue","after":[2]},{"title":"Build the queue"}]}"#
                ),
                ("add_decision", #"{"text":"Use a queue","status":"accepted"}"#)), Model.says("Done."))
        let plan = try await talk.plan
        let before = try await talk.store.draft(of: plan.id)?.content
        try await talk.say("use a queue and a worker for it")
        #expect(try await talk.store.draft(of: plan.id)?.content.contains("A queue.\n\nAnd a worker.") == true)
        let tasks = try await talk.store.tasks(of: plan.id)
        #expect(tasks.map(\.title) == ["Build the queue", "Test the queue"])
        #expect(tasks.last?.dependsOn == [1])
        #expect(try await talk.store.decisions().map(\.text) == ["Use a queue"])
        let undone = try await talk.say("undo").reply.text
        #expect(
            undone.hasPrefix("Took back the change to offline sync") && undone.contains("2 more changes"), "\(undone)")
        #expect(try await talk.store.draft(of: plan.id)?.content == before)
        #expect(try await talk.store.tasks(of: plan.id).isEmpty)
        #expect(try await talk.store.decisions().isEmpty)
        #expect(try await talk.say("redo").reply.text.hasPrefix("Did again"))
        #expect(try await talk.store.tasks(of: plan.id).count == 2)
        #expect(try await talk.store.integrityFaults().isEmpty)
        try await talk.end()
    }

    @Test func undoLeavesATurnAloneWhenSomebodyElseCameInBetween() async throws {
        let talk = try await AgentConversation(Model.says("x"))
        let plan = try await talk.plan
        let origin = Origin(surface: .cli, conversationId: try await talk.store.currentConversation().id)
        let session = ToolSession(store: talk.store, origin: origin, plan: plan)
        let project = try #require(try await talk.store.projects().first)
        let named = ToolSession(store: talk.store, origin: origin, project: project, plan: plan)
        let update = try #require(ToolList["update_project"])
        _ = try await named.perform(update, ["status": "paused"])
        try await talk.store.change(Origin(surface: .cli), "tagging") {
            try $0.updateProject(project.id) { $0.tags = ["mine"] }
        }
        _ = try await named.perform(update, ["status": "active"])
        #expect(
            try await talk.store.undo(origin) == .outOfDate("changing project website and changing project website"))
        #expect(try await talk.store.project(project.id)?.tags == ["mine"])
        await #expect(throws: ToolError.self) { try await session.perform(update, ["status": "paused"]) }
        try await talk.end()
    }

    @Test func whatDestroysIsAskedForAndDoneOnAClearYes() async throws {
        for (answer, isArchived, told) in [
            ("yes", true, "Archived project website."), ("no", false, "I left it as it was"),
        ] {
            let talk = try await AgentConversation(
                try Model.calls(("archive_project", "{}")), Model.says("All right."))
            let asked = try await talk.say("i am through with all of this").reply
            #expect(asked.text == "All right. Archive project website, with one plan? Say yes or no.")
            #expect(asked.expectsAnswer)
            #expect(try results(talk).first?.contains("not done yet") == true)
            #expect(try await talk.store.project(named: "website")?.status == .active)
            let done = try await talk.say(answer).reply.text
            #expect(done.contains(told), "\(done)")
            #expect(try await talk.store.project(named: "website")?.status == (isArchived ? .archived : .active))
            if isArchived {
                try await talk.say("undo")
                #expect(try await talk.store.project(named: "website")?.status == .active)
            }
            try await talk.end()
        }
    }

    @Test func aModelThatSaysNothingMoreIsNotAskedAgainForTheSame() async throws {
        let talk = try await AgentConversation(try Model.calls(("archive_plan", "{}")), Model.says(""))
        let asked = try await talk.say("i am through with all of this").reply
        #expect(asked.text == "Archive plan 1, offline sync, with no open tasks? Say yes or no.")
        #expect(try await talk.say("yes").reply.text.hasPrefix("Archived plan 1, offline sync."))
        #expect(try await talk.plan.status == .archived)
        try await talk.end()
    }

    @Test func anythingButAYesIsNoConsent() async throws {
        let talk = try await AgentConversation(
            try Model.calls(("cancel_task", #"{"task":1}"#)), Model.says("Sure."), Model.says("It is about sync."))
        try await talk.say("add task write the migration")
        #expect(
            try await talk.say("that migration is pointless").reply.text.hasSuffix(
                "Cancel task 1, write the migration? Say yes or no."))
        try await talk.say("what was this plan about again then")
        #expect(try await talk.say("yes").reply.text == "I had not asked anything.")
        #expect(try await talk.store.tasks(of: talk.plan.id).map(\.status) == [.todo])
        try await talk.end()
    }

    @Test func aStaleBaseIsAConflictAndNothingIsLost() async throws {
        let talk = try await AgentConversation(Model.says("x"))
        try await talk.say("save this plan")
        let plan = try await talk.plan
        try await talk.store.change(Origin(surface: .cli), "elsewhere") {
            _ = try $0.saveVersion(
                of: plan.id, content: "# offline sync\n\n## Design\n\nTheirs.\n", base: 1, summary: "theirs",
                author: "her")
        }
        talk.server.play(
            AgentConversation.path,
            try Model.calls(("edit_section", #"{"base_version":1,"section":"Design","text":"Mine."}"#)),
            Model.says("There is a newer version."))
        try await talk.say("the design is mine")
        let result = try #require(try results(talk).last)
        #expect(result.contains("conflict: plan 1 is at version 2, not 1; nothing was changed"), "\(result)")
        #expect(result.contains(#""changed_since":"version 2"#) && result.contains(#""latest_version":2"#))
        #expect(try await talk.store.draft(of: plan.id) == nil)
        // A draft on an old version is not moved onto the new one unseen.
        try await talk.store.change(Origin(surface: .cli), "drafting") {
            try $0.putDraft(
                PlanDraft(planId: plan.id, content: "# offline sync\n\n## Design\n\nOld.\n", baseVersion: 1))
        }
        talk.server.play(
            AgentConversation.path,
            try Model.calls(("append_to_section", #"{"section":"Design","text":"More."}"#)), Model.says("No."))
        try await talk.say("there is more to the design")
        #expect(try #require(try results(talk).last).contains("the draft of plan 1 stands on version 1"))
        #expect(try await talk.store.draft(of: plan.id)?.content.contains("More.") == false)
        try await talk.end()
    }

    @Test func aNameThatFitsSeveralIsAnErrorWithAllOfThem() async throws {
        let talk = try await AgentConversation(Model.says("x"))
        try await talk.say("create devplan offline maps")
        let text = "# p\n\n## One\n\n### Notes\n\na\n\n## Two\n\n### Notes\n\nb\n"
        let plan = try #require(try await talk.store.plans().first { $0.title == "offline maps" })
        try await talk.store.change(Origin(surface: .cli), "x") {
            try $0.putDraft(PlanDraft(planId: plan.id, content: text, baseVersion: 0))
        }
        talk.server.play(
            AgentConversation.path,
            try Model.calls(
                ("show_plan", #"{"plan":"offline"}"#), ("show_plan", #"{"section":"Notes"}"#),
                ("show_plan", #"{"section":"Two / Notes"}"#), ("show_plan", #"{"plan":"sync"}"#)), Model.says("Hm."))
        try await talk.say("i wonder about the offline thing")
        let results = try results(talk)
        try #require(results.count == 4)
        #expect(results[0].contains(#""candidates":["2, offline maps","1, offline sync"]"#), "\(results[0])")
        #expect(results[1].contains(#"["One / Notes","Two / Notes"]"#), "\(results[1])")
        #expect(results[2].contains("### Notes\\n\\nb"), "\(results[2])")
        #expect(results[3].contains(#""plan":1"#), "\(results[3])")
        try await talk.end()
    }

    @Test func listsGoOnPartByPartAndResultsAreBounded() async throws {
        let talk = try await AgentConversation(Model.says("x"))
        let plan = try await talk.plan
        try await talk.store.change(Origin(surface: .cli), "many") { change in
            for number in 1...45 { _ = try change.addTask(to: plan.id, title: "task number \(number)") }
            try change.putDraft(
                PlanDraft(planId: plan.id, content: "# x\n\n" + String(repeating: "word ", count: 8000), baseVersion: 0)
            )
        }
        talk.server.play(
            AgentConversation.path,
            try Model.calls(
                ("list_tasks", #"{"limit":20,"offset":40}"#), ("list_tasks", #"{"status":"done"}"#),
                ("show_plan", "{}"),
                ("export_plan", #"{"format":"csv","offset":1000}"#), ("export_plan", #"{"format":"digest"}"#),
                ("list_templates", "{}"), ("show_template", #"{"template":"bug fix"}"#), ("next_task", "{}")),
            Model.says("Hm."))
        try await talk.say("what does the list of them look like")
        let results = try results(talk)
        #expect(results[0].contains(#""total":45"#) && !results[0].contains("next_offset"))
        #expect(results[1] == #"{"tasks":[],"total":0}"#)
        #expect(results[2].contains(#""next_offset":12000"#) && results[2].utf8.count < 13_000)
        #expect(results[3].contains(#""text":"#), "\(results[3])")
        #expect(results[4].contains("Plan 1: offline sync"), "\(results[4])")
        #expect(results[5].contains("bug fix") && results[6].contains(#""heading":"#))
        #expect(results[7].contains(#""task":1"#), "\(results[7])")
        try await talk.end()
    }

    @Test func versionsAreComparedAndBroughtBack() async throws {
        let talk = try await AgentConversation(Model.says("x"))
        let plan = try await talk.plan
        try await talk.store.change(Origin(surface: .cli), "versions") { change in
            _ = try change.saveVersion(
                of: plan.id, content: "# x\n\n## A\n\nOne.\n", base: 0, summary: "one", author: "me")
            _ = try change.saveVersion(
                of: plan.id, content: "# x\n\n## A\n\nTwo.\n", base: 1, summary: "two", author: "me")
        }
        talk.server.play(
            AgentConversation.path,
            try Model.calls(
                ("list_versions", "{}"), ("compare_versions", "{}"), ("restore_version", #"{"version":9}"#),
                ("restore_version", #"{"version":1}"#)), Model.says("Back."))
        try await talk.say("the first one was the better of them")
        let results = try results(talk)
        #expect(results[0].contains(#""version":2"#))
        #expect(results[1].contains("changes the section A") && results[1].contains("-One."), "\(results[1])")
        #expect(results[2].contains("has versions 1 to 2"))
        #expect(try await talk.store.version(3, of: plan.id)?.content == "# x\n\n## A\n\nOne.\n")
        try await talk.end()
    }
}
