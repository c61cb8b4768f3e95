import Assistant
import Planning
import Storage
import Testing

/// Plans from templates, by conversation.
@Suite struct TemplateDialogueTests {
    private func begun(_ files: TemplateFiles? = nil) async throws -> Conversing {
        let talk = try await Conversing(files: files)
        try await talk.say("create new project ledger")
        return talk
    }

    private func plan(_ talk: Conversing) async throws -> Plan { try #require(try await talk.store.plans().first) }

    @Test(arguments: TemplateSet.builtIn.names)
    func aPlanFromEveryTemplateIsDraftedByAsking(name: String) async throws {
        let talk = try await begun()
        let template = try #require(TemplateSet.builtIn[name])
        var reply = try await talk.say("create a plan called sync from template \(name)")
        #expect(
            reply.text.hasPrefix("Created plan 1, sync, from the template \(name): \(template.extent). "), "\(reply)")
        var answers: [String] = []
        while reply.expectsAnswer {
            try #require(answers.count < template.questionCount, "\(reply.text) is asked once too often")
            let draft = try await talk.store.draft(of: plan(talk).id)
            let asked = try #require(draft?.askedSection.flatMap(template.gap))
            #expect(reply.text.hasSuffix(asked.question))
            answers.append("Answer number \(answers.count + 1)")
            reply = try await talk.say(answers.last ?? "")
        }
        #expect(reply.text == "That completes the draft of sync. Say save this plan to keep it.")
        #expect(answers.count == template.questionCount)
        #expect(try await talk.say("save this plan").text == "Saved sync as version 1.")
        let plan = try await plan(talk)
        let version = try #require(try await talk.store.version(1, of: plan.id))
        let document = Outline(markdown: version.content)
        #expect(plan.template == name && answers.allSatisfy(version.content.contains))
        #expect(document.sections.map(\.heading) == ["sync"] + template.parts.map(\.heading))
        #expect(template.findings(in: document).allSatisfy { $0.kind == .emptyCode })
        try talk.end()
    }

