import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    static let insight: [Tool] = [
        Tool(
            "check_plan", .reads,
            """
            Says what a plan still misses of its template, and which paths and symbols in backticks are not in the \
            repository of its project.
            """, [ToolField.plan]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            let document = Outline(markdown: try await session.store.text(of: plan) ?? "")
            let template = session.templates.template(of: plan, text: document)
            let absent = try await session.absences(in: plan)
            return [
                "missing": .array(
                    template.findings(in: document).prefix(30).map {
                        .string("\($0.section): \($0.problem); \($0.remedy)")
                    }),
                "named_but_not_found": .array(absent),
            ]
        },
        Tool(
            "predict_risks", .reads,
            """
            Predicts what may go wrong with the open tasks and which dependencies may be missing, each with its reason. \
            Predictions are to be proposed to the user, never written down unasked.
            """, [ToolField.plan]
        ) { session, arguments in
            let plan = try await session.findPlan(arguments)
            let predictions = try await session.store.forecast(of: plan)
            return [
                "are_predictions": true,
                "predictions": .array(
                    predictions.prefix(40).map { prediction in
                        .present([
                            "kind": .string(prediction.kind.rawValue), "task": JSONValue(prediction.task),
                            "depends_on": JSONValue(prediction.dependsOn), "reason": .string(prediction.reason),
                        ])
                    }),
            ]
        },
        Tool(
            "breakdown_plan", .changes, "Breaks a plan down into tasks with a language model, and adds them.",
            [
                ToolField.plan,
                JSONShape.Field("dry_run", .flag, "Only show them; when left out they are added."),
            ]
        ) { session, arguments in
            guard let breakdown = session.breakdown else {
                throw ToolError("that takes a language model; add the tasks with add_tasks")
            }
            let plan = try await session.findPlan(arguments)
            let drafts = try await breakdown.tasks(of: plan)
            guard !arguments.flag("dry_run") else { return ["dry_run": true, "tasks": .array(drafts.map(\.json))] }
            return try await session.add(drafts, to: plan)
        },
    ]
}

extension ToolSession {
    /// What the plan names in backticks and its project's repository does not hold, as lines; empty without a repository.
    func absences(in plan: Plan) async throws -> [JSONValue] {
        guard let repository = try await store.project(plan.projectId)?.repositoryPath else { return [] }
        let document = Outline(markdown: try await store.text(of: plan) ?? "")
        let result = await RepositoryCheck(repository).result(for: document)
        return result.absent.prefix(20).map { .string("\($0.kind.rawValue) `\($0.name)`, in \($0.section)") }
            + (result.shortfall.map { [.string($0)] } ?? [])
    }
}

extension Store {
    /// Predictions about the open tasks of a plan, from the history of its project.
    package func forecast(of plan: Plan) async throws -> [TaskPrediction] {
        var history: [PlanTask] = []
        for other in try await plans(of: plan.projectId).prefix(100) { history += try await tasks(of: other.id) }
        return TaskForecast(try await tasks(of: plan.id), history: history).predictions(today: .today)
    }
}
