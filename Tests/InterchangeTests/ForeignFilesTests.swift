import Interchange
import Planning
import Testing

/// Files as other programs and people write them.
@Suite struct ForeignFilesTests {
    private func read(_ format: ExchangeFormat, _ text: String, _ name: String = "tasks.md") throws -> PlanFile {
        let source = ImportSource("file", [ExchangedFile(name, Array(text.utf8))])
        #expect(try ExchangeFormat.detect(source) == format)
        return try format.read(source).plan
    }

    @Test func specKitWithPhasesStoriesAndNotes() throws {
        let plan = try read(
            .specKit,
            """
            # Tasks: Voice planning
            **Input**: Design documents from `/specs/007-voice-planning/`

            ## Phase 1: Setup (Shared Infrastructure)
            - [ ] T001 Create package in Package.swift
            ## Phase 2: Foundational (Blocking Prerequisites)
            - [x] T002 Plan store in Sources/Store/PlanStore.swift
            **Checkpoint**: Foundation ready
            ## Phase 3: User Story 1 - Create a plan by voice (Priority: P1)
            - [ ] T003 [P] [US1] Session model in Sources/Model/Session.swift
            * [X] T004 [US1] Planner (depends on T001, T003)
            - [ ] not a task of spec-kit
            ## Dependencies & Execution Order

            """)
        #expect(plan.title == "Voice planning" && plan.key == nil)
        #expect(plan.items.map(\.number) == [1, 2, 3, 4])
        #expect(plan.items.map(\.status) == [.todo, .done, .todo, .done])
        #expect(
            plan.items[2].labels == ["parallel", "US1"]
                && plan.items[2].title == "Session model in Sources/Model/Session.swift")
        #expect(plan.items[2].milestone == "User Story 1 - Create a plan by voice (Priority: P1)")
        // Every later phase waits for Foundational.
        #expect(plan.items[2].dependsOn == ["T002"] && plan.items[3].dependsOn == ["T001", "T003"])
        #expect(plan.items[0].dependsOn == [])
        #expect(
            plan.content.contains("**Checkpoint**: Foundation ready\n") && plan.content.contains("- [ ] not a task"))
    }

    @Test func openSpecWithNotes() throws {
        let plan = try read(
            .openSpec,
            "## 1. Storage\n- [x] 1.1 Schema\n* [ ] 1.2 Migration\n  a note\n\n## 2. Voice\n- [X] 2.1 Words\n")
        #expect(plan.items.map(\.title) == ["Schema", "Migration", "Words"])
        #expect(plan.items.map(\.milestone) == ["Storage", "Storage", "Voice"])
        #expect(plan.items.map(\.status) == [.done, .todo, .done] && plan.content.contains("  a note\n"))
    }

    @Test func checkListsWithPartsAndTextInBetween() throws {
        let plan = try read(
            .markdown,
            """
            # Move to SQLite

            Why we do it.

            ## Work

            - [ ] **Schema** first
              More about it.

              - [x] Tables
              - [ ] Indexes
                  with code
            - a plain point
            1. [ ] Numbered
            > - [ ] quoted is no task

            ```
            - [ ] nor is code
            ```

            ## Later

            * [X] Done already

            """, "notes.md")
        #expect(plan.title == "Move to SQLite")
        #expect(plan.items.map(\.title) == ["**Schema** first", "Tables", "Indexes", "Numbered", "Done already"])
        #expect(plan.items.map { $0.parent == plan.items[0].key } == [false, true, true, false, false])
        #expect(plan.items.map(\.status) == [.todo, .done, .todo, .todo, .done])
        #expect(plan.items[0].body == "More about it." && plan.items[2].body == "  with code")
        for kept in ["Why we do it.", "## Work", "- a plain point", "quoted is no task", "nor is code", "## Later"] {
            #expect(plan.content.contains(kept), "\(kept)")
        }
        #expect(!plan.content.contains("Tables") && !plan.content.contains("Done already"))
    }

    @Test func backlogAsItsProgramWritesIt() throws {
        let task = """
            ---
            id: TASK-12
            title: Add plan store
            status: In Progress
            assignee:
              - '@ada'
            created_date: '2027-03-01 09:30'
            labels: [store]
            milestone: m-1
            dependencies:
              - task-9
            priority: high
            ordinal: 3000
            unknown: {a: 1}
            ---

            ## Description

            <!-- SECTION:DESCRIPTION:BEGIN -->
            text
            <!-- SECTION:DESCRIPTION:END -->

            ## Acceptance Criteria
            <!-- AC:BEGIN -->
            - [x] #1 rows survive a crash
            <!-- AC:END -->

            ## Definition of Done
            <!-- DOD:BEGIN -->
            - [ ] #1 tests pass
            <!-- DOD:END -->

            ## Implementation Plan

            <!-- SECTION:PLAN:BEGIN -->
            first this
            <!-- SECTION:PLAN:END -->

            """.replacing("\n", with: "\r\n")
        let old =
            "---\nid: task-9\ntitle: 'Old: one'\nstatus: Done\n---\n\n## Description\n\nwithout marks\n\n## Acceptance Criteria\n\n- [ ] #1 it holds\n"
        let source = ImportSource(
            "repo",
            [
                ExchangedFile("backlog/tasks/task-12 - Add plan store.md", Array(task.utf8)),
                ExchangedFile("backlog/completed/task-9 - Old.md", Array(old.utf8)),
                ExchangedFile("backlog/docs/doc-1 - Readme.md", Array("# other".utf8)),
                ExchangedFile("README.md", Array("# readme".utf8)),
            ])
        #expect(try ExchangeFormat.detect(source) == .backlog)
        let plan = try ExchangeFormat.backlog.read(source).plan
        #expect(plan.items.map(\.number) == [9, 12] && plan.items.map(\.title) == ["Old: one", "Add plan store"])
        let task12 = plan.items[1]
        #expect(task12.status == .inProgress && task12.assignee == "@ada" && task12.dependsOn == ["TASK-9"])
        #expect(task12.acceptance == [.init("rows survive a crash", isDone: true)] && task12.milestone == "m-1")
        #expect(
            task12.body
                == "text\n\n## Definition of Done\n\n- [ ] #1 tests pass\n\n## Implementation Plan\n\nfirst this")
        #expect(plan.items[0].body == "without marks" && plan.items[0].acceptance == [.init("it holds")])
    }

    @Test func taskmasterWithAndWithoutTags() throws {
        let tasks = """
            {"tasks":[
              {"id":1,"title":"Store","description":"short","details":"long","testStrategy":"run it","status":"pending",
               "priority":"high","dependencies":[],"complexity":{"score":7},
               "subtasks":[{"id":1,"title":"Schema","status":"done","dependencies":[]},
                           {"id":2,"title":"Rows","status":"review","dependencies":[1]}]},
              {"id":"2","title":"Voice","status":"deferred","dependencies":["1","1.2"],"previousStatus":"done"}]}
            """
        let old = try read(.taskmaster, tasks, "tasks.json")
        let tagged = try read(
            .taskmaster, "{\"master\":\(tasks),\"other\":{\"tasks\":[]},\"lastUpdated\":5}", "tasks.json")
        #expect(old == tagged)
        #expect(old.items.map(\.key) == ["1", "1.1", "1.2", "2"])
        #expect(old.items.map(\.status) == [.todo, .done, .inProgress, .todo])
        #expect(old.items[0].body == "short\n\nlong" && old.items[0].acceptance == [.init("run it")])
        #expect(old.items[2].dependsOn == ["1.1"] && old.items[3].dependsOn == ["1", "1.2"])
        #expect(old.items.map(\.parent) == [nil, "1", "1", nil])
        #expect(try old.tasks(of: .make(), file: "f").map(\.number) == [1, 2, 3, 4])
    }

    @Test func beadsWithEverythingItHas() throws {
        let plan = try read(
            .beads,
            """
            {"id":"bd-a1","title":"Store","status":"open","priority":0,"issue_type":"epic","unknown":[1,{"a":2}]}

            {"id":"bd-a1.1","title":"Rows","description":"d","design":"how","status":"closed","priority":4,"issue_type":"bug","closed_at":"2027-03-01T09:30:00.5Z","dependencies":[{"issue_id":"bd-a1.1","depends_on_id":"bd-a1","type":"parent-child"},{"issue_id":"bd-a1.1","depends_on_id":"bd-a1","type":"tracks"}]}
            {"id":"bd-x","title":"gone","status":"tombstone"}
            """, "issues.jsonl")
        #expect(plan.items.map(\.key) == ["bd-a1", "bd-a1.1"] && plan.items.map(\.priority) == [.critical, .low])
        #expect(plan.items[1].body == "d\n\n## Design\n\nhow" && plan.items[1].parent == "bd-a1")
        #expect(plan.items[1].completedAt == Timestamp("2027-03-01T09:30:00.500Z"))
    }

    @Test func aTableOfSomebodyElse() throws {
        let plan = try read(
            .csv, "\u{FEFF}title,Owner,STATUS\r\n\"a, \"\"b\"\"\r\nc\",me,done\r\n\r\n'=x,,\r\n", "t.csv")
        #expect(plan.items.map(\.title) == ["a, \"b\" c", "=x"] && plan.items.map(\.status) == [.done, .todo])
    }

    @Test func aTitleThatIsTooLongIsCutAndNothingIsLost() throws {
        let long = String(repeating: "word ", count: 300)
        let source = ImportSource("f", [ExchangedFile("a.md", Array("- [ ] \(long)\n".utf8))])
        let imported = try ExchangeFormat.markdown.read(source)
        let task = imported.plan.items[0]
        #expect(task.title.unicodeScalars.count <= 500 && task.title.hasSuffix("…"))
        #expect(task.body == long.trimmed(0) && imported.notes.count == 1)
    }
}

extension String {
    fileprivate func trimmed(_ leading: Int) -> String {
        var text = dropFirst(leading)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
