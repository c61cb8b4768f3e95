import Interchange
import Planning
import Support
import Testing

/// One small plan in every form, to the letter.
@Suite struct GoldenTests {
    static let plan: PlanFile = {
        var plan = PlanFile(title: "Voice planning")
        plan.key = "0195aaaa-0000-7000-8000-000000000007"
        plan.number = 7
        plan.description = "Goal text"
        plan.content = "# Voice planning\n\n## Goal\n\nPlan by voice.\n"
        plan.createdAt = Timestamp("2027-03-01T09:30:00.000Z")
        plan.updatedAt = Timestamp("2027-03-01T09:31:00.000Z")
        var epic = PlanFile.Item(key: "0195aaaa-0000-7000-8000-000000000001", title: "Storage")
        epic.number = 1
        var store = PlanFile.Item(key: "0195aaaa-0000-7000-8000-000000000002", title: "Add plan store")
        store.number = 2
        store.body = "Steps"
        store.acceptance = [.init("rows survive a crash")]
        store.priority = .high
        store.labels = ["store", "US1"]
        store.estimateMinutes = 240
        store.dueOn = Day("2027-03-15")
        store.milestone = "User Story 1 - Store"
        store.parent = epic.key
        store.createdAt = plan.createdAt
        var export = PlanFile.Item(key: "0195aaaa-0000-7000-8000-000000000003", title: "Plan export, \"quoted\"")
        export.number = 3
        export.status = .done
        export.completedAt = Timestamp("2027-03-02T10:00:00.000Z")
        export.dependsOn = [store.key]
        export.assignee = "ada"
        plan.items = [epic, store, export]
        return plan
    }()

    /// With every hash as dots: they are tested by themselves.
    private func text(_ format: ExchangeFormat, _ file: Int = 0) throws -> String {
        let files = try format.write(Self.plan).files
        try #require(files.indices.contains(file))
        let pieces = String(decoding: files[file].bytes, as: UTF8.self)
            .replacing("0195aaaa-0000-7000-8000-00000000000", with: "K").split(
                separator: "hash=", omittingEmptySubsequences: false)
        return pieces[0] + pieces.dropFirst().map { "hash=…" + $0.dropFirst(12) }.joined()
    }

