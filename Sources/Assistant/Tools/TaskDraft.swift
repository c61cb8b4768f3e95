import Planning
import Support

/// What is said of a task that is to be added or changed; nil is not said.
struct TaskDraft: Sendable {
    let title: String
    var description: String?
    var priority: Priority?
    var estimateMinutes: Int?
    var assignee: String?
    var labels: [String]?
    var acceptance: [String]?
    var milestone: String?
    var due: Day?
    var parent: Int?
    /// Numbers of tasks that are there.
    var dependsOn: [Int]?
    /// Places in the list that it is added with, from 1.
    var after: [Int]

    init(_ arguments: ToolArguments) throws { try self.init(arguments, title: arguments.need("title")) }

    init(_ arguments: ToolArguments, title: String) throws {
        self.title = title
        description = arguments.given("description")
        priority = arguments.choice("priority", Priority.self)
        estimateMinutes = arguments.number("estimate_minutes")
        assignee = arguments.text("assignee")
        labels = arguments.texts("labels")
        acceptance = arguments.texts("acceptance")
        milestone = arguments.text("milestone")
        parent = arguments.number("parent")
        dependsOn = arguments.numbers("depends_on")
        after = arguments.numbers("after") ?? []
        if let text = arguments.text("due") {
            guard let day = Day(text) else {
                throw ToolError("due is a day that there is, such as 2027-03-01, not \(text)")
            }
            due = day
        }
    }

    func apply(to task: inout PlanTask) {
        if let description { task.description = description }
        if let priority { task.priority = priority }
        if let estimateMinutes { task.estimateMinutes = estimateMinutes }
        if let assignee { task.assignee = assignee }
        if let labels { task.labels = labels }
        if let acceptance { task.acceptance = acceptance.map { PlanTask.CheckItem($0) } }
        if let milestone { task.milestone = milestone }
        if let due { task.dueOn = due }
        if let parent { task.parent = parent }
        if let dependsOn { task.dependsOn = dependsOn }
    }

    /// The places of the drafts in an order in which each stands behind those that it comes after; otherwise as they are.
    /// Throws for what is not in the list and for a circle.
    static func ordered(_ drafts: [TaskDraft]) throws -> [Int] {
        for (index, draft) in drafts.enumerated() {
            if let wrong = draft.after.first(where: { !(1...drafts.count).contains($0) || $0 == index + 1 }) {
                throw ToolError(
                    "tasks[\(index)].after: \(wrong) is no other place in this list; places are 1 to \(drafts.count)")
            }
        }
        var placed: Set<Int> = []
        var ordered: [Int] = []
        while ordered.count < drafts.count {
            let next = drafts.indices.first { index in
                !placed.contains(index) && drafts[index].after.allSatisfy { placed.contains($0 - 1) }
            }
            guard let next else {
                let circle = drafts.indices.filter { !placed.contains($0) }.map { String($0 + 1) }
                throw ToolError("tasks \(circle.joined(separator: ", ")) of this list wait for each other in a circle")
            }
            placed.insert(next)
            ordered.append(next)
        }
        return ordered
    }
}
