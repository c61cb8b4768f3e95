import Planning
import Testing

/// Predictions, each with its reason.
@Suite struct ForecastTests {
    private static let plan = Plan.ID.make()

    private func task(
        _ number: Int, _ title: String, _ minutes: Int? = 60, after: [Int] = [], text: String = "",
        _ edit: (inout PlanTask) -> Void = { _ in }
    ) -> PlanTask {
        var task = PlanTask(
            planId: Self.plan, number: number, title: title, description: text, estimateMinutes: minutes,
            dependsOn: after)
        edit(&task)
        return task
    }

    private func told(_ tasks: [PlanTask], history: [PlanTask] = [], today: Day? = nil) -> [String] {
        TaskForecast(tasks, history: history).predictions(today: today).map { prediction in
            "\(prediction.task) \(prediction.kind.rawValue)" + (prediction.dependsOn.map { " \($0)" } ?? "")
        }
    }

    @Test func whatIsOrdinaryIsNotTalkedAbout() {
        #expect(told([task(1, "Build the queue"), task(2, "Choose colours")]).isEmpty)
    }

    @Test func theTasksThemselvesTellOfRisks() {
        #expect(
            told([task(1, "Build it", nil), task(2, "Paint it", 2000), task(3, "Investigate the leak")]) == [
                "1 unestimated", "2 large", "3 vague",
            ])
        let crowd = [task(1, "Pour concrete")] + (2...4).map { task($0, "Wall number \($0)", after: [1]) }
        #expect(told(crowd) == ["1 bottleneck"])
    }

    @Test func historyTellsOfRisks() {
        func past(_ number: Int, _ title: String, took: Int, of estimate: Int) -> PlanTask {
            task(number, title, estimate) {
                $0.status = .done
                $0.actualMinutes = took
            }
        }
        let history = (1...3).map { past($0, "Old work \($0)", took: 130, of: 100) }
        #expect(told([task(9, "Draw boxes", 60)], history: history) == ["9 overruns"])
        let trouble = [past(5, "Migrate customer records", took: 900, of: 100)]
        #expect(told([task(9, "Import customer records again")], history: trouble) == ["9 precedent"])
        #expect(told([task(9, "Draw boxes")], history: trouble).isEmpty)
    }

    @Test func whatCannotBeDoneInTimeIsToldOfTheDay() {
        let today = Day(year: 2027, month: 3, day: 1)
        let due = Day(year: 2027, month: 3, day: 2)
        #expect(
            told(
                [task(1, "Pour concrete", 900), task(2, "Raise walls", 480, after: [1]) { $0.dueOn = due }],
                today: today) == ["2 late"])
        #expect(told([task(1, "Raise walls", 480) { $0.dueOn = due }], today: today).isEmpty)
    }

    @Test(arguments: [
        ("Build the import queue", "Test the import queue", "", true),
        ("Write the import queue", "Deploy the import queue to staging", "", true),
        ("Build the import queue", "Paint the garden fence", "It can begin after task 1.", true),
        ("Build the import queue", "Paint the garden fence", "Once the import queue stands, paint.", true),
        ("Build the import queue", "Paint the garden fence", "", false),
        ("Test the import queue", "Build the import queue", "", false),
    ]) func dependenciesAreGuessedFromWords(first: String, second: String, text: String, isGuessed: Bool) {
        let found = told([task(1, first), task(2, second, text: text)])
        #expect(found.contains("2 dependency 1") == isGuessed, "\(found)")
    }

    @Test func whatIsKnownOrWouldGoInACircleIsNotProposed() {
        #expect(told([task(1, "Build the import queue"), task(2, "Test the import queue", after: [1])]).isEmpty)
        #expect(told([task(1, "Build the import queue", after: [2]), task(2, "Test the import queue")]).isEmpty)
    }
}
