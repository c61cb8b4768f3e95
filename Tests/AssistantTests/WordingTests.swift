import Assistant
import Planning
import Support
import Testing

/// How people put commands, beside the phrases that are taught.
@Suite struct WordingTests {
    private let names = LiveNames(
        projects: ["website", "photo book", "photo album"], plans: ["offline sync", "billing rules"],
        tasks: [1: "Write the migration", 2: "Test the sync engine", 3: "Draw the icons"], versions: 4,
        sections: ["Overview", "Design / Data model", "Risks"], templates: TemplateSet.builtIn.names,
        openProject: "website", openPlan: "offline sync")

    private let table: CommandTable
    private let matcher: Matcher

    init() throws {
        table = try CommandTable(CommandTable.english)
        matcher = Matcher(table, phones: { _ in [] })
    }

    private func understand(_ text: String) -> Understanding? { matcher.understand(text, names: names) }

    @Test(arguments: [
        ("could you tick off the icons for me", "finish_task", "task=3"),
        ("i've just finished the migration", "finish_task", "task=1"),
        ("task two, start it", "start_task", "task=2"),
        ("for task three i'd estimate an hour and a half", "estimate_task", "estimate=90m task=3"),
        ("task one is eight points", "estimate_task", "estimate=8pt task=1"),
        ("let anna handle the sync engine", "assign_task", "assignee=anna task=2"),
        ("i'll take number three", "assign_task", "assignee=me task=3"),
        ("bump the icons up to critical", "reprioritise_task", "priority=critical task=3"),
        ("which tasks are blocked", "list_tasks", "status=blocked"),
        ("show me the tasks assigned to ben", "list_tasks", "assignee=ben"),
        ("in risks write that disks fill up", "append_to_section", "section=Risks text=disks fill up"),
        ("what does it say under data model", "read_section", "section=Design / Data model"),
        ("read billing rules to me", "read_plan", "plan=billing rules"),
        ("give me the plan as json", "export", "format=json"),
        ("what changed since version two", "compare_versions", "a=2"),
        ("roll the plan back to version three", "restore_version", "version=3"),
        ("put the project on hold", "set_status", "status=paused target=project"),
        ("switch to push to talk", "set_mode", "mode=ptt"),
        ("mark everything as done", "bulk_tasks", "action=finish filter=all"),
        ("delete all the blocked tasks", "bulk_tasks", "action=delete filter=blocked"),
        ("forget everything", "forget", "scope=all"),
        ("no, i meant task two", "correct", "text=task two"),
        ("next section", "next", ""), ("slow down a bit", "slower", ""), ("go to sleep", "sleep", ""),
        ("what can i say", "help", ""), ("scratch that", "undo", ""),
    ])
    func peoplePutItInTheirOwnWords(said: String, intent: String, slots: String) throws {
        let understanding = try #require(understand(said))
        #expect(understanding.intent.rawValue == intent)
        #expect(understanding.shownSlots == slots)
    }

    @Test(arguments: [
        ("add a task called ship it with high priority", "priority=high title=ship it"),
        ("new task: ship it, it should take two days", "estimate=2d title=ship it"),
        ("add a task ship it and give it to Priya", "assignee=priya title=ship it"),
        ("make a critical task to stop the bleeding", "priority=critical title=stop the bleeding"),
        ("add task ship it priority low estimate four hours", "estimate=4h priority=low title=ship it"),
    ])
    func whatIsSaidBesideATitleIsNoPartOfIt(said: String, slots: String) throws {
        let understanding = try #require(understand(said))
        #expect(understanding.intent == .addTask)
        #expect(understanding.shownSlots == slots)
    }

    @Test(arguments: [
        ("start task one, no, sorry, task two", "start_task", "task=2"),
        ("assign task two to anna, i mean to ben", "assign_task", "assignee=ben task=2"),
        ("open photo book no wait website", "open_project", "project=website"),
        ("set task one to high, sorry, medium priority", "reprioritise_task", "priority=medium task=1"),
    ])
    func wordsAreTakenBackInTheMiddle(said: String, intent: String, slots: String) throws {
        let understanding = try #require(understand(said))
        #expect(understanding.intent.rawValue == intent)
        #expect(understanding.shownSlots == slots)
    }

    @Test(arguments: [
        "don't delete task two", "should we delete task two", "if task two is done we can ship",
        "i never start task three on a monday", "is task two really high priority",
        "task two was harder than i expected",
        "what would happen if we archived everything", "all tasks look the same to me",
        "give people a reason to come back", "the icons are driving me crazy", "next year we move to france",
    ])
    func speechAboutThingsOfAloudIsNoCommand(said: String) {
        #expect(understand(said) == nil)
    }

    @Test(arguments: ["delete all tasks", "archive every completed plan", "forget everything", "delete the icons"])
    func whatTakesAwayAsksFirst(said: String) throws {
        let understanding = try #require(understand(said))
        #expect(table.asksFirst(understanding))
    }

    @Test func aNameThatFitsTwoIsNotGuessed() throws {
        let understanding = try #require(understand("open the photo project"))
        #expect(understanding.intent == .openProject)
        #expect(understanding.slots.isEmpty)
        #expect(understanding.unclear != nil)
    }

    /// The recogniser's grammar holds the phrases alone: its memory grows with every one.
    @Test func noWordingEntersTheGrammar() throws {
        #expect(
            try CommandTable(CommandTable.english).phrases == CommandTable(CommandTable.english, wordings: []).phrases)
    }

    @Test(arguments: [
        ("one two and three", [1, 2, 3]), ("three through five", [3, 4, 5]), ("4, 5 and 12", [4, 5, 12]),
    ])
    func severalNumbersAreReadAsPeopleSayThem(said: String, numbers: [Int]) {
        #expect(SpokenNumberList(SpokenWords(said).plain)?.numbers == numbers)
    }

    @Test(arguments: ["one", "one and a half", "five through three", "some of them", "one through nine thousand", ""])
    func whatNamesNoSeveralNumbersIsNone(said: String) {
        #expect(SpokenNumberList(SpokenWords(said).plain) == nil)
    }
}
