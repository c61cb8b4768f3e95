import Assistant
import Planning
import Storage
import Testing

/// Versions by conversation: what is saved, compared and brought back, and what happens when two write at once.
@Suite struct VersionTests {
    private let text = "# Sync\n\n## Design\n\nold design\n\n## Testing\n\n- [ ] by hand\n"

    /// A conversation in which plan Sync is open at version 1.
    private func begun() async throws -> (talk: Conversing, plan: Plan) {
        let talk = try await Conversing()
        try await talk.say("create new project notes")
        try await talk.say("create devplan sync")
        let plan = try #require(try await talk.store.plans().first)
        try await talk.store.change(Origin(surface: .cli), "saving") { [text] in
            _ = try $0.saveVersion(
                of: plan.id, content: text, base: 0, summary: "first", author: "user", taking: .draft)
        }
        return (talk, plan)
    }

    private func draft(_ talk: Conversing, _ plan: Plan, on base: Int, _ content: String) async throws {
        try await talk.store.change(Origin(surface: .cli), "drafting") {
            try $0.putDraft(PlanDraft(planId: plan.id, content: content, baseVersion: base))
        }
    }

    /// Somebody else saves version 2.
    private func interrupt(_ talk: Conversing, _ plan: Plan, _ content: String) async throws {
        try await talk.store.change(Origin(surface: .http), "saving") {
            _ = try $0.saveVersion(of: plan.id, content: content, base: 1, summary: "theirs", author: "other")
        }
    }

    @Test func whatChangedIsSaidBySections() async throws {
        let (talk, plan) = try await begun()
        #expect(try await talk.say("what changed").text == "sync has one version: there is nothing to compare.")
        try await draft(
            talk, plan, on: 1, "# Sync\n\n## Design\n\nnew design\n\n## Testing\n\n## Rollout\n\n- [ ] a\n- [ ] b\n")
        #expect(try await talk.say("save this plan").text == "Saved sync as version 2.")
        let said =
            "adds the section Rollout, changes the section Design and the section Testing, adds two check items and drops one check item."
        #expect(try await talk.say("what changed since version one").text == "Version 2 " + said)
        #expect(try await talk.say("compare versions one and two").text == "Version 2 " + said)
        #expect(try await talk.say("what changed").text == "Version 2 " + said)
        #expect(try await talk.say("what changed in version two").text == "Version 2 " + said)
        try await draft(talk, plan, on: 2, "# Sync\n\n## Design\n\nnew design\n")
        #expect(try await talk.say("save this plan").text == "Saved sync as version 3.")
        #expect(try await talk.say("what changed in version two").text == "Version 2 " + said)
        #expect(try await talk.say("what changed in version one").text == "sync has versions 1 to 3.")
        #expect(try await talk.say("compare versions one and nine").text == "sync has versions 1 to 3.")
        try talk.end()
    }

    @Test func anOldVersionComesBackAsTheNewest() async throws {
        let (talk, plan) = try await begun()
        try await draft(talk, plan, on: 1, "# Sync\n\nall new\n")
        try await talk.say("save this plan")
        #expect(try await talk.say("go back to version one").text == "Saved version 1 again as version 3.")
        #expect(try await talk.store.version(3, of: plan.id)?.content == text)
        #expect(try await talk.store.version(2, of: plan.id)?.content == "# Sync\n\nall new\n")
        #expect(try await talk.say("go back to version seven").text == "sync has versions 1 to 3.")
        try talk.end()
    }

    @Test func aNoteThatWaitsIsNotLostWhenAnOldVersionComesBack() async throws {
        let (talk, plan) = try await begun()
        try await draft(talk, plan, on: 1, "# Sync\n\nall new\n")
        try await talk.say("save this plan")
        try await talk.say("note remember the WAL mode")
        try await talk.say("go back to version one")
        #expect(try await talk.store.waitingNotes(of: plan.id).map(\.text) == ["remember the WAL mode"])
        #expect(try await talk.say("save this plan").text == "Saved sync as version 4.")
        #expect(try await talk.store.version(4, of: plan.id)?.content.contains("- remember the WAL mode") == true)
        try talk.end()
    }

    @Test func aDraftIsThrownAwayByWordAndComesBackByUndo() async throws {
        let (talk, plan) = try await begun()
        try await draft(talk, plan, on: 1, "# Sync\n\nall new\n")
        #expect(try await talk.say("discard my changes").text == "Discarded the draft. sync is at version 1 again.")
        #expect(try await talk.store.draft(of: plan.id) == nil)
        try await talk.say("undo")
        #expect(try await talk.store.draft(of: plan.id)?.content == "# Sync\n\nall new\n")
        try talk.end()
    }

    @Test func editsThatDoNotTouchAreJoinedWhenAsked() async throws {
        let (talk, plan) = try await begun()
        try await draft(talk, plan, on: 1, "# Sync\n\n## Design\n\nmine\n\n## Testing\n\n- [ ] by hand\n")
        try await interrupt(talk, plan, "# Sync\n\n## Design\n\nold design\n\n## Testing\n\n- [x] by hand\n")
        let asked = try await talk.say("save this plan")
        #expect(asked.expectsAnswer)
        #expect(
            asked.text
                == "Version 2 was saved since you began. Your changes do not touch its own. Shall I join them?")
        #expect(try await talk.say("yes").text == "Saved sync as version 3.")
        #expect(
            try await talk.store.version(3, of: plan.id)?.content
                == "# Sync\n\n## Design\n\nmine\n\n## Testing\n\n- [x] by hand\n")
        try talk.end()
    }

    @Test func aConflictIsNamedAndNothingIsLostEitherWay() async throws {
        let (talk, plan) = try await begun()
        let mine = "# Sync\n\n## Design\n\nmine\n\n## Testing\n\n- [ ] by hand\n"
        try await draft(talk, plan, on: 1, mine)
        try await interrupt(talk, plan, "# Sync\n\n## Design\n\ntheirs\n\n## Testing\n\n- [ ] by hand\n")
        let question =
            "Version 2 was saved since you began. You both changed Design. Shall I save yours as version 3? "
            + "Version 2 stays in the history."
        #expect(try await talk.say("save this plan").text == question)
        #expect(try await talk.say("no").text == "Okay, your draft stays as it is.")
        #expect(try await talk.store.draft(of: plan.id)?.content == mine)
        #expect(try await talk.say("save this plan").text == question)
        #expect(try await talk.say("yes").text == "Saved sync as version 3.")
        #expect(try await talk.store.version(3, of: plan.id)?.content == mine)
        #expect(try await talk.store.version(2, of: plan.id)?.content.contains("theirs") == true)
        try talk.end()
    }

    @Test func aStaleWriteIsRefusedAndChangesNothing() async throws {
        let (talk, plan) = try await begun()
        await #expect(throws: StoreError.stale(base: 0, latest: 1)) {
            try await talk.store.change(Origin(surface: .http), "saving") {
                _ = try $0.saveVersion(of: plan.id, content: "lost?", base: 0, summary: "", author: "other")
            }
        }
        #expect(try await talk.store.versions(of: plan.id).count == 1)
        try talk.end()
    }

    @Test func aSectionIsReadByItsName() async throws {
        let (talk, _) = try await begun()
        #expect(try await talk.say("read the section design").text.contains("old design"))
        #expect(try await talk.say("read me the testing section").text.contains("by hand"))
        #expect(
            try await talk.say("read the section budget").text.hasPrefix("sync has no section budget. It has Design"))
        try talk.end()
    }
}
