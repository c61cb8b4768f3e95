import LanguageModel
import Planning
import Storage
import Support

/// Breaks a plan down into tasks with a language model. They are proposed: whoever asked adds them.
package struct Breakdown: Sendable {
    private let store: Store
    private let answer: StructuredAnswer
    private let turn: Turn.ID?

    package init(store: Store, answer: StructuredAnswer, turn: Turn.ID? = nil) {
        self.store = store
        self.answer = answer
        self.turn = turn
    }

    static let form = AnswerForm(
        "tasks",
        .object([
            JSONShape.Field(
                "tasks",
                .list(
                    .object([
                        JSONShape.Field(
                            "title", .line(atMost: ToolSession.longestTitle), "What is to be done, in a few words.",
                            required: true),
                        JSONShape.Field("description", .text(atMost: 2000), "What it takes, in one or two sentences."),
                        JSONShape.Field("priority", .choice(Priority.allCases.map(\.rawValue))),
                        JSONShape.Field("estimate_minutes", .whole(5...10_000), "How long it will take one person."),
                        JSONShape.Field(
                            "acceptance", .list(.line(atMost: 500), atMost: 10), "What must hold before it is done."),
                        JSONShape.Field(
                            "after", .list(.whole(1...40), atMost: 40),
                            "Places in this list, from 1, of the tasks that must be done before."),
                    ]), atMost: 40), "In the order they are best done.", required: true)
        ]))

    private static let rules = """
        You break a software plan down into tasks. Each is a piece of work that one person finishes in half an hour to two \
        days and that can be checked when it is done. Take what the plan says; invent nothing it does not call for. Leave out \
        what is among its tasks already. Answer with one JSON object as its schema says, and nothing else: \
        {"tasks":[{"title":…,"description":…,"priority":"low|medium|high|critical","estimate_minutes":…,"acceptance":[…],\
        "after":[…]}]}.

        """

    /// Throws `ToolError` when nothing usable comes of it.
    func tasks(of plan: Plan) async throws -> [TaskDraft] {
        guard let text = try await store.text(of: plan),
            Outline(markdown: text).sections.contains(where: { !$0.text.isEmpty })
        else { throw ToolError("plan \(plan.number) says nothing yet that could be broken down") }
        let known = try await store.tasks(of: plan.id).map { "- \($0.title)" }.joined(separator: "\n")
        let value: JSONValue
        do {
            value = try await answer.get(Self.form, for: "breakdown", turn: turn) { room, estimate in
                let rules = ChatMessage.system(Self.rules + Fence.rule)
                var material = ContextRoom(tokens: room - estimate.tokens(of: ChatRequest([rules])) - 60, estimate)
                material.add(
                    .plan, text, what: "plan \(plan.number), \(plan.title)", source: plan.id.rawValue,
                    project: plan.projectId, share: 80)
                material.add(
                    .tasks, known, what: "the tasks it has already", source: plan.id.rawValue, project: plan.projectId,
                    share: 20)
                return [
                    rules, .user(material.parts.joined(separator: "\n\n") + "\n\nBreak this plan down into tasks."),
                ]
            }.value
        } catch let failure as StructuredAnswer.Failure {
            throw ToolError(failure.description)
        }
        let drafts = try (ToolArguments(value: value).list("tasks") ?? []).map(TaskDraft.init)
        guard !drafts.isEmpty else { throw ToolError("the language model found no task in plan \(plan.number)") }
        _ = try TaskDraft.ordered(drafts)
        return drafts
    }

    /// What a breakdown gave, and the numbers of the tasks when they were added.
    package struct Result: Sendable {
        package let tasks: [JSONValue]
        package let titles: [String]
        package let numbers: [Int]?
    }

    /// Breaks the plan down and, unless it is only a try, adds the tasks as one change.
    package func run(_ plan: Plan, origin: Origin, isDry: Bool) async throws -> Result {
        let drafts = try await tasks(of: plan)
        guard !isDry else { return Result(tasks: drafts.map(\.json), titles: drafts.map(\.title), numbers: nil) }
        let session = ToolSession(store: store, origin: origin, plan: plan)
        let added = try await session.add(drafts, to: plan)
        let numbers = added["tasks"]?.array?.compactMap { $0.number.flatMap { Int(exactly: $0) } }
        return Result(tasks: drafts.map(\.json), titles: drafts.map(\.title), numbers: numbers)
    }
}

extension TaskDraft {
    var json: JSONValue {
        .present([
            "title": .string(title), "description": JSONValue(description),
            "priority": JSONValue(priority?.rawValue), "estimate_minutes": JSONValue(estimateMinutes),
            "acceptance": acceptance.map { .array($0.map(JSONValue.string)) } ?? .null,
            "after": after.isEmpty ? .null : .array(after.map { JSONValue($0) }),
        ])
    }
}
