import Planning
import Testing

@Suite struct OutlineTests {
    @Test func headingsInCodeAreNotHeadings() {
        let outline = Outline(markdown: "# Plan\n\n## Design\n\n```sh\n# not a heading\n```\n\n## Testing\n\nrun it\n")
        #expect(outline.sections.map(\.heading) == ["Plan", "Design", "Testing"])
        #expect(outline["design"]?.text == "```sh\n# not a heading\n```")
    }

    @Test func aDocumentReadAndWrittenStaysAsItWas() {
        let text = "before\n\n# Plan\n\nwords\n\n## Design\n\n- a\n- b\n"
        #expect(Outline(markdown: text).markdown == text)
    }

    @Test func theFirstGapOfATemplateIsItsFirstEmptyPart() {
        let template = PlanTemplate.feature
        var outline = template.skeleton(title: "Sync")
        #expect(template.firstGap(in: outline)?.heading == "Overview")
        outline["Overview"]?.text = "Sync notes."
        #expect(template.firstGap(in: outline)?.heading == "Requirements")
        #expect(template.firstGap(in: Outline(markdown: outline.markdown))?.heading == "Requirements")
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
