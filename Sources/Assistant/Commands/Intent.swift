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
    case mute, wake, sleep
    case next, previous, slower, faster, shorter, skip, spell
    case setMode = "set_mode"
    case dictate
    case why
    case correct
    case bulkTasks = "bulk_tasks"
    case bulkProjects = "bulk_projects"
    case bulkPlans = "bulk_plans"
    case verifyTask = "verify_task"
    case snapshot
    case restoreSnapshot = "restore_snapshot"
    case startRun = "start_run"
    case runProgress = "run_progress"
    case stopRun = "stop_run"
    case resumeRun = "resume_run"
    case praise, complain
    case help
}

extension Intent {
    /// Whether it takes away, or changes many things at once, so that a clear yes is needed.
    var isRisky: Bool {
        switch self {
        case .deleteProject, .archiveProject, .deletePlan, .archivePlan, .deleteTask, .cancelTask, .bulkTasks,
            .bulkProjects, .bulkPlans, .restoreSnapshot, .forget:
            true
        default: false
        }
    }

    /// Whether it is only about how something is said, or about the microphone.
    var isAboutSpeaking: Bool {
        switch self {
        case .repeat, .slower, .faster, .shorter, .skip, .spell, .mute, .wake, .setMode, .help: true
        default: false
        }
    }

    /// Whether doing it changes what is kept.
    var changesSomething: Bool {
        switch self {
        case .createProject, .archiveProject, .restoreProject, .deleteProject, .createPlan, .savePlan, .restoreVersion,
            .discardPlan, .archivePlan, .deletePlan, .setStatus, .approve, .appendToSection, .addTask, .startTask,
            .finishTask, .blockTask, .cancelTask, .deleteTask, .addDependency, .assignTask, .estimateTask,
            .reprioritiseTask, .setDue, .labelTask, .unlabelTask, .note, .decide, .forget, .undo, .redo, .correct,
            .bulkTasks, .bulkProjects, .bulkPlans, .restoreSnapshot, .snapshot, .dictate, .startRun, .stopRun,
            .resumeRun:
            true
        case .listProjects, .openProject, .openPlan, .listPlans, .listTemplates, .closeProject, .versionHistory,
            .compareVersions, .export, .readPlan, .readSection, .listTasks, .tellDue, .nextTask, .listDecisions,
            .search, .explain, .repeat, .cancel, .stop, .status, .mute, .wake, .sleep, .next, .previous, .slower,
            .faster,
            .shorter, .skip, .spell, .setMode, .why, .verifyTask, .runProgress, .praise, .complain, .help:
            false
        }
    }
}