    @Test func whatIsSaidInBetweenDoesWhatItDoesInEveryInterview() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("create a bug fix plan called lost notes").text
                == "Created plan 1, lost notes, from the template bug fix: a page with six questions. "
                + "What goes wrong, and what should happen instead?")
        let hint = "What is seen, by whom, how often, and since when; the exact message if there is one. "
        #expect(try await talk.say("give me a hint").text == hint + "What goes wrong, and what should happen instead?")
        #expect(
            try await talk.say("The app forgets everything after a restart").text == "How can it be made to happen?")
        #expect(try await talk.say("skip").text == "What is the cause, or what do you suspect?")
        let aside = try await talk.say("how many tasks are left")
        #expect(aside.text.hasSuffix("I had asked: What is the cause, or what do you suspect?"))
        #expect(try await talk.say("status").text.hasSuffix("What is the cause, or what do you suspect?"))
        #expect(try await talk.say("stop").text == "")
        #expect(try await talk.say("cancel").text == "Okay, I stop asking. Say continue the plan to go on.")
        #expect(try await talk.say("save this plan").text == "Saved lost notes as version 1.")
        #expect(try await talk.say("continue the plan").text == "What is the cause, or what do you suspect?")
        #expect(try await talk.say("The log is not synced").text == "What will you change?")
        #expect(
            try await talk.say("undo").text
                == "Took back the answer for Cause. What is the cause, or what do you suspect?")
        let draft = try #require(try await talk.store.draft(of: plan(talk).id)).content
        #expect(draft.contains("## Reproduction\n\nOpen.\n\n## Cause\n\n## Fix"))
        try talk.end()
    }

    @Test(arguments: ["Notes carry tags", "Noted things come back in order", "Searches by tag and by day"])
    func anAnswerThatIsNearlyACommandOfAnyWordsIsStillTheAnswer(words: String) async throws {
        let talk = try await begun()
        _ = try await talk.say("create a bug fix plan called lost notes")
        #expect(try await talk.say(words).text == "How can it be made to happen?")
        let draft = try #require(try await talk.store.draft(of: plan(talk).id)).content
        #expect(draft.contains(words), "\(draft)")
        #expect(try await talk.say("note that it is urgent").text.hasPrefix("Noted"))
        try talk.end()
    }

    @Test func makingAPlanFromATemplateIsTakenBackAndDoneAgain() async throws {
        let talk = try await begun()
        try await talk.say("create a security plan called keys")
        #expect(try await talk.say("undo").text == "Took back creating plan keys.")
        #expect(try await talk.store.plans().isEmpty)
        #expect(try await talk.say("redo").text.hasPrefix("Did again: creating plan keys."))
        #expect(try await plan(talk).template == "security")
        #expect(try await talk.store.draft(of: plan(talk).id)?.content.contains("## Threats") == true)
        try talk.end()
    }

    @Test func aSectionIsReadWithThoseBelowIt() async throws {
        let talk = try await begun()
        try await talk.say("create an implementation plan called sync")
        #expect(try await talk.say("read the section executive summary").text == "Executive summary is still empty.")
        try await talk.say("Answers get lost on the way")
        let read = try await talk.say("read the section executive summary").text
        #expect(read.hasPrefix("## Executive summary\n\n### Problem\n\nAnswers get lost on the way.\n"), "\(read)")
        #expect(!read.contains("Approach"))
        try talk.end()
    }

    @Test func theTitleIsAskedForWhenItWasLeftOut() async throws {
        let talk = try await begun()
        #expect(try await talk.say("create a refactoring plan").text == "What should the plan be called?")
        #expect(
            try await talk.say("tidy store").text.hasPrefix(
                "Created plan 1, tidy store, from the template refactoring:"))
        try talk.end()
    }

    @Test func withoutATemplateItIsANewFeature() async throws {
        let talk = try await begun()
        #expect(
            try await talk.say("create devplan sync").text
                == "Created plan 1, sync. What is it for, in a sentence or two?")
        #expect(try await plan(talk).template == "new feature")
        try talk.end()
    }

    @Test func theTemplatesAreNamedOwnOnesFirst() async throws {
        let files = try TemplateFiles(["spike.md": TemplateFiles.template("spike"), "torn.md": "torn"])
        let talk = try await begun(files)
        #expect(
            try await talk.say("what templates are there").text
                == "There are eleven templates: spike, new feature, bug fix, refactoring, performance, security, "
                + "API integration, database migration, testing strategy, documentation and implementation. "
                + "I cannot use one file of yours; aloud template list says why. "
                + "Say, for example: create a spike plan called, and a title.")
        #expect(
            try await talk.say("create a plan called sync from the template waterfall").text.hasPrefix(
                "I know no template called waterfall. There are spike, new feature"))
        #expect(try await talk.store.plans().isEmpty)
        try talk.end()
    }

    @Test func aTemplateOfOnesOwnAsksItsVariablesFirst() async throws {
        let text = """
            ---
            name: release
            description: A release.
            size: note
            variables:
              - name: version
                question: Which version is it?
              - name: channel
                question: Where does it go?
                default: stable
            ---
            # {{title}}

            Version {{version}} of {{project}} goes to {{channel}}, planned by {{planner}}.

            ## Risks

            <!-- ask: What may go wrong with it? -->
            """
        let talk = try await begun(try TemplateFiles(["release.md": text]))
        #expect(
            try await talk.say("create a release plan called autumn").text
                == "Created plan 1, autumn, from the template release: a note with two questions. Which version is it?")
        #expect(try await talk.say("2.0.").text == "What may go wrong with it?")
        #expect(try await talk.say("undo").text == "Took back the answer for version. Which version is it?")
        #expect(try await talk.say("skip").text == "What may go wrong with it?")
        try await talk.say("undo")
        try await talk.say("2.0")
        try await talk.say("skip")
        let draft = try #require(try await talk.store.draft(of: plan(talk).id)).content
        #expect(
            draft
                == "# autumn\n\nVersion 2.0 of ledger goes to stable, planned by user.\n\n## Risks\n\nOpen.\n")
        try talk.end()
    }

    @Test func aPlanWhoseTemplateIsGoneGoesOnWithItsHeadings() async throws {
        let files = try TemplateFiles(["spike.md": TemplateFiles.template("spike", asking: "What is tried?")])
        let talk = try await begun(files)
        #expect(try await talk.say("create a spike plan called cache").text.hasSuffix("What is tried?"))
        try files.write("spike.md", TemplateFiles.template("stab"))
        #expect(try await talk.say("status").text.hasSuffix("What belongs under Gist?"))
        #expect(try await talk.say("continue").text == "What belongs under Gist?")
        #expect(try await talk.say("We try a cache").text.hasPrefix("That completes the draft of cache."))
        #expect(try await talk.store.draft(of: plan(talk).id)?.content.contains("## Gist\n\nWe try a cache.") == true)
        try talk.end()
    }

    @Test func anOlderPlanGoesOnAsItWasBegun() async throws {
        let talk = try await begun()
        let project = try #require(try await talk.store.projects().first)
        try await talk.store.change(Origin(surface: .cli), "an older one") { change in
            let old = try change.createPlan(in: project.id, title: "old")
            let skeleton = PlanTemplate.feature.skeleton(title: "old").markdown
            try change.putDraft(PlanDraft(planId: old.id, content: skeleton, baseVersion: 0, askedSection: "Overview"))
        }
        #expect(try await talk.say("open plan old").text.hasSuffix("What is it for, in a sentence or two?"))
        try talk.end()
    }
}
