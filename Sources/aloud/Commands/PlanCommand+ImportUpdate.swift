import Foundation
import Interchange
import Planning
import Storage
import Support

/// A file that is an export of a plan that is here: what it says otherwise, told or taken in.
struct ImportUpdate {
    let path: String
    let imported: Imported
    let format: ExchangeFormat
    let store: Store
    let json: Bool

    private static let mostLines = 20

    /// Says what the file says otherwise; nothing is changed.
    func compare(with plan: Plan) async throws {
        guard let whole = try await store.wholePlan(number: plan.number) else { return }
        let differences = format.differences(PlanFile(whole), imported.plan)
        guard !json else {
            return try Terminal.showJSON(
                ImportShown(
                    id: plan.id, number: plan.number, title: plan.title, format: format.rawValue,
                    tasks: whole.tasks.count, isNew: false, differences: differences))
        }
        Terminal.show("This is plan \(plan.number), \(plan.title), already; nothing was changed.")
        for difference in differences.prefix(Self.mostLines) {
            Terminal.show("  the file says otherwise: \(difference)")
        }
        if !differences.isEmpty { Terminal.show("To take it in: aloud plan import … --update") }
    }

    /// Takes in what was changed outside, as one change; with `dryRun` says what that would be.
    func take(into plan: Plan, dryRun: Bool) async throws {
        guard let whole = try await store.wholePlan(number: plan.number) else { return }
        let base = try await store.lookBack(
            over: plan.id, ExportBase(of: imported, plan.id.rawValue, format)
        ) { base, state in
            try base.look(at: PlanFile(state))
        }
        let ours = PlanFile(whole)
        let update = try PlanUpdate(
            of: ours, by: imported, since: base, format,
            lastNumber: max(try await store.lastTaskNumber(of: plan.id), whole.tasks.map(\.number).max() ?? 0),
            file: path)
        if base.isUnknown, !update.changes.isEmpty || !update.conflicts.isEmpty {
            Terminal.note(
                "the state that the file was exported from is not known here; where both differ, the file's is taken")
        }
        guard update.conflicts.isEmpty else {
            let sections = update.conflicts.prefix(Self.mostLines).map { "“\($0)”" }.joined(separator: ", ")
            throw Failure(
                "plan \(plan.number) and the file both changed \(sections); nothing was taken in. Make them the same in "
                    + "the file, or save the plan's own with: aloud plan edit \(plan.number) --section HEADING")
        }
        var version: PlanVersion?
        if !dryRun, !update.changes.isEmpty {
            let wished = update.plan.facts(of: plan)
            let tasks = try update.plan.tasks(of: plan.id, file: path)
            let (content, source) = (update.changesText ? update.plan.content : nil, format.rawValue)
            version = try await store.change(Origin(surface: .cli), "taking in \(source) for plan \(plan.title)") {
                try $0.updateImported(wished, from: whole, content: content, tasks: tasks, source: source)
            }
        }
        try show(update, plan, whole, version, dryRun: dryRun)
    }

    private struct Shown: Encodable {
        let id: Plan.ID
        let number: Int
        let title: String
        let format: String
        let isDryRun: Bool
        let changes: [PlanUpdate.Change]
        let kept: [String]
        let missing: [String]
        /// The version that was saved.
        let version: Int?
    }

    private func show(
        _ update: PlanUpdate, _ plan: Plan, _ whole: WholePlan, _ version: PlanVersion?, dryRun: Bool
    ) throws {
        guard !json else {
            return try Terminal.showJSON(
                Shown(
                    id: plan.id, number: plan.number, title: update.plan.title, format: format.rawValue,
                    isDryRun: dryRun, changes: update.changes, kept: update.kept, missing: update.missing,
                    version: version?.number))
        }
        let name = "plan \(plan.number), \(plan.title)"
        if update.changes.isEmpty {
            Terminal.show("The file has nothing new for \(name); nothing was changed.")
        } else {
            let verb = dryRun ? "Would take into" : "Took into"
            let count = update.changes.count == 1 ? "1 change" : "\(update.changes.count) changes"
            let saved = version.map { ", its text as version \($0.number)" } ?? ""
            Terminal.show("\(verb) \(name): \(count)\(saved).")
            let sections = OutlineDiff(
                Outline(markdown: whole.content), Outline(markdown: update.plan.content))
            for change in update.changes { Terminal.show("  \(change.line(sections))") }
        }
        for line in update.kept { Terminal.show("  stays: \(line)") }
        for line in update.missing { Terminal.show("  not in the file, and stays: \(line)") }
    }
}

/// What an import shows as JSON when no plan that was here is changed.
struct ImportShown: Encodable {
    /// nil when it would be made.
    let id: Plan.ID?
    let number: Int?
    let title: String
    let format: String
    let tasks: Int
    let isNew: Bool
    let differences: [String]
}

extension PlanUpdate.Change {
    /// `task 3: status todo → done`
    fileprivate func line(_ sections: OutlineDiff) -> String {
        let whose = task.map { "task \($0)" } ?? "the plan"
        if field == "new" { return "\(whose) is new: \(to ?? "")" }
        if task == nil, field == "text" {
            let parts = [("changed", sections.changed), ("added", sections.added), ("removed", sections.removed)]
                .filter { !$1.isEmpty }
                .map { "\($0) " + $1.prefix(8).map { "“\($0)”" }.joined(separator: ", ") }
            return "\(whose): text" + (parts.isEmpty ? "" : ", \(parts.joined(separator: "; "))")
        }
        guard from != nil || to != nil else { return "\(whose): \(field)" }
        return "\(whose): \(field) \(from?.prefix(80) ?? "–") → \(to?.prefix(80) ?? "–")"
    }
}

extension PlanFile {
    fileprivate init(_ whole: WholePlan) {
        self.init(whole.plan, project: whole.project, content: whole.content, tasks: whole.tasks)
    }

    fileprivate func facts(of plan: Plan) -> Plan {
        var plan = plan
        plan.title = title
        plan.description = description
        plan.status = status
        plan.metadata = metadata
        return plan
    }
}
