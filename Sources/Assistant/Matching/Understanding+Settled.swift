import Planning
import Support

extension Understanding {
    /// Whether it ends in words of the speaker's own, in which any word may stand.
    var isOpenText: Bool {
        [Slot.text, .query, .reason, .summary, .title, .name, .topic].contains { slots[$0.rawValue] != nil }
    }

    /// Whether it may stand for something else in spite of its score.
    var isDoubtful: Bool { unknown != nil || unclear != nil || slots[Slot.assignee.rawValue] != nil }

    /// As commands are known outside: what has a name of its own is called by it, and what was said beside a title is no part
    /// of it.
    func settled(_ names: LiveNames) -> Understanding {
        var settled = self
        switch intent {
        case .addTask: settled.takeModifiers()
        case .listTasks: settled.rename(.taskStatus, to: "status")
        case .bulkTasks: settled.rename(.taskStatus, to: "filter")
        case .bulkProjects, .bulkPlans: settled.rename(.status, to: "filter")
        case .setStatus: settled.settleStatus(names)
        default: break
        }
        return settled
    }

    private mutating func rename(_ slot: Slot, to name: String) {
        guard let value = slots.removeValue(forKey: slot.rawValue) else { return }
        slots[name] = value
    }

    /// Archiving asks first, whatever it is called.
    private mutating func settleStatus(_ names: LiveNames) {
        let target = text(.target) ?? (slots[Slot.project.rawValue] == nil ? "plan" : "project")
        slots[Slot.target.rawValue] = .string(target)
        guard text(.status) == "archived" else { return }
        intent = target == "project" ? .archiveProject : .archivePlan
        slots = slots.filter { $0.key == target }
    }

    private mutating func takeModifiers() {
        guard let title = text(.title), let taken = TaskModifiers(title) else { return }
        slots[Slot.title.rawValue] = .string(taken.title)
        for (slot, value) in taken.values where slots[slot] == nil { slots[slot] = value }
    }
}
