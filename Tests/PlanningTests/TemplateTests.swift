import Testing

@testable import Planning

/// Templates as they are written down, and the plans that are made from them.
@Suite struct TemplateTests {
    static let builtIn = TemplateSet.builtIn.entries.map(\.template)

    /// A template with one section, and `more` after it.
    static func written(_ front: String = "name: mine\ndescription: Mine.", _ body: String) -> String {
        "---\n\(front)\n---\n\(body)"
    }

    @Test(arguments: [
        ("new feature", "Overview,Requirements,Design,Implementation,Testing"),
        ("bug fix", "Symptom,Reproduction,Cause,Fix,Regression test,Side effects,Before it is closed"),
        ("refactoring", "Reason,Boundary,Target,Safety net,Steps,Measure,Rules of the way"),
        ("performance", "Goal,Today,Where the time goes,Changes,Limits,Proof,After every change"),
        (
            "security",
            "What is to be protected,Threats,Present state,Measures,Proof,Disclosure,If it happens all the same,Before it is released"
        ),
        ("API integration", "Purpose,Contract,Access,Limits and costs,Faults,Mapping,Testing,Watching"),
        (
            "database migration",
            "Reason,Change,Old data,Readers and writers,Way back,Rehearsal,Proof,On the day"
        ),
        ("testing strategy", "Risks,Scope,Levels,Data and surroundings,Tools,By hand,Enough,Tests that fail at times"),
        ("documentation", "Readers,Tasks,Present state,Pages,Examples,Sources,Keeping it true,Before it is published"),
        (
            "implementation",
            "Executive summary,Codebase context,Architecture decisions,Roadmap,Configuration,Quality checks,Documentation updates,Potential issues and fallbacks,Testing,Rollout,Success validation,Notes for the implementer,Status"
        ),
    ])
    func aBuiltInTemplateHasItsSections(name: String, headings: String) throws {
        let template = try #require(TemplateSet.builtIn[name])
        #expect(template.parts.filter { $0.level == 2 }.map(\.heading).joined(separator: ",") == headings)
        #expect(template.parts.contains(where: \.isRequired) && template.questionCount >= 5)
        #expect(template.parts.allSatisfy { $0.path.count == $0.level - 1 })
    }

