import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    /// What may be said of a task.
    static let taskFields: [JSONShape.Field] = [
        JSONShape.Field("description", .text(atMost: 10_000), "More about it."),
        ToolField.choice("priority", Priority.self),
        JSONShape.Field("estimate_minutes", .whole(1...500_000), "How long it will take."),
        JSONShape.Field("assignee", .line(atMost: 100), "Who does it."),
        JSONShape.Field("labels", .list(.line(atMost: 100), atMost: 30)),
        JSONShape.Field(
            "acceptance", .list(.line(atMost: 1000), atMost: 30),
            "What must hold before it counts as done, one statement each."),
        JSONShape.Field("milestone", .line(atMost: 200), "What it belongs to, such as a release."),
        JSONShape.Field("due", .line(atMost: 10), "The day it must be done by, as 2027-03-01."),
        JSONShape.Field("parent", .whole(1...1_000_000), "The number of the task that it is a part of."),
    ]
    private static let title = JSONShape.Field(
        "title", .line(atMost: ToolSession.longestTitle), "What is to be done, in a few words.", required: true)

    static let tasks: [Tool] = [
        Tool(
            "add_tasks", .changes, "Adds tasks to a plan, all or none of them.",
            [
                ToolField.plan,
                JSONShape.Field(
                    "tasks",
                    .list(
                        .object(
                            [title] + taskFields + [
                                JSONShape.Field(
                                    "depends_on", .list(.whole(1...1_000_000), atMost: 50),
                                    "Numbers of tasks that are there and must be done before."),
                                JSONShape.Field(
                                    "after", .list(.whole(1...50), atMost: 50),
                                    "Places in this list, from 1, of tasks that must be done before."),
                            ]), atMost: 50), required: true),
            ]
        ) { try await $0.addTasks($1) },
        Tool(
            "update_task", .changes, "Changes what is said of a task. What is left out stays.",
            [
                ToolField.plan, ToolField.task(),
                JSONShape.Field("title", .line(atMost: ToolSession.longestTitle)),
            ] + taskFields + [
                JSONShape.Field(
                    "depends_on", .list(.whole(1...1_000_000), atMost: 50),
                    "Numbers of the tasks that must be done before, in place of those that were there."),
                JSONShape.Field("status", .choice(["todo", "in_progress"]), "To begin it, or to put it back."),
            ]
        ) { try await $0.updateTask($1) },
        Tool(
            "list_tasks", .reads, "Lists the tasks of a plan.",
            [
                ToolField.plan, ToolField.choice("status", PlanTask.Status.self),
                JSONShape.Field("open", .flag, "Only those that are neither done nor cancelled."),
                JSONShape.Field("label", .line(atMost: 100)), JSONShape.Field("assignee", .line(atMost: 100)),
                JSONShape.Field("milestone", .line(atMost: 200)), ToolField.limit, ToolField.offset,
            ]
        ) { try await $0.listTasks($1) },
        Tool(
            "next_task", .reads, "Says which task to do next and why, or what stands in the way.", [ToolField.plan]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            let tasks = try await session.store.tasks(of: plan.id)
            guard let next = tasks.ready.first else {
                let graph = TaskGraph(tasks)
                let open = tasks.filter(\.status.isOpen)
                return [
                    "task": .null, "open": JSONValue(open.count),
                    "waiting": .array(
                        open.prefix(10).map { task in
                            let waits = graph.blockers(of: task.number).map { String($0.number) }
                            let why = waits.isEmpty ? "is blocked" : "waits for \(waits.joined(separator: ", "))"
                            return .string("\(task.number), \(task.title), \(why)")
                        }),
                ]
            }
            let before = try await session.store.plansBefore(plan).filter { !$0.isFinished }
            var said: [String: JSONValue] = ["task": next.whole, "reason": .string(next.whyNext(among: tasks))]
            if !before.isEmpty {
                said["plan_waits_for"] = .array(before.map { .string("plan \($0.number), \($0.title)") })
            }
            return .object(said)
        },
    ]
}

