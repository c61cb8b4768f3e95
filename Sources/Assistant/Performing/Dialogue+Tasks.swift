import Planning
import Storage

extension Dialogue {
    func addTask(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let title = understanding.text(.title) else {
            return Outcome(.asking("What is the task?"), question: .fill(understanding, .title))
        }
        let waitsFor = understanding.number(.dependsOn)
        if let waitsFor, scene.names.tasks[waitsFor] == nil { return Outcome("\(plan.title) has no task \(waitsFor).") }
        let edits = understanding.taskEdits
        let task = try await store.change(scene.origin, "adding task \(title)") { change in
            try change.addTask(to: plan.id, title: title) {
                $0.dependsOn = waitsFor.map { [$0] } ?? []
                for edit in edits { edit.apply(to: &$0) }
            }
        }
        let after = waitsFor.map { ", after task \($0): " } ?? ": "
        let more = edits.map { "It \($0.said)" }.joined(separator: " ")
        return Outcome("Added task \(task.number)\(after)\(Said.closed(title))" + (more.isEmpty ? "" : " \(more)"))
    }

    func listTasks(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        let filter = TaskFilter(understanding)
        guard filter.isEmpty else { return try await listTasks(filter, of: plan) }
        let tasks = try await store.tasks(of: plan.id)
        let open = tasks.filter(\.status.isOpen)
        guard !open.isEmpty else {
            return Outcome(
                tasks.isEmpty
                    ? "\(plan.title) has no tasks yet." : "All \(tasks.count) tasks of \(plan.title) are done.")
        }
        let told = open.prefix(Dialogue.spokenItems).map { task in
            "Task \(task.number): \(task.title)" + (task.status == .todo ? "." : ", \(task.status.spoken).")
        }
        let rest = open.count - told.count
        return Outcome(
            "\(plan.title) has \(Said.count(open.count, "open task")). " + told.joined(separator: " ")
                + (rest > 0 ? " And \(rest) more." : ""))
    }

    func moveTask(_ understanding: Understanding, to status: PlanTask.Status, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let number = understanding.number(.task) else {
            return Outcome(.asking("Which task? Say its number."), question: .fill(understanding, .task))
        }
        guard let task = try await store.tasks(of: plan.id).first(where: { $0.number == number }) else {
            return Outcome("\(plan.title) has no task \(number).")
        }
        guard task.status != status else {
            return Outcome("Task \(number) is \(status.spoken) already: \(task.title).")
        }
        // A finished task is not begun again by a word that may have been misheard.
        if status == .inProgress, !task.status.isOpen {
            return Outcome("Task \(number) is \(task.status.spoken): \(task.title). Say undo if that was wrong.")
        }
        try await store.change(scene.origin, "marking task \(number) \(status.spoken)") { change in
            try change.updateTask(number, of: plan.id) { $0.status = status }
        }
        return Outcome("Task \(number) is \(status.spoken): \(task.title).")
    }

    /// Blocks, assigns, estimates or reprioritises the task that was named.
    func changeTask(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let number = understanding.number(.task) else {
            return Outcome(.asking("Which task? Say its number."), question: .fill(understanding, .task))
        }
        guard let task = try await store.tasks(of: plan.id).first(where: { $0.number == number }) else {
            return Outcome("\(plan.title) has no task \(number).")
        }
        let edit: TaskEdit
        switch understanding.intent {
        case .blockTask:
            guard task.status.isOpen else { return Outcome("Task \(number) is \(task.status.spoken): \(task.title).") }
            edit = .block(understanding.text(.reason))
        case .assignTask:
            guard let assignee = understanding.text(.assignee) else {
                return Outcome(.asking("Who does task \(number)?"), question: .fill(understanding, .assignee))
            }
            edit = .assign(assignee)
        case .estimateTask:
            let words = SpokenWords(understanding.text(.estimate) ?? "").plain
            guard let estimate = SpokenEstimate(words) else {
                return Outcome(
                    .asking("How long will task \(number) take?"), question: .fill(understanding, .estimate))
            }
            edit = .estimate(estimate)
        case .labelTask, .unlabelTask:
            let isLabelling = understanding.intent == .labelTask
            guard let label = understanding.text(.label) else {
                return Outcome(.asking("Which label?"), question: .fill(understanding, .label))
            }
            let known = task.labels.first { $0.lowercased() == label.lowercased() }
            guard (known != nil) != isLabelling else {
                let has = isLabelling ? "has the label \(label) already" : "has no label \(label)"
                return Outcome("Task \(number), \(task.title), \(Said.closed(has))")
            }
            edit = isLabelling ? .label(label) : .unlabel(known ?? label)
        default:
            guard let priority = understanding.text(.priority).flatMap(Priority.init) else {
                return Outcome(
                    .asking("Low, medium, high or critical?"), question: .fill(understanding, .priority))
            }
            edit = .prioritise(priority)
        }
        try await store.change(scene.origin, "\(edit.doing) task \(number)") { change in
            try change.updateTask(number, of: plan.id) { edit.apply(to: &$0) }
        }
        return Outcome("Task \(number), \(task.title), \(edit.said)")
    }

