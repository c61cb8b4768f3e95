import Foundation
import Interchange
import Planning
import Testing

/// A plan goes out, is edited there, and is taken in again.
@Suite struct PlanUpdateTests {
    private static let formats: [ExchangeFormat] = [
        .specKit, .openSpec, .backlog, .taskmaster, .beads, .markdown, .csv, .json,
    ]
    private static let times = 200

    @Test(arguments: formats)
    func whatWasEditedOutsideIsHereAfterwards(format: ExchangeFormat) throws {
        for seed in 1...Self.times {
            var edits = OutsideEdits(seed, format)
            let plan = edits.plan()
            guard !format.carried(plan).items.isEmpty else { continue }
            let edited = edits.edit(format.carried(plan)) { _ in true }
            let file = try edited.exported(as: format, from: plan)
            let update = try Self.update(plan, by: file, since: plan, format)
            #expect(update.conflicts == [] && update.missing == [], "seed \(seed)")
            // What is done here is not opened again; everything else is as the file has it.
            let closed = Dictionary(uniqueKeysWithValues: plan.items.map { ($0.key, $0.status) })
            let carried = format.carried(edited)
            var expected = file.plan
            try #require(expected.items.count == carried.items.count, "seed \(seed)")
            for (index, item) in carried.items.enumerated() {
                guard let status = closed[item.key], !status.isOpen, item.status.isOpen else { continue }
                expected.items[index].status = status
                expected.items[index].completedAt = plan.items.first { $0.key == item.key }?.completedAt
            }
            let differences = format.differences(update.plan, expected)
            #expect(differences == [], "seed \(seed)")
            if !differences.isEmpty { return }
            // A second time it has nothing more to say.
            let again = try Self.update(update.plan, by: file, since: plan, format)
            #expect(again.changes == [], "seed \(seed)")
            #expect(again.plan == update.plan, "seed \(seed)")
            if again.plan != update.plan { return }
        }
    }

    @Test(arguments: formats)
    func editsHereAndThereComeTogether(format: ExchangeFormat) throws {
        for seed in 1...Self.times {
            var edits = OutsideEdits(seed, format)
            let plan = edits.plan(isOpen: true)
            guard format.carried(plan).items.count > 1 else { continue }
            let odd = Set(plan.items.filter { $0.number.map { $0 % 2 == 1 } ?? false }.map(\.key))
            // The title of a task may be the heading of others: here it stays.
            var here = plan
            for index in here.items.indices where odd.contains(here.items[index].key) {
                here.items[index].body += "\n\nhere"
                here.items[index].assignee = "somebody here"
                if format != .openSpec { here.items[index].priority = .low }
            }
            let there = edits.edit(format.carried(plan), adds: false) { !odd.contains($0.key) }
            let file = try there.exported(as: format, from: plan)
            let update = try Self.update(here, by: file, since: plan, format)
            #expect(update.conflicts == [] && update.kept == [] && update.missing == [], "seed \(seed)")
            for (before, after) in zip(here.items, update.plan.items) where odd.contains(before.key) {
                #expect(before == after, "seed \(seed)")
            }
            let carried = format.carried(update.plan)
            for item in format.carried(there).items where !odd.contains(item.key) {
                let same = carried.items.first { $0.key == item.key }
                #expect(same == item, "seed \(seed)")
                if same != item { return }
            }
        }
    }

    private static func update(
        _ ours: PlanFile, by file: Imported, since plan: PlanFile, _ format: ExchangeFormat
    ) throws -> PlanUpdate {
        var base = ExportBase(of: file, plan.key ?? "", format)
        for state in [ours, plan] { guard try base.look(at: state) else { break } }
        #expect(!base.isUnknown)
        return try PlanUpdate(
            of: ours, by: file, since: base, format, lastNumber: ours.items.compactMap(\.number).max() ?? 0,
            file: "name")
    }

    // MARK: Case by case

    private func plan(_ titles: String...) -> PlanFile {
        var plan = PlanFile(title: "sync")
        plan.key = Plan.ID.make().rawValue
        plan.number = 1
        plan.content = "# sync\n\n## Goal\n\nthis\n\n## Design\n\nthat\n"
        for (index, title) in titles.enumerated() {
            var item = PlanFile.Item(key: PlanTask.ID.make().rawValue, title: title)
            item.number = index + 1
            plan.items.append(item)
        }
        return plan
    }

    /// The export of `plan` after `edit` of its text.
    private func edited(
        _ plan: PlanFile, _ format: ExchangeFormat, _ edit: (inout String) -> Void
    ) throws -> Imported {
        let files = try format.write(plan).files.map { file in
            var text = String(decoding: file.bytes, as: UTF8.self)
            edit(&text)
            return ExchangedFile(file.name, Array(text.utf8))
        }
        return try format.read(ImportSource("name", files))
    }

    @Test func whatBothChangedStaysAndIsNamed() throws {
        let plan = plan("store", "index")
        let file = try edited(plan, .specKit) { $0.replace("store", with: "the store") }
        var here = plan
        here.items[0].title = "a store"
        let update = try Self.update(here, by: file, since: plan, .specKit)
        #expect(update.plan == here && update.kept == ["the title of task 1 was changed here too and stays"])
    }

