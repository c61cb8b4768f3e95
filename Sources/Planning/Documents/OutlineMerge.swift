/// Two edits of one document, joined section by section.
package enum OutlineMerge: Equatable, Sendable {
    case merged(Outline)
    /// Both changed these sections, each in its own way.
    case conflict([Outline.Key])

    /// A section that only one writer changed, added or removed is taken as that writer left it; one that only one of them
    /// removed and the other changed is in conflict. What either added stays.
    package init(base: Outline, mine: Outline, theirs: Outline) {
        let ours = Edits(of: mine, since: base)
        let others = Edits(of: theirs, since: base)
        var joined = ours.additions(at: 0, beside: others)
        var conflicts = joined.conflicts
        for (index, section) in base.sections.enumerated() {
            switch (ours.fates[index], others.fates[index]) {
            case (let one, let other) where one == other: if let kept = one.section(section) { joined.add(kept) }
            case (.kept, let other): if let kept = other.section(section) { joined.add(kept) }
            case (let one, .kept): if let kept = one.section(section) { joined.add(kept) }
            default: conflicts.append(base.keys[index])
            }
            let added = ours.additions(at: index + 1, beside: others)
            conflicts += added.conflicts
            joined.sections += added.sections
        }
        self = conflicts.isEmpty ? .merged(Outline(sections: joined.sections)) : .conflict(conflicts)
    }

    private enum Fate: Equatable {
        case kept, removed
        case changed(Section)

        func section(_ base: Section) -> Section? {
            switch self {
            case .kept: base
            case .removed: nil
            case .changed(let section): section
            }
        }

        static func == (left: Fate, right: Fate) -> Bool {
            switch (left, right) {
            case (.kept, .kept), (.removed, .removed): true
            case (.changed(let one), .changed(let other)): one.saysTheSame(as: other)
            default: false
            }
        }
    }

    private struct Joined {
        var sections: [Section] = []
        var conflicts: [Outline.Key] = []

        mutating func add(_ section: Section) { sections.append(section) }
    }

    /// What became of every section of the base, and what was added before each of them and after the last.
    private struct Edits {
        private(set) var fates: [Fate]
        private var added: [[(key: Outline.Key, section: Section)]]
        private var everyAdded: [Outline.Key: Section] = [:]

        init(of outline: Outline, since base: Outline) {
            let keys = base.keys
            let newKeys = outline.keys
            fates = Array(repeating: .removed, count: keys.count)
            added = Array(repeating: [], count: keys.count + 1)
            let difference = newKeys.difference(from: keys)
            var removed: Set<Int> = []
            var inserted: Set<Int> = []
            for case .remove(let offset, _, _) in difference { removed.insert(offset) }
            for case .insert(let offset, _, _) in difference { inserted.insert(offset) }
            var place = 0
            for (index, section) in outline.sections.enumerated() {
                if inserted.contains(index) {
                    added[place].append((newKeys[index], section.movable))
                    everyAdded[newKeys[index]] = section
                    continue
                }
                while removed.contains(place) { place += 1 }
                fates[place] = base.sections[place].saysTheSame(as: section) ? .kept : .changed(section)
                place += 1
            }
        }

        func additions(at place: Int, beside others: Edits) -> Joined {
            var joined = Joined(sections: added[place].map(\.section))
            for (key, section) in others.added[place] {
                if let same = everyAdded[key] {
                    if !same.saysTheSame(as: section) { joined.conflicts.append(key) }
                } else {
                    joined.add(section)
                }
            }
            return joined
        }
    }
}
