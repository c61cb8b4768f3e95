import Planning
import Storage
import Support

/// What is done to many tasks at once.
enum BulkAction: String, Sendable {
    case delete, cancel, finish, assign, reprioritise, reopen, block

    /// “Delete three tasks”, “Mark three tasks as done”.
    func said(_ tasks: String, _ understanding: Understanding) -> String {
        switch self {
        case .delete: "Delete \(tasks)"
        case .cancel: "Cancel \(tasks)"
        case .finish: "Mark \(tasks) as done"
        case .reopen: "Open \(tasks) again"
        case .block: "Mark \(tasks) as blocked"
        case .assign: "Give \(tasks) to \(understanding.text(.assignee) ?? "nobody")"
        case .reprioritise: "Give \(tasks) \(understanding.text(.priority) ?? "no") priority"
        }
    }

    /// Whether it would change this task.
    func concerns(_ task: PlanTask, _ understanding: Understanding) -> Bool {
        switch self {
        case .delete: true
        case .cancel, .finish: task.status.isOpen
        case .block: task.status.isOpen && task.status != .blocked
        case .reopen: task.status == .done || task.status == .cancelled || task.status == .blocked
        case .assign: task.assignee != understanding.text(.assignee)
        case .reprioritise: task.priority.rawValue != understanding.text(.priority)
        }
    }

    func apply(to task: inout PlanTask, _ understanding: Understanding) {
        switch self {
        case .delete: break
        case .cancel: task.status = .cancelled
        case .finish: task.status = .done
        case .reopen: task.status = .todo
        case .block: task.status = .blocked
        case .assign: task.assignee = understanding.text(.assignee)
        case .reprioritise:
            if let priority = understanding.text(.priority).flatMap(Priority.init) { task.priority = priority }
        }
    }
}

extension Dialogue {
    /// Names the count, and waits for a clear yes to just these tasks: one that is added meanwhile is none of them.
    func askAboutTasks(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let action = action(understanding) else { return Outcome("I don't know what to do with those tasks.") }
        let all = try await store.tasks(of: plan.id)
        if let named = understanding.taskNumbers {
            let missing = named.filter { number in !all.contains { $0.number == number } }
            guard missing.isEmpty else {
                return Outcome("\(plan.title) has no task \(Said.list(missing.map(String.init))).")
            }
        }
        let meant = all.filter { understanding.means($0) && action.concerns($0, understanding) }
        guard !meant.isEmpty else { return Outcome("No task of \(plan.title) is to be changed by that.") }
        var certain = understanding
        certain.slots[Slot.tasks.rawValue] = .array(meant.map { .number(Double($0.number)) })
        certain.slots["filter"] = nil
        let whole =
            meant.count == all.count && meant.count > 1
            ? "all \(Said.count(meant.count, "task"))" : Said.count(meant.count, "task")
        return Outcome(
            .asking("\(action.said("\(whole) of \(plan.title)", understanding))? Say yes or no."),
            question: .confirm(certain))
    }

    /// One change for all of them: one undo takes it back.
    func changeTasks(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let action = action(understanding), let numbers = understanding.taskNumbers else {
            return try await askAboutTasks(understanding, scene)
        }
        let known = Set(try await store.tasks(of: plan.id).map(\.number))
        let meant = numbers.filter(known.contains)
        let count = Said.count(meant.count, "task")
        try await store.change(scene.origin, "changing \(count) of \(plan.title)") { change in
            for number in meant {
                guard action != .delete else {
                    try change.deleteTask(number, of: plan.id)
                    continue
                }
                try change.updateTask(number, of: plan.id) { action.apply(to: &$0, understanding) }
            }
        }
        return Outcome("\(action.done) \(count) of \(plan.title). Say undo to take it back.")
    }

    private func action(_ understanding: Understanding) -> BulkAction? {
        understanding.slots["action"]?.string.flatMap(BulkAction.init)
    }
}

extension BulkAction {
    fileprivate var done: String {
        switch self {
        case .delete: "Deleted"
        case .cancel: "Cancelled"
        case .finish: "Finished"
        case .reopen: "Opened again"
        case .block: "Blocked"
        case .assign: "Gave away"
        case .reprioritise: "Reprioritised"
        }
    }
}

extension Understanding {
    fileprivate var taskNumbers: [Int]? {
        slots[Slot.tasks.rawValue]?.array?.compactMap { $0.number.flatMap(Int.init(exactly:)) }
    }

    /// Whether the task is one that was named, by its number or by its status.
    fileprivate func means(_ task: PlanTask) -> Bool {
        if let taskNumbers { return taskNumbers.contains(task.number) }
        guard let filter = slots["filter"]?.string, filter != "all" else { return true }
        return task.status.rawValue == filter
    }
}
