/// The tasks of a plan with what each waits for.
package struct TaskGraph: Sendable {
    /// When an open task can be done, in minutes of work from now, and how long it may wait without delaying the end.
    package struct Schedule: Equatable, Sendable, Codable {
        package let number: Int
        package let minutes: Int
        /// Whether nobody estimated it, and `TaskGraph.assumed` stands in.
        package let isAssumed: Bool
        package let earliestStart: Int
        package let latestStart: Int

        package var slack: Int { latestStart - earliestStart }
        package var isCritical: Bool { slack == 0 }
    }

    /// Minutes that a task without an estimate counts for.
    package static let assumed = 60

    package let tasks: [PlanTask]
    private let byNumber: [Int: PlanTask]

    package init(_ tasks: [PlanTask]) {
        self.tasks = tasks
        byNumber = Dictionary(tasks.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The open tasks that `number` waits for, directly and through others; the nearest first.
    package func blockers(of number: Int) -> [PlanTask] {
        var found: [PlanTask] = []
        var seen: Set<Int> = [number]
        var next = byNumber[number]?.dependsOn ?? []
        while !next.isEmpty {
            var further: [Int] = []
            for number in next where seen.insert(number).inserted {
                guard let task = byNumber[number], task.status.isOpen else { continue }
                found.append(task)
                further += task.dependsOn
            }
            next = further
        }
        return found
    }

    /// The way back to `number` that there would be if it waited for `others`; nil when there is none.
    package func cycle(_ number: Int, dependingOn others: [Int]) -> [Int]? {
        var waiting = others.map { [number, $0] }
        var seen: Set<Int> = []
        while let path = waiting.popLast() {
            guard let last = path.last else { continue }
            if last == number { return path }
            guard seen.insert(last).inserted else { continue }
            waiting += (byNumber[last]?.dependsOn ?? []).map { path + [$0] }
        }
        return nil
    }

    /// The open tasks in an order in which each comes after what it waits for. Everything that can goes on at once.
    package var schedule: [Schedule] {
        let open = inOrder(tasks.filter(\.status.isOpen))
        var start: [Int: Int] = [:]
        for task in open {
            start[task.number] =
                task.dependsOn.compactMap { before in
                    start[before].map { $0 + minutes(byNumber[before]) }
                }.max() ?? 0
        }
        let end = open.map { (start[$0.number] ?? 0) + minutes($0) }.max() ?? 0
        var latest: [Int: Int] = [:]
        /// When the first of those that wait for a task must begin.
        var needed: [Int: Int] = [:]
        for task in open.reversed() {
            let begin = (needed[task.number] ?? end) - minutes(task)
            latest[task.number] = begin
            for before in task.dependsOn { needed[before] = min(needed[before] ?? end, begin) }
        }
        return open.map { task in
            Schedule(
                number: task.number, minutes: minutes(task), isAssumed: task.estimateMinutes == nil,
                earliestStart: start[task.number] ?? 0, latestStart: latest[task.number] ?? 0)
        }
    }

    /// The tasks of which none may take longer without the end coming later, in their order.
    package var criticalPath: [PlanTask] { schedule.filter(\.isCritical).compactMap { byNumber[$0.number] } }

    private func minutes(_ task: PlanTask?) -> Int { task?.estimateMinutes ?? TaskGraph.assumed }

    /// By number where nothing else decides; what waits in a circle comes last.
    private func inOrder(_ tasks: [PlanTask]) -> [PlanTask] {
        let open = Set(tasks.map(\.number))
        var waiting: [Int: Int] = [:]
        var followers: [Int: [PlanTask]] = [:]
        for task in tasks {
            let before = Set(task.dependsOn).intersection(open)
            waiting[task.number] = before.count
            for number in before { followers[number, default: []].append(task) }
        }
        var ordered: [PlanTask] = []
        var free = tasks.filter { waiting[$0.number] == 0 }
        while !free.isEmpty {
            ordered += free.sorted { $0.number < $1.number }
            var next: [PlanTask] = []
            for follower in free.flatMap({ followers[$0.number] ?? [] }) {
                let left = (waiting[follower.number] ?? 0) - 1
                waiting[follower.number] = left
                if left == 0 { next.append(follower) }
            }
            free = next
        }
        return ordered + tasks.filter { (waiting[$0.number] ?? 0) > 0 }.sorted { $0.number < $1.number }
    }
}
