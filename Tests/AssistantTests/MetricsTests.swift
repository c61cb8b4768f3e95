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
        try await talk.say("mark the plan as completed")
        #expect(try await talk.store.planningMetrics().successRate == 1)
        let later = Timestamp(milliseconds: Timestamp.now.milliseconds + 15 * 86_400_000)
        #expect(try await talk.store.planningMetrics(at: later).doneByWeek == [0, 0, 0, 0, 0, 2, 0, 0])
        try talk.end()
    }
}
