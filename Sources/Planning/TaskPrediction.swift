/// What may go wrong with a task, or what it may have to wait for: a guess with its reason, never more than proposed.
package struct TaskPrediction: Equatable, Sendable, Codable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case unestimated, large, overruns, vague, bottleneck, late
        /// Something much like it went wrong before.
        case precedent
        /// It seems to wait for another task without saying so.
        case dependency
    }

    package let kind: Kind
    package let task: Int
    /// Of a dependency: the task that should be done before.
    package let dependsOn: Int?
    package let reason: String

    init(_ kind: Kind, _ task: Int, dependsOn: Int? = nil, _ reason: String) {
        self.kind = kind
        self.task = task
        self.dependsOn = dependsOn
        self.reason = reason
    }
}

/// Predictions about the open tasks of a plan, from their texts, their order and what became of earlier tasks.
package struct TaskForecast: Sendable {
    private let tasks: [PlanTask]
    private let history: [PlanTask]
    private let graph: TaskGraph
    private let words: [Int: Set<String>]

    /// More than this is split rather than estimated: two days of work, in minutes.
    static let large = 960
    /// Minutes of work that a day has.
    static let day = 480
    /// How many must wait for a task before it is called a bottleneck.
    static let crowd = 3
    /// Predictions of one kind at most.
    static let most = 20

    /// - Parameter history: Tasks of the same project, of this plan and of others; what is open in it says nothing.
    package init(_ tasks: [PlanTask], history: [PlanTask]) {
        self.tasks = Array(tasks.filter(\.status.isOpen).prefix(300))
        self.history = Array(history.filter { $0.status != .todo && $0.status != .inProgress }.prefix(2000))
        graph = TaskGraph(tasks)
        words = Dictionary(
            self.tasks.map { ($0.number, TaskWords.significant(in: $0.title)) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// Sorted by task; of each kind the first ones.
    package func predictions(today: Day? = nil) -> [TaskPrediction] {
        let all = risks() + bottlenecks() + precedents() + late(today) + dependencies()
        return TaskPrediction.Kind.allCases.flatMap { kind in all.filter { $0.kind == kind }.prefix(Self.most) }
            .sorted { ($0.task, $0.dependsOn ?? 0) < ($1.task, $1.dependsOn ?? 0) }
    }

    // MARK: Risks

    private func risks() -> [TaskPrediction] {
        let calibration = EstimateCalibration(history)
        return tasks.flatMap { task -> [TaskPrediction] in
            var found: [TaskPrediction] = []
            if let minutes = task.estimateMinutes {
                if minutes > Self.large {
                    found.append(
                        TaskPrediction(
                            .large, task.number,
                            "it is estimated at \(minutes / 60) hours; what takes more than two days is seldom foreseen"
                        ))
                }
                if let calibration, calibration.factor >= 1.2 {
                    let expected = Int((Double(minutes) * calibration.factor).rounded())
                    found.append(
                        TaskPrediction(
                            .overruns, task.number,
                            "\(calibration.samples) measured tasks of this project took \(calibration.factor.tenths) times "
                                + "their estimate; expect about \(expected) minutes rather than \(minutes)"))
                }
            } else {
                found.append(TaskPrediction(.unestimated, task.number, "nobody has said how long it takes"))
            }
            if let word = TaskWords.vague(in: task.title + " " + task.description) {
                found.append(TaskPrediction(.vague, task.number, "“\(word)” says that something is not known yet"))
            }
            return found
        }
    }

    private func bottlenecks() -> [TaskPrediction] {
        tasks.compactMap { task in
            let waiting = tasks.filter { graph.blockers(of: $0.number).contains { $0.number == task.number } }
            guard waiting.count >= Self.crowd else { return nil }
            return TaskPrediction(.bottleneck, task.number, "\(waiting.count) open tasks wait for it")
        }
    }

    private func precedents() -> [TaskPrediction] {
        tasks.compactMap { task in
            guard let mine = words[task.number], mine.count >= 2 else { return nil }
            for old in history {
                guard let trouble = old.trouble else { continue }
                let theirs = TaskWords.significant(in: old.title)
                guard mine.intersection(theirs).count * 2 > min(mine.count, theirs.count), theirs.count >= 2 else {
                    continue
                }
                return TaskPrediction(.precedent, task.number, "“\(old.title)” is much like it and \(trouble)")
            }
            return nil
        }
    }

    private func late(_ today: Day?) -> [TaskPrediction] {
        guard let today else { return [] }
        let ends = Dictionary(
            graph.schedule.map { ($0.number, $0.earliestStart + $0.minutes) }, uniquingKeysWith: { first, _ in first })
        return tasks.compactMap { task in
            guard let due = task.dueOn, let minutes = ends[task.number] else { return nil }
            let days = (minutes + Self.day - 1) / Self.day
            let left = today.days(until: due)
            guard left < days else { return nil }
            let room = left < 0 ? "that day is over" : "\(left) days are left"
            return TaskPrediction(
                .late, task.number,
                "it is due on \(due), and what must be done until then takes \(days) days of work; \(room)")
        }
    }

    // MARK: Dependencies

    private func dependencies() -> [TaskPrediction] {
        var found: [TaskPrediction] = []
        for task in tasks {
            let waits = Set(graph.blockers(of: task.number).map(\.number))
            for other in tasks where other.number != task.number && !waits.contains(other.number) {
                guard let reason = reason(task, waitsFor: other),
                    graph.cycle(task.number, dependingOn: task.dependsOn + [other.number]) == nil,
                    !found.contains(where: { $0.task == other.number && $0.dependsOn == task.number })
                else { continue }
                found.append(TaskPrediction(.dependency, task.number, dependsOn: other.number, reason))
            }
        }
        return found
    }

    private func reason(_ task: PlanTask, waitsFor other: PlanTask) -> String? {
        if TaskWords.names(other.number, in: task.title + ". " + task.description) {
            return "its text says that it comes after task \(other.number)"
        }
        guard let mine = words[task.number], let theirs = words[other.number], !theirs.isEmpty else { return nil }
        let shared = mine.intersection(theirs)
        if TaskWords.uses(task.title), TaskWords.makes(other.title),
            shared.count * 2 >= min(mine.count, theirs.count), !shared.isEmpty
        {
            return "“\(task.title)” works on what “\(other.title)” makes"
        }
        let said = TaskWords.significant(in: TaskWords.afterSignal(task.title + ". " + task.description))
        if theirs.count >= 2, theirs.isSubset(of: said) {
            return "its text names “\(other.title)” as what comes before"
        }
        return nil
    }
}

extension PlanTask {
    /// What went wrong with a task of the past; nil when nothing did.
    fileprivate var trouble: String? {
        if status == .cancelled { return "was given up" }
        if status == .blocked { return "is blocked" }
        guard let actual = actualMinutes, let estimate = estimateMinutes, Double(actual) >= 1.5 * Double(estimate)
        else {
            return nil
        }
        return "took \(actual) minutes in place of \(estimate)"
    }
}

extension Double {
    fileprivate var tenths: String {
        let tenths = Int((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