    /// The one task waits for the other from now on.
    func addDependency(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let number = understanding.number(.task), let other = understanding.number(.dependsOn) else {
            return Outcome("Say which task waits for which, by their numbers.")
        }
        let tasks = try await store.tasks(of: plan.id)
        guard let task = tasks.first(where: { $0.number == number }) else {
            return Outcome("\(plan.title) has no task \(number).")
        }
        guard tasks.contains(where: { $0.number == other }) else {
            return Outcome("\(plan.title) has no task \(other).")
        }
        guard !task.dependsOn.contains(other) else { return Outcome("Task \(number) waits for task \(other) already.") }
        try await store.change(scene.origin, "making task \(number) wait for task \(other)") { change in
            try change.updateTask(number, of: plan.id) { $0.dependsOn.append(other) }
        }
        return Outcome("Task \(number), \(task.title), waits for task \(other).")
    }

    func deleteTask(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let number = understanding.number(.task), let title = scene.names.tasks[number] else {
            return Outcome("\(plan.title) has no such task.")
        }
        try await store.change(scene.origin, "deleting task \(number)") { try $0.deleteTask(number, of: plan.id) }
        return Outcome("Deleted task \(number), \(title). Say undo to bring it back.")
    }

    func nextTask(_ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        let tasks = try await store.tasks(of: plan.id)
        let open = tasks.filter(\.status.isOpen)
        guard let next = tasks.ready.first else {
            return Outcome(
                open.isEmpty
                    ? "Nothing is left to do in \(plan.title)."
                    : Dialogue.stuck(open, in: plan))
        }
        let unfinished = try await store.plansBefore(plan).filter { !$0.isFinished }
        guard unfinished.isEmpty || next.status == .inProgress else {
            let names = Said.list(unfinished.prefix(3).map { "plan \($0.number), \($0.title)" })
            let more = unfinished.count > 3 ? " and \(Said.count(unfinished.count - 3, "other"))" : ""
            return Outcome(
                "\(Said.sentence("\(plan.title) waits for \(names)\(more)")) "
                    + "The first here will be task \(next.number): \(Said.closed(next.title))")
        }
        return Outcome("Next is task \(next.number): \(next.title). \(Said.sentence(next.whyNext(among: tasks)))")
    }

    /// Nothing can be begun: says what stands in the way.
    private static func stuck(_ open: [PlanTask], in plan: Plan) -> String {
        let blocked = open.filter { $0.status == .blocked }
        let all = open.count == 1 ? "The only open task of \(plan.title) waits" : "All open tasks of \(plan.title) wait"
        guard let first = blocked.first else { return "\(all) for each other; one of them must wait for less." }
        return "\(all): task \(first.number), \(first.title), is blocked."
    }

    func undo(_ scene: Scene) async throws -> Outcome {
        let said = try await store.undo(scene.origin).told(done: "Took back", nothing: "There is nothing to undo.")
        guard let plan = scene.plan else { return Outcome(said) }
        return try await asking(said, try await store.plan(plan.id))
    }

    func redo(_ scene: Scene) async throws -> Outcome {
        Outcome(try await store.redo(scene.origin).told(done: "Did again:", nothing: "There is nothing to redo."))
    }
}

extension Reversal {
    fileprivate func told(done: String, nothing: String) -> String {
        switch self {
        case .done(let what): Said.sentence("\(done) \(what)")
        case .nothing: nothing
        case .outOfDate(let what): "I left it: something has changed since \(what)."
        }
    }
}

extension PlanTask {
    func whyNext(among tasks: [PlanTask]) -> String {
        let waiting = tasks.count { $0.status.isOpen && $0.dependsOn.contains(number) }
        if status == .inProgress { return "you began it" }
        if priority == .critical || priority == .high { return "its priority is \(priority.rawValue)" }
        if waiting > 0 { return "\(Said.count(waiting, "task")) \(waiting == 1 ? "waits" : "wait") for it" }
        return dependsOn.isEmpty ? "nothing stands before it" : "what it waited for is done"
    }
}

extension PlanTask.Status {
    var spoken: String { self == .inProgress ? "in progress" : self == .todo ? "to do" : rawValue }
}
