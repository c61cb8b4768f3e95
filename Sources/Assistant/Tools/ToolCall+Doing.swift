import LanguageModel
import Support

extension ToolCall {
    /// What the call does, as a sentence for whoever waits for the answer.
    var doing: String {
        func named(_ argument: String) -> String? {
            arguments?[argument]?.string.flatMap { $0.isEmpty || $0.count > 60 ? nil : $0 }
        }
        return switch name {
        case "search": named("query").map { "Searching for \($0)." } ?? "Searching."
        case "list_projects": "Looking through your projects."
        case "list_plans": "Looking through the plans."
        case "list_tasks", "next_task", "predict_risks": "Looking through the tasks."
        case "list_decisions": "Looking through what was decided."
        case "list_versions", "compare_versions": "Comparing the versions."
        case "show_plan", "check_plan", "export_plan": "Reading the plan."
        case "show_template", "list_templates": "Looking at the templates."
        case "create_project": named("name").map { "Creating project \($0)." } ?? "Creating the project."
        case "create_plan": named("title").map { "Creating plan \($0)." } ?? "Creating the plan."
        case "revise_plan": "Writing the plan."
        case "edit_section", "append_to_section":
            named("section").map { "Writing the section \($0)." } ?? "Writing the section."
        case "add_tasks", "breakdown_plan": "Writing the tasks."
        default: "Working on it."
        }
    }
}
