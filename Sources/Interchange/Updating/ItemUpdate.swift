import Planning

/// One task of ours, and what a file changes of it.
struct ItemUpdate {
    private(set) var item: PlanFile.Item
    private(set) var changes: [PlanUpdate.Change] = []
    private(set) var kept: [String] = []

    private let ours: PlanFile.Item
    private let base: PlanFile.Item?
    private let theirs: PlanFile.Item
    private let fields: Set<ExchangeFormat.Field>
    private let names: [String: String]

    /// - Parameters:
    ///   - item: The task with all that is known of it.
    ///   - ours: As the format carries it.
    ///   - base: As it was exported; nil when nobody knows any more.
    ///   - theirs: As the file has it, with our keys.
    ///   - names: What tasks are called, by their keys.
    init(
        _ item: PlanFile.Item, _ ours: PlanFile.Item, _ base: PlanFile.Item?, _ theirs: PlanFile.Item,
        _ format: ExchangeFormat, _ names: [String: String]
    ) {
        self.item = item
        self.ours = ours
        self.base = base
        self.theirs = theirs
        self.names = names
        fields = format.fields
    }

    /// Takes what only the file changed. When a task was made is no change of it.
    mutating func take() {
        takeStatus()
        if theirs.title != ours.title { takeTitle() }
        take(.body, \.body, "description") { _ in nil }
        take(.priority, \.priority, "priority") { $0.rawValue }
        take(.estimate, \.estimateMinutes, "estimate") { $0.map { "\($0) minutes" } }
        take(.actual, \.actualMinutes, "actual time") { $0.map { "\($0) minutes" } }
        take(.assignee, \.assignee, "assignee") { $0 }
        take(.milestone, \.milestone, "milestone") { $0 }
        take(.due, \.dueOn, "due day") { $0.map { "\($0)" } }
        take(.evidence, \.evidence, "evidence") { _ in nil }
        take(.parent, \.parent, "parent") { [names] in $0.map { names[$0] ?? $0 } }
        take(.started, \.startedAt, "start") { $0.map { "\($0)" } }
        takeList(.labels, \.labels, "labels") { $0 }
        takeList(.dependsOn, \.dependsOn, "waits for") { [names] in names[$0] ?? $0 }
        takeList(.links, \.links, "links") { [names] in names[$0.key] ?? $0.key }
        take(.acceptance, \.acceptance, "acceptance") { items in
            "\(items.count { $0.isDone }) of \(items.count)"
        }
    }

    private var name: String { names[item.key] ?? item.name }

    private mutating func takeStatus() {
        guard fields.contains(.status) else { return }
        guard ours.status.isOpen || !theirs.status.isOpen else {
            return kept.append(
                "\(name) is \(ours.status.rawValue) here and stays so; the file says \(theirs.status.rawValue)")
        }
        let before = item.status
        take(.status, \.status, "status") { $0.rawValue }
        if item.status != before {
            item.completedAt = item.status == .done && fields.contains(.completed) ? theirs.completedAt : nil
        } else if item.status == .done, theirs.status == .done, theirs.completedAt != nil {
            take(.completed, \.completedAt, "end") { $0.map { "\($0)" } }
        }
    }

    /// The title is no field: every format carries it.
    private mutating func takeTitle() { merge(\.title, "title") { $0 } }

    private mutating func take<Value: Equatable>(
        _ field: ExchangeFormat.Field, _ path: WritableKeyPath<PlanFile.Item, Value>, _ what: String,
        _ shown: (Value) -> String?
    ) {
        if fields.contains(field) { merge(path, what, shown) }
    }

    private mutating func merge<Value: Equatable>(
        _ path: WritableKeyPath<PlanFile.Item, Value>, _ what: String, _ shown: (Value) -> String?
    ) {
        let (mine, new) = (ours[keyPath: path], theirs[keyPath: path])
        guard new != mine else { return }
        if let old = base?[keyPath: path] {
            guard new != old else { return }
            guard mine == old else { return kept.append("the \(what) of \(name) was changed here too and stays") }
        }
        changes.append(.init(task: item.number, field: what, from: shown(mine), to: shown(new)))
        item[keyPath: path] = new
    }

    /// Each value of a list comes and goes by itself: what both changed is joined.
    private mutating func takeList<Value: Hashable>(
        _ field: ExchangeFormat.Field, _ path: WritableKeyPath<PlanFile.Item, [Value]>, _ what: String,
        _ shown: (Value) -> String
    ) {
        let (mine, new) = (ours[keyPath: path], theirs[keyPath: path])
        let old = base?[keyPath: path] ?? mine
        guard fields.contains(field), new != mine, new != old else { return }
        let whole = item[keyPath: path]
        // In the order of the file; what the format leaves out comes last.
        var joined = new + whole.filter { !old.contains($0) && !new.contains($0) }
        if mine != old {
            let (removed, known) = (Set(old).subtracting(new), Set(whole))
            joined = whole.filter { !removed.contains($0) } + new.filter { !known.contains($0) && !old.contains($0) }
        }
        guard joined != whole else { return }
        func list(_ values: [Value]) -> String? {
            values.isEmpty ? nil : values.prefix(20).map(shown).joined(separator: ", ")
        }
        changes.append(.init(task: item.number, field: what, from: list(whole), to: list(joined)))
        item[keyPath: path] = joined
    }
}