    @Test func everyBuiltInTemplateIsNamedInThatTable() { #expect(Self.builtIn.count == 10) }

    @Test(arguments: builtIn)
    func theSkeletonOfABuiltInTemplateIsADocumentThatOnlyWaitsForAnswers(template: PlanTemplate) {
        var values = PlanTemplate.commonValues(project: "Notes", planner: "Ada", at: Timestamp(milliseconds: 0))
        for variable in template.missing(in: values) { values[variable.name] = "ledger" }
        let skeleton = template.skeleton(title: "Sync", values: values)
        #expect(Outline(markdown: skeleton.markdown).markdown == skeleton.markdown)
        #expect(skeleton.sections.map(\.heading) == ["Sync"] + template.parts.map(\.heading))
        #expect(TemplateText.variables(of: skeleton.markdown).isEmpty)
        #expect(!skeleton.markdown.contains("<!--"))
        #expect(template.firstGap(in: skeleton)?.key == template.parts.first { $0.question != nil }?.heading)
        let findings = template.findings(in: skeleton)
        #expect(findings.count { $0.kind == .emptySection } == template.parts.count(where: \.isRequired))
        #expect(findings.allSatisfy { $0.kind == .emptySection || $0.kind == .emptyCode })
    }

    @Test(arguments: builtIn)
    func aBuiltInTemplateWithEveryAnswerMissesNothingButItsSketches(template: PlanTemplate) throws {
        var document = template.skeleton(
            title: "Sync", values: PlanTemplate.commonValues(project: "Notes", planner: "Ada"))
        var asked = 0
        while let gap = template.firstGap(in: document) {
            asked += 1
            document = template.answered(gap.key, with: "It is said.", in: Outline(markdown: document.markdown))
            try #require(asked <= template.questionCount, "\(gap.key) is asked for again")
        }
        #expect(asked == template.questionCount)
        #expect(template.findings(in: document).allSatisfy { $0.kind == .emptyCode })
    }

    /// Its questions are older than templates, and plans in their midst wait for the answers.
    @Test func theFeatureTemplateIsAsItWas() {
        #expect(
            PlanTemplate.feature.skeleton(title: "Sync").markdown
                == "# Sync\n\n## Overview\n\n## Requirements\n\n## Design\n\n## Implementation\n\n## Testing\n")
        #expect(
            PlanTemplate.feature.parts.map(\.question) == [
                "What is it for, in a sentence or two?", "What must it do?", "How should it work?",
                "What are the steps to build it?", "How will you know that it works?",
            ])
    }

    @Test(arguments: builtIn)
    func whatIsWrittenAndReadAgainIsTheSame(template: PlanTemplate) throws {
        #expect(try PlanTemplate(markdown: template.markdown) == template)
        let crlf = template.markdown.replacing("\n", with: "\r\n")
        #expect(try PlanTemplate(markdown: crlf).parts.map(\.question) == template.parts.map(\.question))
    }

    @Test(arguments: [
        ("no front matter", 1, "begins with a line"),
        ("---\nname: a\n", 1, "begins with a line"),
        (written("name: [a", "## A\n"), 3, "not valid YAML"),
        (written("- a", "## A\n"), 1, "needs a name"),
        (written("description: b", "## A\n"), 1, "needs a name"),
        (written("name: a", "## A\n"), 1, "needs a description"),
        (written("name: a\nname: b\ndescription: c", "## A\n"), 2, "stands twice"),
        (written("name: a/b\ndescription: c", "## A\n"), 2, "letters, digits"),
        (written("name: 7\ndescription: c", "## A\n"), 2, "letters, digits"),
        (written("name: a\ndescription: c\nsise: full", "## A\n"), 4, "there is no key sise"),
        (written("name: a\ndescription: c\nsize: huge", "## A\n"), 4, "note, page or full"),
        (written("name: a\ndescription: c\nvariables: x", "## A\n"), 4, "is a list"),
        (written("name: a\ndescription: c\nvariables:\n- name: X\n  question: q", "## A\n"), 5, "lower case"),
        (written("name: a\ndescription: c\nvariables:\n- name: x", "## A\n"), 5, "needs a question"),
        (written("name: a\ndescription: c\nvariables:\n- name: title\n  question: q", "## A\n"), 5, "without"),
        (written("", ""), 1, "needs a name"),
        (written("just words\n"), 5, "nothing stands before the first heading"),
        (written("# {{title}}\n"), 5, "has no section"),
        (written("# {{title}}\n## A\n# B\n"), 7, "one title"),
        (written("## A\n\n## a\n"), 7, "stands twice"),
        (written("## {{title}}\n"), 5, "only the title"),
        (written("##\n"), 5, "1 to 120"),
        (written("# {{title}}\n<!-- required -->\n## A\n"), 5, "not the title"),
        (written("## A\n<!-- ask: x -->\n<!-- ask: y -->\n"), 7, "one question"),
        (written("## A\n<!-- ask: -->\n"), 6, "1 to 300"),
        (written("## A\n<!-- ask: x -->\nwords\n"), 6, "begins empty"),
        (written("## A\n\nfor {{team}}\n"), 7, "no variable team"),
        (written((0...100).map { "## S\($0)\n" }.joined()), 105, "at most 100 sections"),
        (written("## A\n" + String(repeating: "x", count: 300_000)), 0, "256 KiB"),
        (written("name: a\ndescription: " + String(repeating: "[", count: 17_000), "## A\n"), 1, "16 KiB"),
    ])
    func aMistakeIsNamedWithItsLine(text: String, line: Int, says: String) {
        #expect {
            try PlanTemplate(markdown: text)
        } throws: { error in
            guard let error = error as? TemplateError else { return false }
            let isRight = (error.line ?? 0) == line && error.reason.contains(says)
            if !isRight { Issue.record("\(error)") }
            return isRight
        }
    }

    private static func written(_ body: String) -> String { written("name: mine\ndescription: Mine.", body) }

    @Test func deepYAMLIsRefusedAndNoCrash() {
        for deep in [String(repeating: "[", count: 16_000), String(repeating: "{a: ", count: 4_000)] {
            #expect(throws: TemplateError.self) {
                try PlanTemplate(markdown: Self.written("name: a\ndescription: \(deep)", "## A\n"))
            }
        }
    }

    @Test func whatIsLeftToTheReaderStaysInTheText() throws {
        let template = try PlanTemplate(
            markdown: Self.written(
                """
                # {{title}}

                Project: {{project}}

                ## Helm

                <!-- a comment of one's own -->

                ```yaml
                image: {{ .Values.image }}
                <!-- ask: not a question -->
                ```

                ### Values

                <!--
                  ask: Which values
                  are there?
                -->
                <!-- hint: One. --> <!-- hint: Two. -->
                <!-- required -->
                """))
        #expect(template.lead == "Project: {{project}}")
        #expect(template.parts.map(\.path) == [["Helm"], ["Helm", "Values"]])
        #expect(template.parts[0].question == nil && template.parts[0].text.contains("{{ .Values.image }}"))
        #expect(template.parts[0].text.hasPrefix("<!-- a comment") && template.parts[0].text.contains("not a question"))
        #expect(template.parts[1].question == "Which values are there?" && template.parts[1].hint == "One. Two.")
        #expect(template.parts[1].isRequired && template.parts[1].text.isEmpty)
    }

    @Test(arguments: [
        ("{{a}} and {{b}}", "1 and {{b}}"), ("{{{a}}}", "{1}"), ("{{ a }}", "{{ a }}"), ("{{a}", "{{a}"),
        ("{{A}}{{}}{{1}}", "{{A}}{{}}{{1}}"), ("{{", "{{"), ("", ""), ("é{{a}}👩‍💻", "é1👩‍💻"), ("{{c}}", "{{a}}"),
    ])
    func onlyAKnownNameIsFilledAndOnce(text: String, filled: String) {
        #expect(TemplateText.filled(text) { ["a": "1", "c": "{{a}}"][$0] } == filled)
    }

    @Test func aVariableWithoutADefaultIsAskedForFirst() throws {
        let template = try PlanTemplate(
            markdown: Self.written(
                """
                name: mine
                description: Mine.
                variables:
                  - name: team
                    question: Which team?
                  - name: branch
                    question: Which branch?
                    default: main
                """,
                "# {{title}} of {{team}}\n\n{{branch}} {{date}}\n\n## A\n\n<!-- ask: What? -->\n\n## B\n\nby {{team}}\n"
            ))
        let values = ["date": "2027-03-01"]
        #expect(template.missing(in: values).map(\.name) == ["team"] && template.questionCount == 2)
        let skeleton = template.skeleton(title: "Sync", values: values)
        #expect(skeleton.sections[0].text == "main 2027-03-01")
        #expect(template.firstGap(in: skeleton)?.question == "Which team?")
        let answered = template.answered("{{team}}", with: "blue", in: skeleton)
        #expect(answered["B"]?.text == "by blue" && template.firstGap(in: answered)?.key == "A")
    }

    /// A plan called “Design” has a title of that name, which is no section.
    @Test func aTitleThatIsCalledLikeASectionIsNotFilled() {
        let skeleton = PlanTemplate.feature.skeleton(title: "Overview")
        let answered = PlanTemplate.feature.answered("Overview", with: "It syncs.", in: skeleton)
        #expect(answered.markdown.hasPrefix("# Overview\n\n## Overview\n\nIt syncs.\n\n## Requirements"))
    }

    @Test func sectionsOfOneNameAreToldApartByWhatStandsAboveThem() throws {
        let template = try PlanTemplate(markdown: Self.written("## A\n\n### Tests\n\n<!-- ask: What? -->\n"))
        let document = Outline(markdown: "# P\n\n## Z\n\n### Tests\n\nothers\n\n## A\n\n### Tests\n")
        #expect(template.firstGap(in: document)?.key == "Tests")
        let answered = template.answered("Tests", with: "ours", in: document)
        #expect(answered.markdown.hasSuffix("## A\n\n### Tests\n\nours\n") && answered.markdown.contains("others"))
    }

    @Test func aTemplateThatIsGoneLeavesTheHeadings() {
        let document = Outline(markdown: "# P\n\n## One\n\ndone\n\n## Two\n\n### Three\n\n## two\n")
        let template = PlanTemplate(headingsOf: document, name: "gone")
        #expect(template.parts.map(\.heading) == ["One", "Two", "Three"])
        #expect(template.firstGap(in: document)?.question == "What belongs under Two?")
    }
}

