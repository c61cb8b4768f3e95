import Memory
import Storage
import Support

extension AgentTools {
    private static let hits = 8

    /// What holds the words, the best first, wherever it is: projects, sections of plans, tasks, notes and what was said.
    func searchProjects(_ arguments: ToolArguments) async throws -> JSONValue {
        let query = try arguments.text("query", atMost: 500)
        try await memory.catchUp()
        let found = try await memory.search(query, limit: Self.hits)
        return [
            "results": .array(
                found.map { hit in
                    [
                        "kind": .string(hit.kind.rawValue), "project": hit.project.map(JSONValue.string) ?? .null,
                        "plan": hit.plan.map { .number(Double($0)) } ?? .null, "title": .string(hit.title),
                        "excerpt": .string(hit.excerpt), "score": .number(hit.score),
                    ]
                })
        ]
    }
}
