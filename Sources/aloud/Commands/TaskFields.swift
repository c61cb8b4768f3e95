import ArgumentParser
import Planning
import Storage

/// What may be said of a task, whether it is new or changed.
struct TaskFields: ParsableArguments {
    @Option(help: "low, medium, high or critical.")
    var priority: Priority?

    @Option(help: "More about it.")
    var description: String?

    @Option(help: "How long it will take: 90m, 4h, 2d or 1w; a bare number is minutes.", transform: WorkTime.minutes)
    var estimate: Int?

    @Option(help: "Who does it.")
    var assignee: String?

    @Option(help: "The day it must be done by, as 2027-03-01.", transform: Day.written)
    var due: Day?

    @Option(help: "What it belongs to, such as a release.")
    var milestone: String?

    @Option(help: "The number of the task that it is a part of.")
    var parent: Int?

    @Option(help: "The number of a task it waits for, in place of those before; repeat it for more.")
    var dependsOn: [Int] = []

    @Option(help: "The number of a task it has to do with, in place of those before; repeat it for more.")
    var related: [Int] = []

    @Option(help: "The number of the task that showed that it is needed.")
    var discoveredFrom: Int?

    @Option(help: "A label, in place of those before; repeat it for more.")
    var label: [String] = []

    @Option(help: "What must hold before it is done, in place of what was there; repeat it for more.")
    var accept: [String] = []

    var isEmpty: Bool {
        priority == nil && description == nil && estimate == nil && assignee == nil && due == nil && milestone == nil
            && parent == nil && dependsOn.isEmpty && related.isEmpty && discoveredFrom == nil && label.isEmpty
            && accept.isEmpty
    }

    func apply(to task: inout PlanTask) {
        if let priority { task.priority = priority }
        if let description { task.description = description }
        if let estimate { task.estimateMinutes = estimate }
        if let assignee { task.assignee = assignee }
        if let due { task.dueOn = due }
        if let milestone { task.milestone = milestone }
        if let parent { task.parent = parent }
        if !dependsOn.isEmpty { task.dependsOn = dependsOn.filter { $0 != 0 } }
        if !related.isEmpty { task.replace(.related, with: related) }
        if let discoveredFrom { task.replace(.discoveredFrom, with: [discoveredFrom]) }
        if !label.isEmpty { task.labels = label }
        if !accept.isEmpty { task.acceptance = accept.map { PlanTask.CheckItem($0) } }
    }
}

/// What can be taken away from a task again.
enum TaskField: String, CaseIterable, ExpressibleByArgument {
    case estimate, assignee, due, milestone, parent
    case dependsOn = "depends-on"
    case links, labels, acceptance, evidence, actual

    func clear(_ task: inout PlanTask) {
        switch self {
        case .estimate: task.estimateMinutes = nil
        case .assignee: task.assignee = nil
        case .due: task.dueOn = nil
        case .milestone: task.milestone = nil
        case .parent: task.parent = nil
        case .dependsOn: task.dependsOn = []
        case .links: task.links = []
        case .labels: task.labels = []
        case .acceptance: task.acceptance = []
        case .evidence: task.evidence = nil
        case .actual: task.actualMinutes = nil
        }
    }
}

extension PlanTask {
    fileprivate mutating func replace(_ kind: Link.Kind, with tasks: [Int]) {
        links = links.filter { $0.kind != kind } + tasks.filter { $0 != 0 }.map { Link(kind, $0) }
    }
}
