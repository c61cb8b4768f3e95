import Planning
import Testing

@Suite struct OutlineTests {
    @Test func headingsInCodeQuotationsAndListsAreNotSections() {
        let outline = Outline(
            markdown: """
                # Plan

                ## Design

                ```sh
                # not a heading
                ```

                > ## nor this

                - ### nor this

                Underlined *too*
                ----------------

                #no heading either
                    # code
                """)
        #expect(outline.sections.map(\.heading) == ["Plan", "Design", "Underlined too"])
        #expect(outline.sections.map(\.level) == [1, 2, 2])
        #expect(outline["design"]?.text.hasPrefix("```sh\n# not a heading\n```") == true)
    }

    @Test func anUnderlinedHeadingEndsAtItsUnderline() {
        for (text, bodies) in [
            ("A\n===\n## B\n", ["", ""]), ("A\n===\ntext\n## B\n", ["text", ""]), ("a\nA\n---\ntext", ["text"]),
            ("A\n===\n===\n", ["==="]), ("[a]: b\n===\nA\n---\n## B\n", ["A\n---", ""]),
        ] {
            let outline = Outline(markdown: text)
            #expect(outline.sections.map(\.text) == bodies, "\(text)")
            #expect(outline.markdown == text)
        }
    }

    @Test(arguments: [
        "before\n\n# Plan\n\nwords\n\n## Design\n\n- a\n- b\n", "", "\n", "\n\n# A", "# A\n## B\n### C\n", "no heading",
        "# A\r\n\r\ntext\r\n## B\r\n", "A\n=\n\nB\n-\n", "# A   \n\n\n\ntext  \n\n\n", "#\n\ntext\n",
        "\u{FEFF}# A\n\ntext\n",
        "# e\u{301}\u{1F469}\u{200D}\u{1F4BB}\r# B\r\n\n", "    code\n\n# A\n\n    more\n",
    ])
    func whatIsReadAndWrittenStaysAsItWasToTheLetter(text: String) {
        #expect(Array(Outline(markdown: text).markdown.utf8) == Array(text.utf8))
    }

    @Test func oneSectionIsEditedAndTheRestStaysToTheLetter() {
        var outline = Outline(markdown: "# Plan\n## Design\nold\n\n\n## Testing   \n*  by hand\n")
        outline["Design"]?.text = "new"
        #expect(outline.markdown == "# Plan\n\n## Design\n\nnew\n\n## Testing   \n*  by hand\n")
        outline["Rollout"] = Section(level: 2, heading: "Rollout", text: "slowly")
        #expect(outline.markdown.hasSuffix("## Testing   \n*  by hand\n\n## Rollout\n\nslowly\n"))
        outline["Design"] = nil
        #expect(outline.markdown.hasPrefix("# Plan\n## Testing   \n"))
    }

    @Test func theFirstGapOfATemplateIsItsFirstEmptyPart() {
        let template = PlanTemplate.feature
        var outline = template.skeleton(title: "Sync")
        #expect(template.firstGap(in: outline)?.key == "Overview")
        outline["Overview"]?.text = "Sync notes."
        #expect(template.firstGap(in: outline)?.key == "Requirements")
        #expect(template.firstGap(in: Outline(markdown: outline.markdown))?.key == "Requirements")
    }
}

@Suite struct TimestampTests {
    @Test func isRFC3339InText() throws {
        #expect(Timestamp(milliseconds: 1_700_000_000_123).description == "2023-11-14T22:13:20.123Z")
        #expect(Timestamp("2023-11-14T22:13:20.123Z") == Timestamp(milliseconds: 1_700_000_000_123))
        #expect(Timestamp("yesterday") == nil)
    }

    @Test func idsSortByTheirTime() {
        let early = Identifier<Plan>.make(at: Timestamp(milliseconds: 1_000))
        let late = Identifier<Plan>.make(at: Timestamp(milliseconds: 2_000))
        #expect(early.rawValue < late.rawValue)
        #expect(early.rawValue.count == 36)
        #expect(early.rawValue.dropFirst(14).first == "7")
    }
}

@Suite struct ReadyTaskTests {
    private func task(
        _ number: Int, _ status: PlanTask.Status = .todo, _ priority: Priority = .medium, after: [Int] = []
    ) -> PlanTask {
        var task = PlanTask(
            planId: .init(rawValue: "plan"), number: number, title: "task \(number)", priority: priority,
            dependsOn: after)
        task.status = status
        return task
    }

    @Test func whatIsBegunComesFirstThenThePressingThenTheOldest() {
        let tasks = [
            task(1), task(2, .todo, .critical), task(3, .inProgress, .low), task(4, .done), task(5, after: [4]),
            task(6, .todo, .high, after: [1]), task(7, .blocked),
        ]
        #expect(tasks.ready.map(\.number) == [3, 2, 1, 5])
    }
}
