import Planning

extension ExchangeFormat {
    /// What a file that was read says otherwise than our plan, of what this format carries; for people, a line each. Tasks
    /// are compared by their numbers, or in formats without numbers by their places.
    package func differences(_ ours: PlanFile, _ theirs: PlanFile) -> [String] {
        let (ours, theirs) = (carried(ours).named, carried(theirs).named)
        var found: [String] = []
        if fields.contains(.title), ours.title != theirs.title { found.append("the title") }
        if fields.contains(.description), ours.description != theirs.description { found.append("the description") }
        if fields.contains(.planStatus), ours.status != theirs.status { found.append("the status") }
        if fields.contains(.content), ours.content != theirs.content { found.append("the text") }
        let other = Dictionary(theirs.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for item in ours.items {
            guard let same = other[item.key] else {
                found.append("\(item.key) is not there")
                continue
            }
            if same != item { found.append(item.key) }
        }
        let known = Set(ours.items.map(\.key))
        for item in theirs.items where !known.contains(item.key) { found.append("\(item.key) is new there") }
        return found
    }
}

extension PlanFile {
    /// With keys that the same task has in every program.
    fileprivate var named: PlanFile {
        var plan = self
        let names = Dictionary(
            items.enumerated().map { place, item in (item.key, "task \(item.number ?? place + 1)") },
            uniquingKeysWith: { first, _ in first })
        func name(_ key: String) -> String { names[key] ?? key }
        for index in plan.items.indices {
            plan.items[index].key = name(plan.items[index].key)
            plan.items[index].dependsOn = plan.items[index].dependsOn.map(name)
            plan.items[index].parent = plan.items[index].parent.map(name)
            plan.items[index].links = plan.items[index].links.map { Link($0.kind, name($0.key)) }
        }
        return plan
    }
}
