import Assistant
import Planning
import Support
import Testing

@Suite struct MatcherTests {
    private let names = LiveNames(
        projects: ["voice notes", "payments-api", "FinTrack", "website"], plans: ["offline sync"],
        tasks: [1: "write the migration", 2: "test the sync"], versions: 3,
        sections: ["Overview", "Design", "Testing"], templates: TemplateSet.builtIn.names, openProject: "voice notes",
        openPlan: "offline sync")

    private let matcher: Matcher

    init() throws { matcher = try Matcher(CommandTable(CommandTable.english), phones: { _ in [] }) }

    private func understand(_ text: String) -> Understanding? { matcher.understand(text, names: names) }

    @Test(arguments: [
        ("create new project voice memos", "create_project", "name=voice memos"),
        ("Create a new project called Invoice Bot.", "create_project", "name=Invoice Bot"),
        ("okay planner, please make a new project named demo", "create_project", "name=demo"),
        ("show my projects", "list_projects", ""),
        ("what projects do I have?", "list_projects", ""),
        ("open project voice notes", "open_project", "project=voice notes"),
        ("open voice notes", "open_project", "project=voice notes"),
        ("switch to payments api", "open_project", "project=payments-api"),
        ("create devplan offline sync", "create_plan", "title=offline sync"),
        ("create a bug fix plan called lost notes", "create_plan", "template=bug fix title=lost notes"),
        ("create a refactoring plan called tidy store", "create_plan", "template=refactoring title=tidy store"),
        ("make an API integration plan for payments", "create_plan", "template=API integration title=payments"),
        ("write an implementation plan called sync", "create_plan", "template=implementation title=sync"),
        ("create a new feature plan called sync", "create_plan", "template=new feature title=sync"),
        ("create a security plan", "create_plan", "template=security"),
        (
            "create devplan move to SQLite from template database migration", "create_plan",
            "template=database migration title=move to SQLite"
        ),
        (
            "create a plan called notes from home from the template new feature", "create_plan",
            "template=new feature title=notes from home"
        ),
        (
            "create a plan called faster start from the performance template", "create_plan",
            "template=performance title=faster start"
        ),
        ("create a plan from template bug fix", "create_plan", "template=bug fix"),
        ("make a devplan from the security template", "create_plan", "template=security"),
        ("create devplan database migration", "create_plan", "title=database migration"),
        ("create a plan called testing strategy", "create_plan", "title=testing strategy"),
        ("what templates are there", "list_templates", ""), ("list my templates", "list_templates", ""),
        ("save this plan", "save_plan", ""),
        ("search for offline editing", "search", "query=offline editing"),
        ("search my plans for the merge rules", "search", "query=the merge rules"),
        ("what did we say about encryption", "search", "query=encryption"),
        ("show version history", "version_history", ""),
        ("compare version one and three", "compare_versions", "a=1 b=3"),
        ("what changed since version two", "compare_versions", "a=2"),
        ("what changed in version two", "compare_versions", "b=2"),
        ("what changed since the previous version", "compare_versions", "a=previous"),
        ("go back to version two", "restore_version", "version=2"),
        ("go back to the previous version", "restore_version", "version=previous"),
        ("discard the draft", "discard_plan", ""),
        ("read the design section", "read_section", "section=Design"),
        ("read me section testing", "read_section", "section=Testing"),
        ("block task two", "block_task", "task=2"),
        ("task two is blocked because the API is down", "block_task", "reason=the API is down task=2"),
        ("cancel task two", "cancel_task", "task=2"),
        ("assign task test the sync to Ada Lovelace", "assign_task", "assignee=Ada Lovelace task=2"),
        ("estimate task one at half an hour", "estimate_task", "estimate=30m task=1"),
        ("task one takes about two days", "estimate_task", "estimate=2d task=1"),
        ("set the priority of task two to urgent", "reprioritise_task", "priority=critical task=2"),
        ("make task one high priority", "reprioritise_task", "priority=high task=1"),
        ("task two is due on friday", "set_due", "due=friday task=2"),
        ("task two is due tomorrow", "set_due", "due=tomorrow task=2"),
        ("the plan is due next monday", "set_due", "due=next monday"),
        ("um the plan is due by the fifth of december please", "set_due", "due=the fifth of december"),
        ("when is task one due", "tell_due", "task=1"),
        ("when is the plan due", "tell_due", ""),
        ("label task one urgent", "label_task", "label=urgent task=1"),
        ("remove the label urgent from task one", "unlabel_task", "label=urgent task=1"),
        ("close project", "close_project", ""),
        ("archive project website", "archive_project", "project=website"),
        ("restore project website", "restore_project", "project=website"),
        ("add a task: write the parser, then test it", "add_task", "title=write the parser, then test it"),
        ("list tasks", "list_tasks", ""),
        ("start task two", "start_task", "task=2"),
        ("finish task number 2", "finish_task", "task=2"),
        ("mark task one as done", "finish_task", "task=1"),
        ("finish write the migration", "finish_task", "task=1"),
        ("what's next", "next_task", ""),
        ("read the plan", "read_plan", ""),
        ("note remember the WAL mode", "note", "text=remember the WAL mode"),
        ("undo that", "undo", ""), ("redo", "redo", ""), ("say that again", "repeat", ""),
        ("never mind", "cancel", ""), ("stop", "stop", ""), ("where are we", "status", ""),
        ("mute", "mute", ""), ("unmute", "wake", ""), ("what can I say", "help", ""),
    ])
    func aPhraseOfTheTableIsExact(said: String, intent: String, slots: String) throws {
        let understanding = try #require(understand(said))
        #expect(understanding.intent.rawValue == intent)
        #expect(understanding.shownSlots == slots)
        #expect(understanding.tier == .exact)
    }