extension ToolSession {
    fileprivate func addTasks(_ arguments: ToolArguments) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        guard let wanted = arguments.list("tasks"), !wanted.isEmpty else { throw ToolError("tasks is empty") }
        let drafts = try wanted.map(TaskDraft.init)
        return try await add(drafts, to: plan)
    }

    /// All or none, in the order that is given; each may wait for those that stand before it in the list or in the plan.
    func add(_ drafts: [TaskDraft], to plan: Plan) async throws -> JSONValue {
        let ordered = try TaskDraft.ordered(drafts)
        let doing =
            drafts.count == 1
            ? "adding task \(drafts[0].title)" : "adding \(Said.count(drafts.count, "task")) to \(plan.title)"
        let numbers = try await change(doing) { change in
            var numbers: [Int: Int] = [:]
            for index in ordered {
                let draft = drafts[index]
                let known = numbers
                numbers[index] = try change.addTask(to: plan.id, title: draft.title) { task in
                    draft.apply(to: &task)
                    task.dependsOn += draft.after.compactMap { known[$0 - 1] }.filter { !task.dependsOn.contains($0) }
                }.number
            }
            return numbers
        }
        for (index, draft) in drafts.enumerated() { did("added task \(numbers[index] ?? 0), \(draft.title)") }
        return [
            "ok": true, "plan": JSONValue(plan.number), "tasks": .array(drafts.indices.map { JSONValue(numbers[$0]) }),
        ]
    }

    fileprivate func updateTask(_ arguments: ToolArguments) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let number = try arguments.need(number: "task")
        guard arguments.value.object?.keys.contains(where: { $0 != "task" && $0 != "plan" }) == true else {
            throw ToolError("say what of the task is to change")
        }
        let draft = try TaskDraft(arguments, title: arguments.text("title") ?? "")
        let status = arguments.choice("status", PlanTask.Status.self)
        let changed = try await change("changing task \(number)") { change in
            try change.updateTask(number, of: plan.id) { task in
                if !draft.title.isEmpty { task.title = draft.title }
                draft.apply(to: &task)
                if let status { task.status = status }
            }
        }
        did("changed task \(number), \(changed.title)")
        return ["ok": true, "task": changed.whole]
    }

    fileprivate func listTasks(_ arguments: ToolArguments) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let status = arguments.choice("status", PlanTask.Status.self)
        let (label, person, milestone) = (
            arguments.text("label"), arguments.text("assignee"), arguments.text("milestone")
        )
        let all = try await store.tasks(of: plan.id).filter { task in
            (status == nil || task.status == status) && (!arguments.flag("open") || task.status.isOpen)
                && label.map(task.labels.contains) ?? true && (person == nil || task.assignee == person)
                && (milestone == nil || task.milestone == milestone)
        }
        return ToolPage(arguments).json("tasks", all, \.line)
    }
}

extension PlanTask {
    /// A task in a list.
    var line: JSONValue {
        .present([
            "task": JSONValue(number), "title": .string(title), "status": .string(status.rawValue),
            "priority": .string(priority.rawValue), "estimate_minutes": JSONValue(estimateMinutes),
            "depends_on": dependsOn.isEmpty ? .null : .array(dependsOn.map { JSONValue($0) }),
        ])
    }

    /// A task with all that is said of it.
    var whole: JSONValue {
        var members = line.object ?? [:]
        if !description.isEmpty { members["description"] = .string(String(description.prefix(3000))) }
        if !acceptance.isEmpty { members["acceptance"] = .array(acceptance.map { .string($0.text) }) }
        if !labels.isEmpty { members["labels"] = .array(labels.map(JSONValue.string)) }
        for (name, text) in [
            ("assignee", assignee), ("milestone", milestone), ("due", dueOn?.description), ("evidence", evidence),
        ] { if let text { members[name] = .string(text) } }
        return .object(members)
    }
}