    @Test func whatIsDoneHereStaysDoneAndWhatTheFileLacksStays() throws {
        var plan = plan("store", "index", "search")
        plan.items[0].status = .done
        let file = try edited(plan, .specKit) {
            $0.replace("- [X] T001", with: "- [ ] T001")
            $0.replace("- [ ] T002 index\n", with: "")
        }
        let update = try Self.update(plan, by: file, since: plan, .specKit)
        #expect(update.plan == plan && update.changes == [])
        #expect(update.kept == ["task 1 is done here and stays so; the file says todo"])
        #expect(update.missing == ["task 2, “index”"])
    }

    @Test func whatIsNewHereIsNotMissingThere() throws {
        let plan = plan("store")
        let file = try edited(plan, .specKit) { $0 += "- [ ] T002 index (depends on T001)\n" }
        var here = plan
        var own = PlanFile.Item(key: PlanTask.ID.make().rawValue, title: "search")
        own.number = 2
        here.items.append(own)
        let update = try Self.update(here, by: file, since: plan, .specKit)
        #expect(update.missing == [] && update.plan.items.map(\.title) == ["store", "search", "index"])
        // Its number is taken here.
        #expect(update.plan.items.map(\.number) == [1, 2, 3])
        #expect(update.plan.items[2].dependsOn == [plan.items[0].key])
    }

    @Test func aTaskThatWasTakenAwayHereStaysAway() throws {
        let plan = plan("store", "index")
        let file = try edited(plan, .specKit) { $0.replace("T002 index", with: "T002 indexes (depends on T001)") }
        var here = plan
        here.items.removeFirst()
        let update = try Self.update(here, by: file, since: plan, .specKit)
        #expect(update.plan.items.map(\.title) == ["indexes"] && update.plan.items[0].dependsOn == [])
        let both = try edited(plan, .specKit) { $0.replace("T001 store", with: "T001 stores") }
        let second = try Self.update(here, by: both, since: plan, .specKit)
        #expect(second.kept == ["task 1, “store”, was taken away here and stays away"] && second.plan == here)
    }

    @Test(arguments: [
        ("## Goal\n\nmine\n", [String](), "mine", "theirs"),
        ("## Goal\n\nthis\n", [], "this", "theirs"),
    ])
    func sectionsAreJoined(goal: String, conflicts: [String], says: String, also: String) throws {
        let plan = plan("store")
        let file = try edited(plan, .markdown) { $0.replace("that", with: "theirs") }
        var here = plan
        here.content.replace("## Goal\n\nthis\n", with: goal)
        let update = try Self.update(here, by: file, since: plan, .markdown)
        #expect(update.changesText && update.conflicts.map(\.description) == conflicts)
        #expect(update.plan.content.contains(says) && update.plan.content.contains(also))
    }

    @Test func sectionsThatBothChangedAreNamed() throws {
        let plan = plan("store")
        let file = try edited(plan, .backlog) { $0.replace("that", with: "theirs") }
        var here = plan
        here.content.replace("that", with: "mine")
        let update = try Self.update(here, by: file, since: plan, .backlog)
        #expect(update.conflicts.map(\.description) == ["Design"] && !update.changesText)
    }

    @Test func withoutTheStateOfTheExportTheFileIsTaken() throws {
        let plan = plan("store", "index")
        let file = try edited(plan, .markdown) { $0.replace("- [ ] store", with: "- [x] stores") }
        var here = plan
        here.items[0].title = "the store"
        var base = ExportBase(of: file, plan.key ?? "", .markdown)
        #expect(try base.look(at: here))
        #expect(base.isUnknown)
        let update = try PlanUpdate(of: here, by: file, since: base, .markdown, lastNumber: 2, file: "name")
        #expect(update.plan.items[0].title == "stores" && update.plan.items[0].status == .done)
        here.content += "\n## Risks\n\nnone\n"
        let other = try edited(plan, .markdown) { $0.replace("that", with: "theirs") }
        base = ExportBase(of: other, plan.key ?? "", .markdown)
        _ = try base.look(at: here)
        let text = try PlanUpdate(of: here, by: other, since: base, .markdown, lastNumber: 2, file: "name")
        #expect(text.conflicts.map(\.description) == ["Design"])
    }

    @Test func whatWouldWaitForItselfIsRefused() throws {
        let plan = plan("store", "index")
        let file = try edited(plan, .specKit) { $0.replace("T002 index", with: "T002 index (depends on T001)") }
        var here = plan
        here.items[0].dependsOn = [plan.items[1].key]
        let refusal = #expect(throws: InterchangeError.self) {
            try Self.update(here, by: file, since: plan, .specKit)
        }
        #expect(refusal.map { "\($0)".contains("a task cannot wait for itself") } ?? false)
    }

    @Test func linesWithoutNumbersAreKnownByTheirWords() throws {
        let plan = plan("make the store", "make the index", "write the search")
        let file = try edited(plan, .openSpec) {
            $0.replace("- [ ] 1.1 make the store", with: "- [x] 1.9 begin\n- [ ] 1.1 make the big store")
            $0.replace("write the search", with: "find")
        }
        let update = try Self.update(plan, by: file, since: plan, .openSpec)
        #expect(
            update.plan.items.map(\.title) == ["make the big store", "make the index", "find", "begin"])
        #expect(update.plan.items.map(\.status) == [.todo, .todo, .todo, .done])
    }
}
