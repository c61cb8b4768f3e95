import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    static let taskStates: [Tool] = [
        Tool(
            "block_task", .changes, "Marks a task as blocked.",
            [
                ToolField.plan, ToolField.task(),
                JSONShape.Field("reason", .line(atMost: 500), "What stands in the way.", required: true),
            ]
        ) { session, arguments in
            let edit = TaskEdit.block(try arguments.need("reason"))
            return try await session.move(arguments, "blocking", "blocked") { edit.apply(to: &$0) }
        },
        Tool(
            "finish_task", .changes,
            "Marks a task as done. Only with evidence: what shows that it is, such as a test that passed or the user's word.",
            [
                ToolField.plan, ToolField.task(),
                JSONShape.Field("evidence", .text(atMost: 2000), "What shows that it is done.", required: true),
                JSONShape.Field("actual_minutes", .whole(1...500_000), "How long it really took."),
            ]
        ) { session, arguments in
            let evidence = try arguments.need("evidence")
            let minutes = arguments.number("actual_minutes")
            return try await session.move(arguments, "finishing", "finished") { task in
                task.status = .done
                task.evidence = evidence
                if let minutes { task.actualMinutes = minutes }
            }
        },
        Tool(
            "cancel_task", "Gives a task up. The user is asked first.", [ToolField.plan, ToolField.task()],
            asking: { session, arguments in
                let plan = try await session.findPlan(arguments)
                let task = try await session.findTask(try arguments.need(number: "task"), of: plan)
                guard task.status.isOpen else {
                    throw ToolError("task \(task.number) is \(task.status.rawValue) already")
                }
                return "Cancel task \(task.number), \(task.title)? Say yes or no."
            }
        ) { session, arguments in
            try await session.move(arguments, "cancelling", "cancelled") { $0.status = .cancelled }
        },
    ]
}

extension ToolSession {
    fileprivate func move(
        _ arguments: ToolArguments, _ doing: String, _ did: String,
        _ edit: @Sendable @escaping (inout PlanTask) -> Void
    ) async throws -> JSONValue {
        let plan = try await findPlan(arguments)
        let number = try arguments.need(number: "task")
        let task = try await change("\(doing) task \(number)") { change in
            try change.updateTask(number, of: plan.id, edit)
        }
        self.did("\(did) task \(number), \(task.title)")
        return ["ok": true, "task": JSONValue(number), "status": .string(task.status.rawValue)]
    }
}
