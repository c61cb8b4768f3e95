import Planning

/// One change of a task that is said in one sentence.
enum TaskEdit: Sendable {
    case block(String?)
    case assign(String)
    case estimate(SpokenEstimate)
    case prioritise(Priority)
    case label(String)
    case unlabel(String)

    func apply(to task: inout PlanTask) {
        switch self {
        case .block(let reason):
            task.status = .blocked
            guard let reason else { return }
            let line = "Blocked: \(Said.closed(reason))"
            task.description = task.description.isEmpty ? line : task.description + "\n\n" + line
        case .assign(let person): task.assignee = person
        case .estimate(let estimate): task.estimateMinutes = estimate.minutes
        case .prioritise(let priority): task.priority = priority
        case .label(let label): task.labels.append(label)
        case .unlabel(let label): task.labels.removeAll { $0 == label }
        }
    }

    /// For undo: “took back estimating task 3”.
    var doing: String {
        switch self {
        case .block: "blocking"
        case .assign: "assigning"
        case .estimate: "estimating"
        case .prioritise: "reprioritising"
        case .label: "labelling"
        case .unlabel: "taking a label from"
        }
    }

    /// What is said after the task's name.
    var said: String {
        switch self {
        case .block(let reason): reason.map { "is blocked: \(Said.closed($0))" } ?? "is blocked."
        case .assign(let person): person == "me" ? "is yours." : "is for \(Said.closed(person))"
        case .estimate(let estimate): "takes \(estimate.spoken)."
        case .prioritise(let priority): "has \(priority.rawValue) priority now."
        case .label(let label): "has the label \(Said.closed(label))"
        case .unlabel(let label): "has no longer the label \(Said.closed(label))"
        }
    }
}

extension SpokenEstimate {
    fileprivate var spoken: String {
        switch unit {
        case .minutes: Said.count(count, "minute")
        case .hours: Said.count(count, "hour")
        case .days: Said.count(count, "day")
        case .weeks: Said.count(count, "week")
        }
    }
}
