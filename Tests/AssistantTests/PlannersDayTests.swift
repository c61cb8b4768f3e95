import Planning
import Storage
import Support
import Testing

@testable import Assistant

/// What is said to plans and tasks in a day's work, and weeks later.
@Suite struct PlannersDayTests {
    private func begun(_ exporter: Exporter? = nil) async throws -> Conversing {
        let talk = try await Conversing(exporter: exporter)
        try await talk.say("create new project website")
        try await talk.say("create devplan offline sync")
        try await talk.say("cancel")
        return talk
    }

    @Test func tasksWaitForEachOtherByWord() async throws {
        let talk = try await begun()
        #expect(try await talk.say("add task write the migration").text == "Added task 1: write the migration.")
        #expect(
            try await talk.say("add task merge sections after task one").text
                == "Added task 2, after task 1: merge sections.")
        #expect(try await talk.say("add task tell the users after task 9").text == "offline sync has no task 9.")
        try await talk.say("add task tell the users")
        #expect(
            try await talk.say("task three depends on task two").text == "Task 3, tell the users, waits for task 2.")
        #expect(try await talk.say("task three depends on task two").text == "Task 3 waits for task 2 already.")
        #expect(
            try await talk.say("make task one wait for task three").text
                == "A task cannot wait for itself: 1 waits for 3 waits for 2 waits for 1.")
        #expect(try await talk.say("undo").text == "Took back making task 3 wait for task 2.")
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.store.tasks(of: plan.id).map(\.dependsOn) == [[], [1], []])
        try talk.end()
    }

    @Test func aTaskIsDeletedAfterAYesAndComesBack() async throws {
        let talk = try await begun()
        try await talk.say("add task write the migration")
        try await talk.say("add task merge sections after task one")
        let plan = try #require(try await talk.store.plans().first)
        #expect(try await talk.say("delete task one").text == "Delete task 1, write the migration? Say yes or no.")
        #expect(try await talk.store.tasks(of: plan.id).count == 2)
        #expect(try await talk.say("yes").text == "Deleted task 1, write the migration. Say undo to bring it back.")
        #expect(try await talk.store.tasks(of: plan.id).map(\.dependsOn) == [[]])
        try await talk.say("undo")
        #expect(try await talk.store.tasks(of: plan.id).map(\.dependsOn) == [[], [1]])
        try await talk.say("add task tell the users")
        #expect(try await talk.store.tasks(of: plan.id).map(\.number) == [1, 2, 3])
        try talk.end()
    }

    @Test func aPlanIsApprovedArchivedDeletedAndBroughtBack() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("approve the plan").text
                == "offline sync is not saved yet. Say save this plan, and then approve it.")
        try await talk.say("save this plan")
        try await talk.say("note that it must be quick")
        try await talk.say("add task write the migration")
        #expect(try await talk.say("approve the plan").text == "offline sync is approved, at version 1.")
        #expect(try await talk.say("mark the plan as in progress").text == "offline sync is in progress.")
        #expect(try await talk.say("the project is paused").text == "Project website is paused.")
        let before = try #require(try await talk.store.wholePlan(number: 1))
        #expect(
            try await talk.say("delete the plan").text
                == "Delete plan 1, offline sync, with one version and one task? Say yes or no.")
        #expect(try await talk.say("no").text == "Okay, I left it as it was.")
        try await talk.say("delete plan offline sync")
        #expect(try await talk.say("yes").text == "Deleted plan offline sync. Say undo to bring it back.")
        #expect(try await talk.store.plans().isEmpty)
        #expect(try await talk.say("status").text == "Project website is open. It has no open plan.")
        #expect(try await talk.say("undo").text == "Took back deleting plan offline sync.")
        let after = try #require(try await talk.store.wholePlan(number: 1))
        #expect(after.plan == before.plan && after.content == before.content && after.tasks == before.tasks)
        #expect(try await talk.store.waitingNotes(of: after.plan.id).map(\.text) == ["it must be quick"])
        try await talk.say("archive this plan")
        try await talk.say("yes")
        #expect(try await talk.store.plan(number: 1)?.status == .archived)
        try talk.end()
    }

    @Test func aSectionGrowsByWord() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("add to the design section that every edit has a clock").text
                == "Added to Design: every edit has a clock.")
        try await talk.say("append to the design section clocks are Lamport clocks")
        let plan = try #require(try await talk.store.plans().first)
        #expect(
            try await talk.store.draft(of: plan.id)?.content.contains(
                "## Design\n\nEvery edit has a clock.\n\nClocks are Lamport clocks.") == true)
        #expect(try await talk.say("add to the wombat section that they dig").text.contains("no section wombat"))
        try talk.end()
    }

    @Test func aPlanIsExportedByWord() async throws {
        let written = Shared<[String]>([])
        let talk = try await begun(
            Exporter { whole, format in
                guard format != "jira" else { throw ExportProblem("the disk is full") }
                written.update { $0.append("\(whole.plan.number) \(format)") }
                return "/exports/plan-1.\(format)"
            })
        try await talk.say("save this plan")
        #expect(
            try await talk.say("export the plan as a PDF").text == "Exported offline sync as PDF: /exports/plan-1.pdf.")
        try await talk.say("export plan offline sync as task master")
        #expect(try await talk.say("export this plan").expectsAnswer)
        try await talk.say("spec kit")
        #expect(try await talk.say("export it as jira").text == "The disk is full.")
        #expect(try await talk.say("export it as a poem").text.hasPrefix("I can export markdown, PDF"))
        #expect(written.value == ["1 pdf", "1 taskmaster", "1 spec-kit"])
        try talk.end()
    }

    @Test(arguments: [
        ("forget what I just said", 1), ("forget this conversation", 3), ("forget everything I said", 3),
        ("forget what I said today", 3),
    ])
    func whatWasSaidIsForgottenAfterAYes(words: String, count: Int) async throws {
        let talk = try await Conversing()
        try await talk.say("create new project website")
        try await talk.say("note that the door code is 4711")
        try await talk.say("note that the key is under the mat")
        let asked = try await talk.say(words)
        #expect(asked.expectsAnswer && asked.text.hasPrefix("Forget ") && !asked.text.contains("mat"))
        #expect(try await talk.say("no").text == "Okay, I left it as it was.")
        try await talk.say(words)
        #expect(try await talk.say("yes").text.hasPrefix("Forgotten: "))
        let heard = try await talk.store.turns(of: talk.store.currentConversation().id).map(\.heard)
        #expect(heard.contains { $0.contains("4711") } == (count == 1), "\(heard)")
        #expect(!heard.contains { $0.contains("under the mat") }, "\(heard)")
        #expect(try await talk.store.projects().map(\.name) == ["website"])
        try talk.end()
    }

    @Test func weeksLaterItGoesOnWhereItWas() async throws {
        let now = Shared(Timestamp(milliseconds: 1_800_000_000_000))
        let talk = try await Conversing(clock: { now.value })
        for said in [
            "create new project website", "create devplan offline sync", "cancel", "add task write the migration",
            "add task merge sections after task one", "finish task one", "save this plan",
        ] { try await talk.say(said) }
        now.value = Timestamp(milliseconds: now.value.milliseconds + 21 * 86_400_000)
        #expect(
            try await talk.say("continue where we left off").text
                == "You were here 21 days ago. Project website is open, with plan offline sync, at version 1, and "
                + "one open task; one is done. Next is task 2: merge sections.")
        #expect(try await talk.say("where were we").text.hasPrefix("You were here 21 days ago."))
        #expect(try await talk.say("undo").text == "There is nothing to undo.")
        try talk.end()
    }
}
