import LanguageModel

/// Every tool there is, once: the agent and MCP serve from it.
package enum ToolList {
    package static let all: [Tool] =
        projects + plans + sections + tasks + taskStates + versions + search + templates + export + decisions + insight

    /// What a model with little room is offered.
    static let core: Set<String> = [
        "create_plan", "show_plan", "revise_plan", "append_to_section", "add_tasks", "update_task", "list_tasks",
        "search", "add_decision",
    ]

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    package static subscript(name: String) -> Tool? { byName[name] }
}

/// Fields that many tools have.
enum ToolField {
    static let plan = JSONShape.Field("plan", .reference, "Its number or its title; the open plan when left out.")
    static let project = JSONShape.Field("project", .reference, "Its name; the open project when left out.")
    static let limit = JSONShape.Field("limit", .whole(1...50), "How many at most; 20 when left out.")
    static let offset = JSONShape.Field("offset", .whole(0...100_000), "How many to pass over, to go on with a list.")
    static let base = JSONShape.Field(
        "base_version", .whole(0...1_000_000),
        "The base_version you were told, so that nobody's newer version is lost.", required: true)
    static let section = JSONShape.Field(
        "section", .line(atMost: 500), "Its heading without #, or the path to it: Roadmap / Phase 1.", required: true)

    static func task(required: Bool = true) -> JSONShape.Field {
        JSONShape.Field("task", .whole(1...1_000_000), "The number of the task.", required: required)
    }

    static func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ values: Value.Type, _ description: String = "", required: Bool = false
    ) -> JSONShape.Field {
        JSONShape.Field(name, .choice(values.allCases.map(\.rawValue)), description, required: required)
    }
}
