import Planning
import Storage
import Support
import Testing

@testable import Assistant

/// Due days and labels by word, said at noon of the 22nd of November 2026, a Sunday.
@Suite struct DaysAndLabelsTests {
    private func begun() async throws -> Conversing {
        let noon = try #require(Timestamp("2026-11-22T12:00:00Z"))
        let talk = try await Conversing(clock: { noon })
        for said in [
            "create new project website", "create devplan offline sync", "cancel", "add task write the migration",
            "add task tell the users",
        ] { try await talk.say(said) }
        return talk
    }

    private func tasks(_ talk: Conversing) async throws -> [PlanTask] {
        try await talk.store.tasks(of: try #require(try await talk.store.plans().first).id)
    }

    @Test(arguments: [
        ("task two is due on friday", "2026-11-27", "Friday, the twenty seventh of November"),
        ("task 2 is due tomorrow", "2026-11-23", "Monday, the twenty third of November"),
        ("task two is due on the fifth of december", "2026-12-05", "Saturday, the fifth of December"),
        ("tell the users", "", ""),
        ("task two is due by the first of march", "2027-03-01", "Monday, the first of March 2027"),
    ])
    func aTaskIsDue(said: String, day: String, words: String) async throws {
        let talk = try await begun()
        if day.isEmpty {
            #expect(try await talk.say("when is task two due").text == "Task 2, tell the users, has no due day.")
        } else {
            #expect(try await talk.say(said).text == "Task 2, tell the users, is due on \(words).")
            #expect(try await tasks(talk).map(\.dueOn) == [nil, Day(day)])
            #expect(
                try await talk.say("when is task two due").text == "Task 2, tell the users, is due on \(words).")
            #expect(try await talk.say("undo").text == "Took back setting the due day of task 2.")
            #expect(try await tasks(talk).map(\.dueOn) == [nil, nil])
        }
        try talk.end()
    }

    @Test func thePlanIsDue() async throws {
        let talk = try await begun()
        #expect(try await talk.say("when is the plan due").text == "offline sync has no due day.")
        #expect(
            try await talk.say("the plan is due next monday").text
                == "offline sync is due on Monday, the twenty third of November.")
        let plan = try #require(try await talk.store.plans().first)
        #expect(plan.metadata.dueOn == Day("2026-11-23"))
        try await talk.store.change(Origin(surface: .cli), "due") { change in
            _ = try change.updatePlan(plan.id) { $0.metadata.dueOn = Day("2026-11-20") }
        }
        #expect(
            try await talk.say("when is the plan due").text
                == "offline sync was due on Friday, the twentieth of November.")
        try talk.end()
    }

    @Test(arguments: [
        (
            "task two is due on the thirty first of february",
            "There is no such day as the thirty first of february; nothing was changed."
        ),
        ("the plan is due on february 30", "There is no such day as february 30; nothing was changed."),
        ("task nine is due on friday", "offline sync has no task 9."),
        ("when is task nine due", "offline sync has no task 9."),
        ("label task nine urgent", "offline sync has no task 9."),
    ])
    func whatCannotBeIsSaid(said: String, answer: String) async throws {
        let talk = try await begun()
        #expect(try await talk.say(said).text == answer)
        #expect(try await tasks(talk).allSatisfy { $0.dueOn == nil && $0.labels.isEmpty })
        try talk.end()
    }

    @Test func labelsComeAndGo() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("label task one urgent").text
                == "Task 1, write the migration, has the label urgent.")
        #expect(
            try await talk.say("label task one as data base").text
                == "Task 1, write the migration, has the label data base.")
        #expect(
            try await talk.say("label task one as Urgent").text
                == "Task 1, write the migration, has the label Urgent already.")
        #expect(try await tasks(talk).map(\.labels) == [["urgent", "data base"], []])
        #expect(
            try await talk.say("remove the label urgent from task one").text
                == "Task 1, write the migration, has no longer the label urgent.")
        #expect(
            try await talk.say("remove the label urgent from task one").text
                == "Task 1, write the migration, has no label urgent.")
        #expect(try await tasks(talk).map(\.labels) == [["data base"], []])
        #expect(try await talk.say("undo").text == "Took back taking a label from task 1.")
        #expect(try await tasks(talk).map(\.labels) == [["urgent", "data base"], []])
        try talk.end()
    }

    @Test func aPlanThatWaitsForAnotherSaysSo() async throws {
        let talk = try await begun()
        let plan = try #require(try await talk.store.plans().first)
        let other = try await talk.store.change(Origin(surface: .cli), "plans") { change in
            let other = try change.createPlan(in: plan.projectId, title: "storage")
            _ = try change.updatePlan(plan.id) { $0.metadata.dependencies = [String(other.number)] }
            return other
        }
        #expect(
            try await talk.say("what's next").text
                == "Offline sync waits for plan 2, storage. The first here will be task 1: write the migration.")
        try await talk.store.change(Origin(surface: .cli), "done") { change in
            _ = try change.updatePlan(other.id) { $0.status = .completed }
        }
        #expect(try await talk.say("what's next").text.hasPrefix("Next is task 1"))
        try talk.end()
    }
}
