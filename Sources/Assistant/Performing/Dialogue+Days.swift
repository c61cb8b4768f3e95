import Planning
import Storage

extension Dialogue {
    /// Sets the day that the named task, or else the plan, must be done by.
    func setDue(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let said = understanding.text(.due) else {
            return Outcome(.asking("By which day?"), question: .fill(understanding, .due))
        }
        guard let today = Day(of: clock()) else { return Outcome("I don't know what day it is.") }
        guard let day = SpokenDay(SpokenWords(said).plain)?.day(from: today) else {
            return Outcome("There is no such day as \(said); nothing was changed.")
        }
        let words = SpokenDay.words(day, from: today)
        guard understanding.slots[Slot.task.rawValue] != nil else {
            try await store.change(scene.origin, "setting the due day of \(plan.title)") { change in
                try change.updatePlan(plan.id) { $0.metadata.dueOn = day }
            }
            return Outcome("\(plan.title) is due on \(words).")
        }
        guard let task = try await task(understanding, of: plan) else { return Outcome(noTask(understanding, plan)) }
        try await store.change(scene.origin, "setting the due day of task \(task.number)") { change in
            try change.updateTask(task.number, of: plan.id) { $0.dueOn = day }
        }
        return Outcome("Task \(task.number), \(task.title), is due on \(words).")
    }

    func tellDue(_ understanding: Understanding, _ scene: Scene) async throws -> Outcome {
        guard let plan = scene.plan else { return Outcome(Dialogue.noPlan) }
        guard let today = Day(of: clock()) else { return Outcome("I don't know what day it is.") }
        guard understanding.slots[Slot.task.rawValue] != nil else {
            return Outcome(Self.due(plan.title, plan.metadata.dueOn, isOpen: !plan.isFinished, today))
        }
        guard let task = try await task(understanding, of: plan) else { return Outcome(noTask(understanding, plan)) }
        return Outcome(
            Self.due("Task \(task.number), \(task.title),", task.dueOn, isOpen: task.status.isOpen, today))
    }

    private static func due(_ name: String, _ day: Day?, isOpen: Bool, _ today: Day) -> String {
        guard let day else { return "\(name) has no due day." }
        let words = SpokenDay.words(day, from: today)
        return day < today && isOpen ? "\(name) was due on \(words)." : "\(name) is due on \(words)."
    }

    private func task(_ understanding: Understanding, of plan: Plan) async throws -> PlanTask? {
        let number = understanding.number(.task)
        return try await store.tasks(of: plan.id).first { $0.number == number }
    }

    private func noTask(_ understanding: Understanding, _ plan: Plan) -> String {
        "\(plan.title) has no task \(understanding.slots[Slot.task.rawValue]?.spoken ?? "of that name")."
    }
}
