import Planning
import Testing

@Suite struct TaskGraphTests {
    private func task(_ number: Int, _ minutes: Int? = nil, after: [Int] = [], _ status: PlanTask.Status = .todo)
        -> PlanTask
    {
        var task = PlanTask(
            planId: .init(rawValue: "plan"), number: number, title: "task \(number)", estimateMinutes: minutes,
            dependsOn: after)
        task.status = status
        return task
    }

    @Test func theCriticalPathIsTheLongestWayThroughWhatWaits() {
        //   1 (60) ─→ 2 (30) ─→ 4 (60)
        //        └──→ 3 (90) ─↗      5 (15)
        let graph = TaskGraph([
            task(1, 60), task(2, 30, after: [1]), task(3, 90, after: [1]), task(4, after: [2, 3]), task(5, 15),
        ])
        #expect(graph.criticalPath.map(\.number) == [1, 3, 4])
        let schedule = Dictionary(graph.schedule.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(schedule[2]?.earliestStart == 60 && schedule[2]?.slack == 60)
        #expect(schedule[4]?.earliestStart == 150 && schedule[4]?.isAssumed == true)
        #expect(schedule[5]?.slack == 195)
    }

    @Test func whatIsDoneNoLongerCounts() {
        let graph = TaskGraph([task(1, 600, after: [], .done), task(2, 30, after: [1]), task(3, 40)])
        #expect(graph.criticalPath.map(\.number) == [3])
        #expect(graph.blockers(of: 2).isEmpty)
    }

    @Test func theBlockersAreNamedNearestFirst() {
        let graph = TaskGraph([
            task(1), task(2, after: [1]), task(3, nil, after: [], .cancelled), task(4, after: [2, 3]),
        ])
        #expect(graph.blockers(of: 4).map(\.number) == [2, 1])
        #expect(graph.blockers(of: 9).isEmpty)
    }

    @Test func aCircleIsFoundBeforeItIsMade() {
        let graph = TaskGraph([task(1), task(2, after: [1]), task(3, after: [2])])
        #expect(graph.cycle(1, dependingOn: [3]) == [1, 3, 2, 1])
        #expect(graph.cycle(1, dependingOn: [1]) == [1, 1])
        #expect(graph.cycle(3, dependingOn: [1, 2]) == nil)
    }

    @Test func aCircleThatIsThereAllTheSameEndsNothing() {
        let graph = TaskGraph([task(1, after: [2]), task(2, after: [1]), task(3)])
        #expect(graph.schedule.map(\.number) == [3, 1, 2])
        #expect(graph.blockers(of: 1).map(\.number) == [2])
    }

    @Test func aLongChainIsOneCriticalPath() {
        let chain = (1...5000).map { task($0, 1, after: $0 == 1 ? [] : [$0 - 1]) }
        let schedule = TaskGraph(chain.reversed()).schedule
        #expect(schedule.map(\.number) == Array(1...5000))
        #expect(schedule.last?.earliestStart == 4999 && schedule.allSatisfy(\.isCritical))
    }
}
