import Planning

/// What a file that was exported from a plan and edited elsewhere changes in it.
///
/// Each field that the format carries is compared three ways. What only the file changed is taken, what only the plan
/// changed stays, and what both changed stays and is named; the text of the plan is joined section by section. Nothing is
/// taken away because the file lacks it, and what is done or cancelled here is not opened again.
package struct PlanUpdate: Sendable {
    /// The plan with what is taken in. Items that are new have keys and numbers of ours.
    package private(set) var plan: PlanFile
    package private(set) var changes: [Change] = []
    /// What the file says otherwise and is not taken, a line each.
    package private(set) var kept: [String] = []
    /// Tasks that were exported and are not in the file.
    package private(set) var missing: [String] = []
    /// Sections of the text that both changed, each in its own way.
    package private(set) var conflicts: [Outline.Key] = []

    package struct Change: Equatable, Sendable, Encodable {
        /// The number of the task; nil for the plan itself.
        package let task: Int?
        package let field: String
        /// As people read it; nil for what was not there, and for texts.
        package let from: String?
        package let to: String?
    }

    private let format: ExchangeFormat
    private let base: PlanFile?

    /// - Parameters:
    ///   - ours: The plan as it is now.
    ///   - lastNumber: The highest number that a task of the plan ever had.
    ///   - file: What the file is called in errors.
    ///
    /// Throws `InterchangeError` when tasks would wait for themselves or be a part of themselves.
    package init(
        of ours: PlanFile, by imported: Imported, since base: ExportBase, _ format: ExchangeFormat, lastNumber: Int,
        file: String
    ) throws {
        plan = ours
        self.format = format
        self.base = base.carried
        let carried = format.carried(ours)
        takeFacts(of: carried, imported.plan)
        takeText(of: carried, imported.plan)
        try takeItems(of: carried, imported, base, lastNumber)
        _ = try plan.tasks(of: .make(), file: file)
    }

    package var changesText: Bool { changes.contains { $0.task == nil && $0.field == Self.text } }

    private static let text = "text"

    // MARK: The plan

    private mutating func takeFacts(of ours: PlanFile, _ theirs: PlanFile) {
        take(.title, \.title, ours, theirs, "title") { $0 }
        take(.description, \.description, ours, theirs, "description") { _ in nil }
        take(.metadata, \.metadata, ours, theirs, "metadata") { _ in nil }
        guard format.fields.contains(.planStatus) else { return }
        if !ours.status.isOpen, theirs.status.isOpen {
            kept.append(
                "the plan is \(ours.status.rawValue) here and stays so; the file says \(theirs.status.rawValue)")
        } else {
            take(.planStatus, \.status, ours, theirs, "status") { $0.rawValue }
        }
    }

    private mutating func take<Value: Equatable>(
        _ field: ExchangeFormat.Field, _ path: WritableKeyPath<PlanFile, Value>, _ ours: PlanFile, _ theirs: PlanFile,
        _ name: String, _ shown: (Value) -> String?
    ) {
        let (mine, new) = (ours[keyPath: path], theirs[keyPath: path])
        guard format.fields.contains(field), new != mine else { return }
        if let old = base?[keyPath: path] {
            guard new != old else { return }
            guard mine == old else { return kept.append("the \(name) of the plan was changed here too and stays") }
        }
        changes.append(Change(task: nil, field: name, from: shown(mine), to: shown(new)))
        plan[keyPath: path] = new
    }

    private mutating func takeText(of ours: PlanFile, _ theirs: PlanFile) {
        guard format.fields.contains(.content), theirs.content != ours.content else { return }
        if let base {
            guard theirs.content != base.content else { return }
        }
        var joined = theirs.content
        if base?.content != ours.content {
            let before = base.map { Outline(markdown: $0.content) } ?? Outline(sections: [])
            switch OutlineMerge(
                base: before, mine: Outline(markdown: ours.content), theirs: Outline(markdown: theirs.content))
            {
            case .merged(let outline): joined = outline.markdown
            case .conflict(let keys): return conflicts = keys
            }
        }
        guard joined != ours.content else { return }
        // Some formats end a text without a line break.
        if plan.content.hasSuffix("\n"), !joined.isEmpty, !joined.hasSuffix("\n") { joined += "\n" }
        plan.content = joined
        changes.append(Change(task: nil, field: Self.text, from: nil, to: nil))
    }

    // MARK: The tasks

    private mutating func takeItems(
        of ours: PlanFile, _ imported: Imported, _ base: ExportBase, _ lastNumber: Int
    ) throws {
        let theirs = format.carried(imported.plan)
        let match = ItemMatch(
            theirs.items, markers: imported.markers.filter { $0.value.plan == plan.key }, base: self.base?.items,
            ours: ours.items, hasNumbers: format.fields.contains(.number))
        let exported = Dictionary(
            (self.base?.items ?? []).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }
        ).merging(base.items) { _, own in own }
        let here = Dictionary(ours.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let whole = Dictionary(
            plan.items.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        let (keys, numbers) = numbered(theirs.items, match.keys, lastNumber)
        let names = numbers.mapValues { "task \($0)" }
        let known = Set(numbers.keys)
        for item in theirs.items {
            guard let key = keys[item.key] else { continue }
            let named = item.named(key, keys, known)
            if let index = whole[key] {
                // What the format leaves out is not here as the file would have it.
                guard let mine = here[key] else { continue }
                var update = ItemUpdate(plan.items[index], mine, exported[key], named, format, names)
                update.take()
                plan.items[index] = update.item
                changes += update.changes
                kept += update.kept
            } else if known.contains(key) {
                var new = named
                new.number = numbers[key]
                plan.items.append(new)
                changes.append(Change(task: new.number, field: "new", from: nil, to: new.title))
            } else if let old = exported[key], !old.saysTheSame(as: named) {
                kept.append("task \(old.number ?? 0), “\(old.title.prefix(60))”, was taken away here and stays away")
            }
        }
        let found = Set(keys.values)
        for item in ours.items where !found.contains(item.key) && (self.base == nil || exported[item.key] != nil) {
            missing.append("task \(numbers[item.key] ?? 0), “\(item.title.prefix(60))”")
        }
    }

    /// Our key of each item of the file, those of new ones made here; and the number of each key. A new task keeps its number
    /// when it was never used.
    private func numbered(
        _ theirs: [PlanFile.Item], _ known: [String: String], _ lastNumber: Int
    ) -> (keys: [String: String], numbers: [String: Int]) {
        var keys = known
        var numbers = Dictionary(
            plan.items.compactMap { item in item.number.map { (item.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        var taken = Set(numbers.values)
        let added = theirs.filter { known[$0.key] == nil }
        for item in added {
            let key = PlanTask.ID.make().rawValue
            keys[item.key] = key
            if let number = item.number, number > lastNumber, taken.insert(number).inserted { numbers[key] = number }
        }
        var next = max(taken.max() ?? 0, lastNumber)
        for item in added {
            guard let key = keys[item.key], numbers[key] == nil else { continue }
            next += 1
            numbers[key] = next
        }
        return (keys, numbers)
    }
}

extension PlanFile.Item {
    /// With our keys in place of the file's, and without those that no task has any more.
    fileprivate func named(_ key: String, _ keys: [String: String], _ known: Set<String>) -> PlanFile.Item {
        func ours(_ other: String) -> String? { keys[other].flatMap { known.contains($0) ? $0 : nil } }
        var item = self
        item.key = key
        item.dependsOn = dependsOn.compactMap(ours)
        item.parent = parent.flatMap(ours)
        item.links = links.compactMap { link in ours(link.key).map { PlanFile.Link(link.kind, $0) } }
        return item
    }

    /// As far as it stands by itself.
    fileprivate func saysTheSame(as other: PlanFile.Item) -> Bool {
        title == other.title && body == other.body && status == other.status
    }
}

extension Plan.Status {
    fileprivate var isOpen: Bool { self != .completed && self != .archived }
}
