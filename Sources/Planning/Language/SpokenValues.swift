/// What is said in the slots that take one of a few values, and which value is meant: for the recogniser's grammar and
/// the matcher alike.
package enum SpokenValues {
    package typealias Value = (said: String, value: String)

    /// Of a plan and of a project.
    package static let statuses: [Value] = [
        ("draft", "draft"), ("approved", "approved"), ("in progress", "in_progress"), ("started", "in_progress"),
        ("completed", "completed"), ("complete", "completed"), ("done", "completed"), ("finished", "completed"),
        ("archived", "archived"), ("active", "active"), ("paused", "paused"),
    ]

    /// Of a task.
    package static let taskStatuses: [Value] = [
        ("open", "todo"), ("to do", "todo"), ("todo", "todo"), ("still to do", "todo"), ("pending", "todo"),
        ("left", "todo"), ("left to do", "todo"), ("outstanding", "todo"), ("unfinished", "todo"),
        ("not done", "todo"), ("not started", "todo"), ("remaining", "todo"), ("in progress", "in_progress"),
        ("started", "in_progress"), ("active", "in_progress"), ("ongoing", "in_progress"),
        ("underway", "in_progress"), ("blocked", "blocked"), ("stuck", "blocked"), ("on hold", "blocked"),
        ("done", "done"), ("finished", "done"), ("completed", "done"), ("complete", "done"), ("closed", "done"),
        ("cancelled", "cancelled"), ("canceled", "cancelled"),
    ]

    package static let targets: [Value] = [("plan", "plan"), ("project", "project")]

    /// What of all that was said is to be forgotten.
    package static let scopes: [Value] = [
        ("what i just said", "last_turn"), ("the last thing i said", "last_turn"), ("what i said", "last_turn"),
        ("this conversation", "conversation"), ("what i said today", "today"), ("what i said yesterday", "yesterday"),
        ("everything i said", "all"), ("everything i ever said", "all"),
    ]

    /// Forms that a plan is exported in.
    package static let formats: [Value] = [
        ("markdown", "markdown"), ("pdf", "pdf"), ("html", "html"), ("web page", "html"), ("json", "json"),
        ("csv", "csv"), ("jira", "jira"), ("trello", "trello"), ("github", "github"), ("github issues", "github"),
        ("linear", "linear"), ("spec kit", "spec-kit"), ("open spec", "openspec"), ("backlog", "backlog"),
        ("taskmaster", "taskmaster"), ("beads", "beads"), ("audio", "opus"), ("spoken summary", "opus"),
    ]

    /// The values of `slot`; nil when it takes others than these.
    package static func values(of slot: Slot) -> [Value]? {
        switch slot {
        case .status: statuses
        case .taskStatus: taskStatuses
        case .target: targets
        case .scope: scopes
        case .format: formats
        default: nil
        }
    }
}
