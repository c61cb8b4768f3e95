import Assistant
import Planning
import ScriptedServer
import Storage
import Testing

/// What was decided, without a language model.
@Suite struct DecisionTests {
    @Test func decisionsAreKeptListedAndTakenBack() async throws {
        let talk = try await AgentConversation(.silence)
        for (said, told) in [
            ("decide to use SQLite", "Kept decision 1: use SQLite."),
            ("note a decision one file is enough", "Kept decision 2: one file is enough."),
            ("we decided that nobody needs a server", "Kept decision 3: nobody needs a server."),
        ] {
            #expect(try await talk.say(said).reply.text == told, "\(said)")
        }
        let all = try await talk.store.decisions()
        #expect(all.map(\.number) == [3, 2, 1])
        #expect(
            all.allSatisfy { $0.status == .accepted && $0.projectId != nil && $0.planId != nil && $0.turnId != nil })
        let listed = try await talk.say("list decisions").reply.text
        #expect(listed.hasPrefix("Decision 3: Nobody needs a server. Decision 2: One file is enough."), "\(listed)")
        #expect(try await talk.say("undo").reply.text.hasPrefix("Took back the decision Nobody needs a server"))
        #expect(try await talk.store.decisions().count == 2)
        #expect(try await talk.say("what did we decide").reply.text.hasPrefix("Decision 2"))
        try await talk.end()
    }

    @Test func aDecisionOutlivesItsPlanAndComesBackToItByUndo() async throws {
        let talk = try await AgentConversation(.silence)
        try await talk.say("decide to use SQLite")
        let plan = try await talk.plan
        let origin = Origin(surface: .cli)
        try await talk.store.change(origin, "x") { try $0.deletePlan(plan.id) }
        let kept = try #require(try await talk.store.decision(1))
        #expect(kept.planId == nil && kept.projectId == plan.projectId)
        #expect(try await talk.store.undo(origin) == .done("x"))
        #expect(try await talk.store.decision(1)?.planId == plan.id)
        #expect(try await talk.store.integrityFaults().isEmpty)
        try await talk.end()
    }

    @Test func oneStandsInThePlaceOfAnother() async throws {
        let talk = try await AgentConversation(.silence)
        let project = try #require(try await talk.store.projects().first).id
        let origin = Origin(surface: .cli)
        try await talk.store.change(origin, "x") { change in
            for text in ["a", "b", "c"] { _ = try change.addDecision(text, project: project) }
            _ = try change.addDecision("elsewhere", project: nil)
        }
        try await talk.store.change(origin, "x") { try $0.supersedeDecision(1, by: 2) }
        let old = try #require(try await talk.store.decision(1))
        #expect(old.status == .superseded && old.supersededBy == 2)
        try await talk.store.change(origin, "x") { try $0.supersedeDecision(2, by: 3) }
        for (number, other, told) in [
            (3, 1, "cannot stand in its own place"), (3, 3, "cannot stand in its own place"),
            (3, 4, "different projects"), (3, 9, "no decision 9"),
        ] {
            let before = try await talk.store.decisions()
            let error = await #expect(throws: StoreError.self) {
                try await talk.store.change(origin, "x") { try $0.supersedeDecision(number, by: other) }
            }
            #expect(error?.description.contains(told) == true, "\(String(describing: error))")
            #expect(try await talk.store.decisions() == before)
        }
        try await talk.store.change(origin, "x") { try $0.setDecision(1, .accepted) }
        #expect(try await talk.store.decision(1)?.supersededBy == nil)
        #expect(try await talk.store.undo(origin) == .done("x"))
        #expect(try await talk.store.decision(1)?.supersededBy == 2)
        #expect(try await talk.store.integrityFaults().isEmpty)
        try await talk.end()
    }
}