@Suite struct TemplateCheckTests {
    private func findings(_ markdown: String, _ template: PlanTemplate = .feature) -> [String] {
        template.findings(in: Outline(markdown: markdown)).map { "\($0.kind.rawValue) in \($0.section): \($0.remedy)" }
    }

    @Test func whatIsMissingIsNamedWithTheRemedy() {
        let all = "# P\n\n## Overview\n\na\n\n## Requirements\n\nb\n\n## Implementation\n\nc\n\n## Testing\n\nd\n"
        #expect(findings(all) == [])
        #expect(
            findings(all.replacing("## Testing\n\nd\n", with: "")) == [
                "missing_section in Testing: add “## Testing” and say: How will you know that it works?"
            ])
        #expect(
            findings(all.replacing("\nb\n", with: "")) == [
                "empty_section in Requirements: answer it: What must it do?"
            ])
        #expect(findings(all.replacing("\nb\n", with: "\n### In detail\n\nb\n")) == [])
    }

    @Test(arguments: [
        ("TODO: more", 1), ("about todo lists", 0), ("see TBD, TBD", 1), ("Open.", 1), ("- Open.", 1),
        ("Open the door.", 0),
        ("why ???", 1), ("…", 1), ("and so on …", 0), ("```swift\n// TODO later\n```", 0), ("```\n```", 1),
        ("- list\n\n  ```sh\n\n  ```", 1), ("`TODO` is a word", 1), ("{{title}}", 1), ("{{ title }}", 0),
        ("{{other}}", 0),
        ("| a | TBD |", 1), ("FIXME TODO", 2),
    ])
    func whatNobodyShouldLeaveInAPlanIsFound(text: String, count: Int) {
        let all = "# P\n\n## Overview\n\na\n\n## Requirements\n\nb\n\n## Implementation\n\nc\n\n## Testing\n\n\(text)\n"
        #expect(findings(all).count == count, "\(findings(all))")
        #expect(findings(all).allSatisfy { $0.contains("in Testing: ") })
    }

    @Test func aPlanThatIsEmptyOrStrangeIsLookedAtAllTheSame() {
        #expect(findings("").count == 4)
        #expect(findings("words before\n\nTBD\n").contains { $0.hasPrefix("placeholder in the beginning") })
    }

    /// Whatever stands in a file, it is a template or it is refused; and what was read is written so that it is read again.
    @Test func anythingIsReadOrRefused() throws {
        let pieces = [
            "---\n", "name: mine\n", "description: Some. \"x\"\n", "size: note\n", "variables:\n", "  - name: team\n",
            "    question: Who: \\ \"they\"?\n", "    default: '{{x}}'\n", "# {{title}}\n", "## A\n", "### B\n", "##\n",
            "<!-- ask: What? -->\n", "<!-- hint: é -->", "<!-- required -->\n", "<!--", "-->", "```\n", "{{team}}",
            "words\n",
            "\n", "\r\n", "    ", "- ", "\u{0}", "A\n===\n", "&a [*a]\n", "---\n",
        ]
        var read = 0
        for seed in 1...3000 {
            var writer = Writer(seed)
            var text = seed.isMultiple(of: 2) ? "---\nname: mine\ndescription: Mine.\n" : ""
            if seed.isMultiple(of: 4) { text += "---\n## A\n" }
            for _ in 0..<writer.number(below: 14) { text += pieces[writer.number(below: pieces.count)] }
            guard let template = try? PlanTemplate(markdown: text) else { continue }
            read += 1
            #expect(try PlanTemplate(markdown: template.markdown) == template, "seed \(seed): \(text)")
            let skeleton = template.skeleton(title: "P")
            #expect(template.findings(in: skeleton).allSatisfy { $0.kind != .missingSection }, "seed \(seed)")
        }
        #expect(read > 200, "\(read)")
    }
}
