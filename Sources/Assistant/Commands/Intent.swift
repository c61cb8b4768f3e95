/// What a command asks for. The raw values are the public names, in events, JSON and evaluation sets.
package enum Intent: String, CaseIterable, Codable, Sendable {
    case createProject = "create_project"
    case listProjects = "list_projects"
    case openProject = "open_project"
    case closeProject = "close_project"
    case deleteProject = "delete_project"
    case archiveProject = "archive_project"
    case restoreProject = "restore_project"
    case createPlan = "create_plan"
    case openPlan = "open_plan"
    case listPlans = "list_plans"
    case listTemplates = "list_templates"
    case savePlan = "save_plan"
    case versionHistory = "version_history"
    case compareVersions = "compare_versions"
    case restoreVersion = "restore_version"
    case discardPlan = "discard_plan"
    case archivePlan = "archive_plan"
    case deletePlan = "delete_plan"
    case setStatus = "set_status"
    case approve
    case export
    case readPlan = "read_plan"
    case readSection = "read_section"
    case appendToSection = "append_to_section"
    case addTask = "add_task"
    case listTasks = "list_tasks"
    case startTask = "start_task"
    case finishTask = "finish_task"
    case blockTask = "block_task"
    case cancelTask = "cancel_task"
    case deleteTask = "delete_task"
    case addDependency = "add_dependency"
    case assignTask = "assign_task"
    case estimateTask = "estimate_task"
    case reprioritiseTask = "reprioritise_task"
    case setDue = "set_due"
    case tellDue = "tell_due"
    case labelTask = "label_task"
    case unlabelTask = "unlabel_task"
    case nextTask = "next_task"
    case note
    case decide
    case listDecisions = "list_decisions"
    case search
    case explain
    case forget
    case undo, redo
    case `repeat`
    case cancel, stop
    case status
    case mute, wake
    case praise, complain
    case help
}

extension Intent {
    /// Whether doing it changes what is kept.
    var changesSomething: Bool {
        switch self {
        case .createProject, .archiveProject, .restoreProject, .deleteProject, .createPlan, .savePlan, .restoreVersion,
            .discardPlan, .archivePlan, .deletePlan, .setStatus, .approve, .appendToSection, .addTask, .startTask,
            .finishTask, .blockTask, .cancelTask, .deleteTask, .addDependency, .assignTask, .estimateTask,
            .reprioritiseTask, .setDue, .labelTask, .unlabelTask, .note, .decide, .forget, .undo, .redo:
            true
        case .listProjects, .openProject, .openPlan, .listPlans, .listTemplates, .closeProject, .versionHistory,
            .compareVersions, .export, .readPlan, .readSection, .listTasks, .tellDue, .nextTask, .listDecisions,
            .search,
            .explain,
            .repeat, .cancel, .stop, .status, .mute, .wake, .praise, .complain, .help:
            false
        }
    }
}
