import Planning
import Speech
import Testing

@Suite struct PauseHabitTests {
    private func trailing(after pauses: [Int], usual: Int = 600) -> Int {
        var habit = PauseHabit()
        for pause in pauses { habit.wentOn(after: pause) }
        return habit.trailing(usual: usual)
    }

    @Test func whoIsNotKnownPausesAsIsUsual() {
        #expect((550...650).contains(trailing(after: [])))
        #expect((850...950).contains(trailing(after: [], usual: 900)))
    }

    @Test func whoPausesLongIsWaitedForAndWhoPausesShortIsNot() {
        let slow = trailing(after: (0..<100).map { 700 + $0 % 5 * 100 })
        let quick = trailing(after: (0..<400).map { 210 + $0 % 3 * 40 })
        #expect((1100...1300).contains(slow), "\(slow)")
        #expect((400...450).contains(quick), "\(quick)")
    }

    @Test func oneLongPauseChangesLittle() {
        #expect(trailing(after: [1500]) <= 650)
    }

    @Test func habitsChange() {
        let changed = trailing(after: (0..<300).map { _ in 1200 } + (0..<2000).map { _ in 300 })
        #expect(changed <= 500, "\(changed)")
    }

    @Test func completenessDecidesFirst() {
        let habit = PauseHabit()
        #expect(habit.trailing(.complete, usual: 600) == 0)
        #expect(habit.trailing(.incomplete, usual: 600) == 1600)
    }

    @Test func whatOneSaidOneselfIsKnownAgain() {
        var said = SelfHearing()
        said.said("Added task three: write the migration for the new tables.")
        #expect(said.recognises("added task three write the migration"))
        #expect(said.recognises("at task three write the migration for new tables"))
        #expect(!said.recognises("the new tables"))
        #expect(!said.recognises("no I meant write the documentation"))
    }

    @Test(arguments: [
        ("mm-hmm", true), ("", true), ("okay", true), ("yeah sure", true), ("I see", true), ("stop", false),
        ("no", false), ("okay next section", false), ("what about the tests", false),
    ])
    func signsToGoOnInterruptNobody(text: String, isOne: Bool) {
        #expect(Backchannel.isOne(text) == isOne)
    }

    @Test(arguments: [
        ("stop", true), ("wait a second", true), ("no not that", true), ("okay stop", true), ("it", false),
        ("what if we wrote the tests before the code", false), ("the next one", false), ("", false),
    ])
    func oneIsStoppedByAFewWords(text: String, isOne: Bool) {
        #expect(Stopping.isOne(text) == isOne)
    }
}
