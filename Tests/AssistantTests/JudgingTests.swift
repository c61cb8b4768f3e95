import Assistant
import Planning
import Storage
import Testing

/// At a pause: whether that was all, and what becomes of it when it was not.
@Suite struct JudgingTests {
    @Test(arguments: [
        ("show my projects", Completeness.complete), ("open project voice notes", .complete), ("undo", .complete),
        ("what's next", .complete), ("please show me all my projects", .complete), ("add a task", .incomplete),
        ("add a task: write the docs", .open), ("add a task: write the docs and", .incomplete),
        ("add a task: write the", .incomplete), ("create new project", .incomplete), ("search for", .incomplete),
        ("the sync must work offline because", .incomplete), ("the sync must work offline", .open),
        ("we need to", .incomplete), ("um", .incomplete), ("", .open),
    ])
    func aPauseIsJudgedByWhatWasSaid(text: String, completeness: Completeness) async throws {
        let talk = try await Conversing()
        try await talk.say("create new project voice notes")
        #expect(await talk.dialogue.judge(text) == completeness)
        try talk.end()
    }

    @Test func anAnswerIsCompleteWhileItsQuestionWaits() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project voice notes")
        #expect(await talk.dialogue.judge("yes please") == .open)
        try await talk.say("archive project voice notes")
        #expect(await talk.dialogue.judge("yes please") == .complete)
        try talk.end()
    }

    @Test func whoGoesOnMeansBothPiecesAsOneCommand() async throws {
        let talk = try await Conversing()
        try await talk.say("create new project voice notes")
        try await talk.say("create devplan offline sync")
        let plan = try #require(try await talk.store.plan(number: 1))
        try await talk.say("add a task: write the docs")
        #expect(
            try await talk.say("for the importer", continues: true).text
                == "Added task 2: write the docs for the importer.")
        #expect(try await talk.store.tasks(of: plan.id).map(\.title) == ["write the docs for the importer"])
        // What stands by itself is a turn of its own.
        #expect(try await talk.say("list tasks", continues: true).text.contains("write the docs for the importer"))
        #expect(try await talk.store.tasks(of: plan.id).count == 1)
        try talk.end()
    }
}
