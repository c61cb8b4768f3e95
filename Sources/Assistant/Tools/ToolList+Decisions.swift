import LanguageModel
import Planning
import Storage
import Support

extension ToolList {
    private static let number = JSONShape.Field(
        "decision", .whole(1...1_000_000), "The number of the decision.", required: true)

    static let decisions: [Tool] = [
        Tool(
            "list_decisions", .reads, "Lists what was decided and learnt about a project, the newest first.",
            [
                ToolField.project, ToolField.choice("kind", Decision.Kind.self),
                ToolField.choice("status", Decision.Status.self), ToolField.limit, ToolField.offset,
            ]
        ) { session, arguments in
            let project = try await session.findProject(arguments)
            let all = try await session.store.decisions(
                of: project.id, kind: arguments.choice("kind", Decision.Kind.self),
                status: arguments.choice("status", Decision.Status.self), limit: 1000)
            return ToolPage(arguments).json("decisions", all, \.line)
        },
        Tool(
            "add_decision", .changes,
            "Keeps a decision, or a lesson. Accepted only when the user said that it is decided; else proposed.",
            [
                JSONShape.Field(
                    "text", .text(atMost: KeptText.longestDecision), "What is decided and, in a few words, why.",
                    required: true),
                ToolField.choice("kind", Decision.Kind.self),
                JSONShape.Field("status", .choice(["proposed", "accepted"])),
                JSONShape.Field(
                    "supersedes", .whole(1...1_000_000), "The number of the decision that it takes the place of."),
            ]
        ) { session, arguments in
            let project = try await session.findProject(arguments)
            let plan = await session.plan
            let text = try arguments.need("text")
            let old = arguments.number("supersedes")
            let made = try await session.change("the decision \(Said.excerpt(text))") { change in
                let made = try change.addDecision(
                    text, kind: arguments.choice("kind", Decision.Kind.self) ?? .decision,
                    status: arguments.choice("status", Decision.Status.self) ?? .proposed, project: project.id,
                    plan: plan?.projectId == project.id ? plan?.id : nil)
                if let old { try change.supersedeDecision(old, by: made.number) }
                return made
            }
            await session.did("kept \(made.kind.rawValue) \(made.number), \(Said.excerpt(text))")
            return ["ok": true, "decision": JSONValue(made.number), "status": .string(made.status.rawValue)]
        },
        Tool(
            "set_decision", .changes, "Accepts or rejects a decision, as the user said.",
            [number, JSONShape.Field("status", .choice(["proposed", "accepted", "rejected"]), required: true)]
        ) { session, arguments in
            let number = try arguments.need(number: "decision")
            guard let status = arguments.choice("status", Decision.Status.self) else {
                throw ToolError("status is missing")
            }
            let changed = try await session.change("setting decision \(number) to \(status.rawValue)") { change in
                try change.setDecision(number, status)
            }
            await session.did("\(status.rawValue) decision \(number), \(Said.excerpt(changed.text))")
            return ["ok": true, "decision": JSONValue(number), "status": .string(status.rawValue)]
        },
    ]
}

extension Decision {
    /// A decision in a list.
    var line: JSONValue {
        .present([
            "decision": JSONValue(number), "kind": .string(kind.rawValue), "text": .string(String(text.prefix(600))),
            "status": .string(status.rawValue), "superseded_by": JSONValue(supersededBy),
        ])
    }
}
