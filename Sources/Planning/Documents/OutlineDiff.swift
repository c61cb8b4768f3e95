/// Where two documents differ, section by section: what can be said of it.
package struct OutlineDiff: Equatable, Sendable {
    /// Sections that only the second has, only the first has, and that both have with another text.
    package private(set) var added: [Outline.Key] = []
    package private(set) var removed: [Outline.Key] = []
    package private(set) var changed: [Outline.Key] = []
    /// Items of task lists that only the second has, and only the first.
    package private(set) var tasksAdded = 0
    package private(set) var tasksRemoved = 0
    package private(set) var tasksChecked = 0

    package init(_ old: Outline, _ new: Outline) {
        let before = Dictionary(zip(old.keys, old.sections), uniquingKeysWith: { first, _ in first })
        let after = Dictionary(zip(new.keys, new.sections), uniquingKeysWith: { first, _ in first })
        for key in new.keys {
            guard let section = before[key] else {
                added.append(key)
                continue
            }
            if after[key]?.saysTheSame(as: section) == false { changed.append(key) }
        }
        removed = old.keys.filter { after[$0] == nil }
        count(Markdown.tasks(of: old.markdown), Markdown.tasks(of: new.markdown))
    }

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    private mutating func count(_ old: [Markdown.Task], _ new: [Markdown.Task]) {
        let before = Dictionary(old.map { ($0.title, $0.isChecked) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.title, $0.isChecked) }, uniquingKeysWith: { first, _ in first })
        tasksAdded = after.keys.count { before[$0] == nil }
        tasksRemoved = before.keys.count { after[$0] == nil }
        tasksChecked = after.count { $0.value && before[$0.key] == false }
    }
}