    @Test func specKit() throws {
        #expect(
            try text(.specKit) == """
                <!-- aloud:key=K7 hash=… -->
                # Tasks: Voice planning

                **Input**: Design documents from `/specs/007-voice-planning/`
                **Prerequisites**: plan.md (required), spec.md (required for user stories)

                ## Phase 1: Storage

                - [ ] T001 Storage

                ## Phase 2: User Story 1 - Store

                - [ ] T002 [US1] Add plan store

                ## Phase 3: Tasks

                - [X] T003 Plan export, "quoted" (depends on T002)

                """)
    }

    @Test func openSpec() throws {
        #expect(
            try text(.openSpec) == """
                <!-- aloud:key=K7 hash=… -->

                ## 1. Storage

                - [ ] 1.1 Storage

                ## 2. User Story 1 - Store

                - [ ] 2.1 Add plan store

                ## 3. Tasks

                - [x] 3.1 Plan export, "quoted"

                """)
    }

    @Test func backlog() throws {
        let names = try ExchangeFormat.backlog.write(Self.plan).files.map(\.name)
        #expect(
            names == [
                "backlog/docs/doc-1 - Voice planning.md", "backlog/tasks/task-1 - Storage.md",
                "backlog/tasks/task-2 - Add plan store.md", "backlog/tasks/task-3 - Plan export quoted.md",
            ])
        #expect(
            try text(.backlog, 2) == """
                ---
                id: TASK-2
                title: Add plan store
                status: To Do
                assignee: []
                created_date: '2027-03-01 09:30'
                labels: [store, US1]
                milestone: User Story 1 - Store
                dependencies: []
                parent_task_id: TASK-1
                priority: high
                ordinal: 2000
                ---

                ## Description

                <!-- SECTION:DESCRIPTION:BEGIN -->
                <!-- aloud:key=K7/K2 hash=… -->
                Steps
                <!-- SECTION:DESCRIPTION:END -->

                ## Acceptance Criteria
                <!-- AC:BEGIN -->
                - [ ] #1 rows survive a crash
                <!-- AC:END -->

                """)
        #expect(
            try text(.backlog, 3).contains("\ntitle: \"Plan export, \\\"quoted\\\"\"\nstatus: Done\nassignee: [ada]\n"))
    }

    @Test func taskmaster() throws {
        let json = try JSONValue(parsing: text(.taskmaster))
        let tasks = try #require(json["master"]?["tasks"]?.array)
        #expect(tasks.map { $0["id"] } == [1, 3])
        #expect(tasks[0]["status"] == "pending" && tasks[0]["dependencies"] == [])
        #expect(
            tasks[0]["subtasks"]?.array?.first == [
                "id": 1, "title": "Add plan store", "description": "Steps", "details": "",
                "testStrategy": "- [ ] rows survive a crash", "status": "pending", "priority": "high",
                "dependencies": [],
                "aloud": ["marker": "aloud:key=K7/K2 hash=…", "number": 2],
            ])
        #expect(tasks[1]["dependencies"] == ["1.1"] && tasks[1]["status"] == "done")
        #expect(json["master"]?["metadata"]?["created"] == "2027-03-01T09:30:00.000Z")
        #expect(json["master"]?["metadata"]?["description"] == "Voice planning")
    }

    @Test func beads() throws {
        let lines = try text(.beads).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["issue_type"] } == ["epic", "task", "task"])
        #expect(
            lines[1] == [
                "id": "aloud-2", "title": "Add plan store", "description": "Steps",
                "acceptance_criteria": "- [ ] rows survive a crash", "notes": "", "status": "open", "priority": 1,
                "issue_type": "task", "estimated_minutes": 240, "due_at": "2027-03-15T00:00:00Z",
                "external_ref": "aloud:key=K7/K2 hash=…", "labels": ["store", "US1"],
                "dependencies": [["issue_id": "aloud-2", "depends_on_id": "aloud-1", "type": "parent-child"]],
                "created_at": "2027-03-01T09:30:00.000Z",
            ])
        #expect(lines[2]["dependencies"] == [["issue_id": "aloud-3", "depends_on_id": "aloud-2", "type": "blocks"]])
        #expect(lines[2]["status"] == "closed" && lines[2]["closed_at"] == "2027-03-02T10:00:00.000Z")
    }

    @Test func jira() throws {
        #expect(
            try text(.jira).replacing("\r\n", with: "\n") == """
                Issue Type,Issue ID,Parent,Summary,Description,Priority,Status,Labels,Labels,Labels,Due Date,Original Estimate,Blocks,Fix Version
                Epic,1,,Storage,<!-- aloud:key=K7/K1 hash=… -->,Medium,To Do,plan-7,,,,,,
                Task,2,1,Add plan store,"<!-- aloud:key=K7/K2 hash=… -->
                Steps

                Acceptance:
                - rows survive a crash",High,To Do,plan-7,store,US1,15/Mar/27 12:00 AM,14400,3,User Story 1 - Store
                Task,3,,"Plan export, ""quoted""\",<!-- aloud:key=K7/K3 hash=… -->,Medium,Done,plan-7,,,,,,

                """)
    }

    @Test func linear() throws {
        let rows = try text(.linear).replacing("\r\n", with: "\n")
        #expect(
            rows.hasPrefix(
                "Id,Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,"
                    + "Cycle Start,Cycle End,Created,Updated,Started,Completed,Canceled,Archived\n"))
        #expect(
            rows.hasSuffix(
                "ALOUD-7-3,,\"Plan export, \"\"quoted\"\"\",\"<!-- aloud:key=K7/K3 hash=… -->\nBlocked by: Add plan store\","
                    + "Done,,Medium,Voice planning,,ada,,,,,,,,,2027-03-02T10:00:00.000Z,,\n"), "\(rows)")
        #expect(rows.contains("\nPart of: Storage\",Todo,4,High,Voice planning,,,\"store, US1\",,,,,2027-03-01T09:30"))
    }

    @Test func csv() throws {
        let rows = try text(.csv)
        #expect(rows.hasPrefix("Number,Title,Status,Priority,Estimate Minutes,Actual Minutes,Assignee,Labels,"))
        #expect(
            rows.contains(
                "\r\n2,Add plan store,todo,high,240,,,\"store\nUS1\",User Story 1 - Store,2027-03-15,1,,,,[ ] rows survive a crash,"
                    + "Steps,,2027-03-01T09:30:00.000Z,,,aloud:key=K7/K2 hash=…\r\n"), "\(rows)")
    }

    @Test func markdown() throws {
        #expect(
            try text(.markdown) == """
                <!-- aloud:key=K7 hash=… -->

                > Goal text
                <!-- aloud:content -->
                # Voice planning

                ## Goal

                Plan by voice.

                <!-- aloud:tasks -->
                ## Tasks

                - [ ] Storage
                  - task: 1
                  - [ ] Add plan store
                    - task: 2
                    - priority: high
                    - estimate: 240 minutes
                    - milestone: User Story 1 - Store
                    - due: 2027-03-15
                    - label: store
                    - label: US1
                    - accept: rows survive a crash
                    > Steps
                - [x] Plan export, "quoted"
                  - task: 3
                  - waits for: 2
                  - assignee: ada

                """)
    }

    @Test func trello() throws {
        let board = try JSONValue(parsing: text(.trello))
        #expect(board["name"] == "Voice planning" && board["closed"] == false)
        #expect(board["lists"]?.array?.map { $0["name"] } == ["To Do", "In Progress", "Done"])
        let cards = try #require(board["cards"]?.array)
        #expect(cards.map { $0["idList"] } == ["l1", "l1", "l3"])
        #expect(cards[0]["due"] == .null && cards[1]["due"] == "2027-03-15T00:00:00.000Z")
        #expect(cards[2]["desc"] == "<!-- aloud:key=K7/K3 hash=… -->\nBlocked by: Add plan store")
        #expect(
            cards[1]["labels"]?.array?.first == ["id": "g1", "idBoard": "b7", "name": "priority: high", "color": "red"])
        let lists = try #require(board["checklists"]?.array)
        #expect(lists.map { $0["name"] } == ["Sub-tasks", "Acceptance"] && lists.map { $0["idCard"] } == ["c1", "c2"])
        #expect(
            lists[1]["checkItems"] == [["id": "k2i1", "name": "rows survive a crash", "state": "incomplete", "pos": 1]])
    }

    @Test func gitHub() throws {
        let file = try JSONValue(parsing: text(.github))
        let issues = try #require(file["issues"]?.array)
        #expect(issues[1]["parent"] == "K1" && issues[1]["milestone"] == "User Story 1 - Store")
        #expect(issues[2]["blocked_by"] == ["K2"] && issues[2]["state_reason"] == "completed")
        let script = try text(.github, 1)
        #expect(script.contains("\npart i2 i1\n") && script.contains("\nfinish i3 'completed'\n"))
        #expect(script.contains("\nblocked_by i3 i2\n") && script.contains("\nassign i3 'ada'\n"))
    }

    @Test func ourOwn() throws {
        let file = try JSONValue(parsing: text(.json))
        #expect(file["format"] == "aloud-plan" && file["version"] == 1)
        #expect(file["marker"] == "aloud:key=K7 hash=…")
        #expect(file["plan"]?["items"]?.array?[1]["due_on"] == "2027-03-15")
    }

    /// A cell that begins like a formula is a text for a spreadsheet.
    @Test func noCellIsAFormula() throws {
        var plan = Self.plan
        plan.items[0].title = "=HYPERLINK(\"http://x\")"
        plan.items[1].title = "+1"
        plan.items[2].title = "@SUM(A1)"
        for format in [ExchangeFormat.csv, .jira, .linear] {
            let text = String(decoding: try format.write(plan).files[0].bytes, as: UTF8.self)
            #expect(text.contains("'=HYPERLINK") && text.contains(",'+1,") && text.contains(",'@SUM(A1),"))
        }
    }
}