    @Test(arguments: [
        ("show my project", "list_projects", ""),
        ("um, show me uh all of my projects please", "list_projects", ""),
        ("open project voise notes", "open_project", "project=voice notes"),
        ("open project fin track", "open_project", "project=FinTrack"),
        ("creat new project demo", "create_project", "name=demo"),
        ("start task to", "start_task", "task=2"),
        ("safe this plan", "save_plan", ""),
        ("create a re factoring plan called tidy store", "create_plan", "template=refactoring title=tidy store"),
        ("create a data base migration plan called sync", "create_plan", "template=database migration title=sync"),
        ("which templates do I have please", "list_templates", ""),
    ])
    func whatIsNearlyItIsUnderstoodToo(said: String, intent: String, slots: String) throws {
        let understanding = try #require(understand(said))
        #expect(understanding.intent.rawValue == intent)
        #expect(understanding.shownSlots == slots)
    }

    @Test(arguments: [
        "I think the projects we open should be shown on the first page",
        "the user must be able to undo every change they make",
        "we need a queue between the payments service and the ledger",
        "what happens when the network goes away while someone is recording",
        "it should stop recording after thirty minutes of silence",
        "let's save the audio before we transcribe it",
        "how do other tools solve this",
        "and the status page should show the version",
        "open the door to other languages later on",
        "",
        "hmm",
        "make a bold plan for the summer",
        "the template of the invoice should be configurable",
        "write our release plan for the board",
    ])
    func freeSpeechIsNoCommand(said: String) throws {
        #expect(understand(said) == nil)
    }

    @Test(arguments: ["add task to", "create new project the", "create devplan and the"])
    func aBreathIsNoName(said: String) {
        #expect(understand(said)?.slots.isEmpty ?? true)
    }

    @Test func anUnknownNameIsSaidNotGuessed() throws {
        let understanding = try #require(understand("open project zebra crossing"))
        #expect(understanding.unknown == Understanding.Unknown(slot: .project, said: "zebra crossing"))
        #expect(understanding.slots.isEmpty)
    }

    @Test func everyPhraseOfTheTableUnderstandsItself() throws {
        let table = try CommandTable(CommandTable.english)
        let fillers: [Slot: String] = [
            .project: "website", .plan: "offline sync", .task: "two", .version: "three", .a: "one",
            .b: "two", .section: "design", .template: "database migration", .reason: "the api is down",
            .assignee: "Ada", .estimate: "two hours", .due: "next friday", .label: "urgent",
            .priority: "high", .name: "kitchen timer",
            .dependsOn: "one", .status: "approved", .target: "plan", .scope: "what i just said", .format: "pdf",
            .title: "kitchen timer", .text: "buy milk", .query: "merge rules",
        ]
        for command in table.commands {
            for phrase in command.phrases {
                for variant in phrase.variants {
                    let said = variant.map { part in
                        switch part {
                        case .word(let word): word
                        case .slot(let slot): fillers[slot] ?? "?"
                        default: "?"
                        }
                    }.joined(separator: " ")
                    #expect(understand(said)?.intent == command.intent, "\(said)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aLongTextIsKeptWholeAndUnderstoodAtOnce() {
        let words = (1...12_000).map { "word\($0)" }.joined(separator: " ")
        #expect(understand("note \(words)")?.slots == ["text": .string(words)])
        #expect(understand("well, \(words)") == nil)
        #expect(understand("create new project \(words)") == nil)
    }

    @Test func theVeryNameComesBeforeOneThatIsJoined() {
        let names = LiveNames(projects: ["voice-notes", "voice notes", "voicenotes"])
        for name in ["voice-notes", "voicenotes"] {
            #expect(matcher.understand("open project \(name)", names: names)?.slots["project"] == .string(name))
        }
    }
}

extension Understanding {
    /// `name=value` pairs, for tables.
    var shownSlots: String {
        slots.sorted { $0.key < $1.key }.map { key, value in
            switch value {
            case .string(let text): "\(key)=\(text)"
            case .number(let number): "\(key)=\(Int(number))"
            default: "\(key)=?"
            }
        }.joined(separator: " ")
    }
}
