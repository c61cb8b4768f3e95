import Planning
import Storage
import Support

/// Which tasks of a plan are meant: by status, by who does them, by priority.
struct TaskFilter: Equatable, Sendable {
    var status: PlanTask.Status?
    var assignee: String?
    var priority: Priority?

    init(_ understanding: Understanding) {
        status = understanding.slots["status"]?.string.flatMap(PlanTask.Status.init)
        assignee = understanding.text(.assignee)
        priority = understanding.text(.priority).flatMap(Priority.init)
    }

    var isEmpty: Bool { self == TaskFilter() }

    private init() {}

    func takes(_ task: PlanTask) -> Bool {
        (status == nil || task.status == status)
            && (assignee == nil || task.assignee?.lowercased() == assignee?.lowercased())
            && (priority == nil || task.priority == priority && task.status.isOpen)
    }

    /// “blocked task”, “task of Anna”; in the singular.
    func said(_ count: Int) -> String {
        let kind = [priority.map { "\($0.rawValue) priority" }, status?.spoken].compactMap(\.self) + ["task"]
        let whose = assignee.map { $0 == "me" ? " of yours" : " for \($0)" } ?? ""
        return Said.count(count, kind.joined(separator: " ")) + whose
    }
}

extension Dialogue {
    func listTasks(_ filter: TaskFilter, of plan: Plan) async throws -> Outcome {
        let tasks = try await store.tasks(of: plan.id).filter(filter.takes)
        let count = "\(plan.title) has \(filter.said(tasks.count))."
        let told = tasks.prefix(Dialogue.spokenItems).map { " Task \($0.number): \(Said.closed($0.title))" }
        let rest = tasks.count - told.count
        return Outcome(count + told.joined() + (rest > 0 ? " And \(rest) more." : ""))
    }
}

extension Understanding {
    /// What was said of a new task besides its title.
    var taskEdits: [TaskEdit] {
        [
            text(.priority).flatMap(Priority.init).map(TaskEdit.prioritise),
            text(.estimate).flatMap { SpokenEstimate([$0]) }.map(TaskEdit.estimate),
            text(.assignee).map(TaskEdit.assign),
        ].compactMap(\.self)
    }
}
