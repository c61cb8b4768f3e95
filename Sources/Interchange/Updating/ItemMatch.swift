import Planning

/// Which task of ours each item of a file is.
struct ItemMatch {
    /// Our key of an item, by its key in the file; what is not there is new.
    private(set) var keys: [String: String] = [:]
    private var claimed: Set<String> = []

    /// - Parameters:
    ///   - markers: Of the items of the file, by their keys in it; only those of our plan.
    ///   - base: The tasks that were exported; nil when nobody knows any more.
    ///   - ours: The tasks that there are now.
    init(
        _ items: [PlanFile.Item], markers: [String: Marker], base: [PlanFile.Item]?, ours: [PlanFile.Item],
        hasNumbers: Bool
    ) {
        let exported = base ?? ours
        let known = Set(exported.map(\.key)).union(ours.map(\.key))
        for item in items {
            if let task = markers[item.key]?.task, known.contains(task) { claim(item, task) }
        }
        if hasNumbers {
            let byNumber = Dictionary(
                exported.compactMap { item in item.number.map { ($0, item.key) } },
                uniquingKeysWith: { first, _ in first })
            for item in items { if let key = item.number.flatMap({ byNumber[$0] }) { claim(item, key) } }
        } else {
            matchByTitles(items, exported)
        }
        // A file that comes a second time brings what is here since the first.
        let exportedKeys = Set(exported.map(\.key))
        var since: [String: [String]] = [:]
        for item in ours.reversed() where !exportedKeys.contains(item.key) {
            since[item.title, default: []].append(item.key)
        }
        for item in items where keys[item.key] == nil {
            if let key = since[item.title]?.popLast() { claim(item, key) }
        }
    }

    private mutating func claim(_ item: PlanFile.Item, _ key: String) {
        guard keys[item.key] == nil, claimed.insert(key).inserted else { return }
        keys[item.key] = key
    }

    // MARK: Without numbers

    /// By the same title, under the same heading first; what stands between two of them and was written anew is the same
    /// when the words are much the same, or when there are as many as there were.
    private mutating func matchByTitles(_ items: [PlanFile.Item], _ exported: [PlanFile.Item]) {
        let names: [(PlanFile.Item) -> String] = [
            { "\($0.milestone ?? "")\u{0}\($0.title)\u{0}\($0.status)" }, { "\($0.milestone ?? "")\u{0}\($0.title)" },
            { $0.title },
        ]
        for name in names {
            var places: [String: [String]] = [:]
            for item in exported.reversed() where !claimed.contains(item.key) {
                places[name(item), default: []].append(item.key)
            }
            for item in items where keys[item.key] == nil {
                if let key = places[name(item)]?.popLast() { claim(item, key) }
            }
        }
        let places = Dictionary(
            exported.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var run: [PlanFile.Item] = []
        var before = -1
        for item in items {
            guard let place = keys[item.key].flatMap({ places[$0] }) else {
                run.append(item)
                continue
            }
            pair(run, exported, before, place)
            (run, before) = ([], place)
        }
        pair(run, exported, before, exported.count)
    }

    private mutating func pair(_ run: [PlanFile.Item], _ exported: [PlanFile.Item], _ before: Int, _ after: Int) {
        guard !run.isEmpty, before + 1 < after else { return }
        let open = exported[(before + 1)..<after].filter { !claimed.contains($0.key) }
        var left = open[...]
        for item in run {
            guard let index = left.firstIndex(where: { Self.areAlike($0.title, item.title) }) else { continue }
            claim(item, left[index].key)
            left = left[(index + 1)...]
        }
        let unmatched = run.filter { keys[$0.key] == nil }
        let free = open.filter { !claimed.contains($0.key) }
        guard unmatched.count == free.count else { return }
        for (item, same) in zip(unmatched, free) { claim(item, same.key) }
    }

    /// Whether at least half of the words are the same.
    private static func areAlike(_ one: String, _ other: String) -> Bool {
        let (one, other) = (words(one), words(other))
        return 2 * one.intersection(other).count >= max(1, max(one.count, other.count))
    }

    private static func words(_ title: String) -> Set<Substring> { Set(title.lowercased().split(separator: " ")) }
}
