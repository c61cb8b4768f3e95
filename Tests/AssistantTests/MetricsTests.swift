import Planning
import Storage
import Support
import Testing

@testable import Assistant

@Suite struct MetricsTests {
    @Test func anEmptyStoreHasNoFigures() async throws {
        let talk = try await Conversing()
        #expect(try await talk.store.planningMetrics() == PlanningMetrics(doneByWeek: [0, 0, 0, 0, 0, 0, 0, 0]))
        try talk.end()
    }

    @Test func hitsCountAsUsedWhenTheyWerePlacedInAPrompt() async throws {
        let talk = try await Conversing()
        for said in ["create new project website", "note one", "note two"] { try await talk.say(said) }
        let conversation = try await talk.store.currentConversation().id
        let turns = try await talk.store.turns(of: conversation).filter { $0.role == .user }
        func source(_ kind: TurnSource.Kind, _ title: String) -> TurnSource {
            TurnSource(kind, source: "s", project: nil, title: title, tokens: 9)
        }
        try await talk.store.record(
            [source(.passage, "a"), source(.passage, "b"), source(.plan, "p")], of: turns[0].id, found: 5)
        try await talk.store.record([], of: turns[1].id, found: 3)
        try await talk.store.record([source(.tasks, "t")], of: turns[2].id)
        let metrics = try await talk.store.planningMetrics()
        #expect(metrics.hits == 8 && metrics.hitsUsedShare == 0.25)
        // A second model is asked with what it gets, in place of what the first got.
        try await talk.store.record([source(.passage, "a")], of: turns[0].id, found: 5)
        #expect(try await talk.store.planningMetrics().hitsUsedShare == 0.125)
        try talk.end()
    }

    @Test func theFiguresComeFromWhatWasDone() async throws {
        let talk = try await Conversing()
        for said in [
            "create new project website", "create a bug fix plan called lost notes", "cancel", "save this plan",
            "add task find the cause", "add task mend it", "add task tell the users", "add task celebrate",
            "start task one", "finish task one", "finish task two", "block task three", "cancel task four", "yes",
            "approve the plan", "that was great", "that was helpful", "that was useless", "add task too much", "undo",
        ] { try await talk.say(said) }
        let metrics = try await talk.store.planningMetrics()
        #expect(metrics.voiceShare == 0 && metrics.conversations == 1 && metrics.medianConversationTurns == 20)
        #expect(metrics.completionRate == 2.0 / 3 && metrics.blockedTasks == 1)
        #expect(metrics.successRate == 0 && metrics.plansByTemplate.map(\.name) == ["bug fix"])
        #expect(metrics.doneByWeek == [0, 0, 0, 0, 0, 0, 0, 2])
        #expect(metrics.opinions == 3 && metrics.satisfaction == 2.0 / 3)
        #expect((metrics.medianTaskHours ?? -1) >= 0 && (metrics.medianMinutesToPlan ?? -1) >= 0)
        #expect((metrics.undoneShare ?? 0) > 0 && metrics.estimates == nil)
        #expect(metrics.hits == 0 && metrics.hitsUsedShare == nil)
        try await talk.say("mark the plan as completed")
        #expect(try await talk.store.planningMetrics().successRate == 1)
        let later = Timestamp(milliseconds: Timestamp.now.milliseconds + 15 * 86_400_000)
        #expect(try await talk.store.planningMetrics(at: later).doneByWeek == [0, 0, 0, 0, 0, 2, 0, 0])
        try talk.end()
    }
}
